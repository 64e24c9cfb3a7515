import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lifecycle_rules", {
    steps: () => [
        {
            content: "The rules in force",
            trigger: ".o_list_view .o_data_row:contains('In Force') td[name=name]",
            run: "click",
        },
        { trigger: "button[name=action_copy_to_draft]", run: "click" },
        {
            content: "A draft with the same rules",
            trigger: ".o_form_view button[name=action_try]",
        },
        {
            trigger: ".o_field_widget[name=gap_default] input",
            run: "edit 31 && press Tab",
        },
        { trigger: "button[name=action_try]", run: "click" },
        {
            content: "Who would move, and why",
            trigger: ".modal .o_field_widget[name=move_count]:contains('1')",
        },
        { trigger: ".modal a.nav-link[name=moves]", run: "click" },
        { trigger: ".modal .o_data_row:contains('Trattoria Rossi'):contains('31 days')" },
        { trigger: ".modal button[name=action_activate]", run: "click" },
        { trigger: ".o_dialog:last .modal-footer .btn-primary:contains('Ok')", run: "click" },
        {
            content: "It is in force",
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});

registry.category("web_tour.tours").add("lifecycle_why", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row:contains('Trattoria Rossi') td[name=partner_id]",
            run: "click",
        },
        {
            content: "Why he stands there, with the numbers",
            trigger: ".o_form_view .alert-info:contains('times the expected gap ago')",
        },
        { trigger: "a.nav-link[name=history]", run: "click" },
        { trigger: ".o_field_widget[name=transition_ids] .o_data_row:contains('First seen')" },
        { trigger: "button[name=action_open_orders]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains('Trattoria Rossi')" },
    ],
});
