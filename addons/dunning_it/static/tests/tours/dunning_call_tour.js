import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dunning_calls", {
    steps: () => [
        {
            content: "The largest claim comes first, with a number to click on",
            trigger:
                ".o_list_view .o_data_row:first:contains('Bar Verdi'):has(a[href='tel:+39 02 654321'], a[href='tel:+3902654321'])",
        },
        {
            content: "Call",
            trigger: ".o_data_row:first td[name=partner_id]",
            run: "click",
        },
        {
            content: "The script and what is open",
            trigger: ".modal .o_field_widget[name=script]:contains('Remind')",
        },
        { trigger: ".modal .o_field_widget[name=open_line_ids] .o_data_row:contains('5,000.00')" },
        {
            content: "What is said",
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit Pays in two parts",
        },
        {
            content: "Two instalments",
            trigger: ".modal .o_field_widget[name=promise_count] input",
            run: "edit 2 && press Tab",
        },
        { trigger: ".modal .o_field_widget[name=promise_preview] li:contains('2,500.00')" },
        { trigger: ".modal button[name=action_promise]", run: "click" },
        {
            content: "The list has one less",
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains('Bar Verdi'))) .o_data_row:contains('Trattoria Rossi')",
        },
        { trigger: ".o_data_row:contains('Trattoria Rossi') td[name=partner_id]", run: "click" },
        {
            content: "One click for an outcome without data",
            trigger: ".modal button[name=action_no_answer]",
            run: "click",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row)), .o_nocontent_help" },
    ],
});
