import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_health", {
    steps: () => [
        {
            content: "Check the list",
            trigger: ".o_form_view button[name=action_check_health]",
            run: "click",
        },
        {
            content: "Open the group of errors, where it is folded",
            trigger: ".o_group_header:contains('Error')",
            run: "click",
        },
        {
            content: "Read what is wrong",
            trigger: ".o_data_row td[name=explanation]:contains('always wins')",
            run: "click",
        },
        {
            content: "Repair it",
            trigger: ".o_form_view header button[name=action_repair], .o_form_view button[name=action_repair]",
            run: "click",
        },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "It says what was done",
            trigger: ".o_form_view .o_field_widget[name=explanation]:contains('Deleted by the health check')",
        },
    ],
});
