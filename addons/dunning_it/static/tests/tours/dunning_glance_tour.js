import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dunning_glance", {
    steps: () => [
        {
            content: "Overdue by age, with the total of the customer who owes since long",
            trigger: ".o_dunning_block_all button[data-age='91_180']:contains('1,000')",
        },
        {
            content: "What is to be done today",
            trigger: ".o_dunning_todo[data-todo='call']:contains('1')",
        },
        {
            content: "The charts are drawn",
            trigger: ".o_dunning_chart canvas",
        },
        {
            content: "A cell opens the list behind it",
            trigger: ".o_dunning_block_standing button[data-age='91_180']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Trattoria Rossi'):contains('1,000.00')",
        },
        {
            content: "and there is nothing else in it",
            trigger: ".o_list_view:not(:has(.o_data_row:nth-child(2):contains('Rossi')))",
        },
        {
            content: "A row opens its case",
            trigger: ".o_data_row td[name='due_date']",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='partner_id']:contains('Trattoria Rossi')",
        },
        {
            content: "Back to the page",
            trigger: ".breadcrumb-item:contains('Dunning at a Glance')",
            run: "click",
        },
        {
            content: "What is to be done leads to its list",
            trigger: ".o_dunning_todo[data-todo='call']",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains('Trattoria Rossi')",
        },
    ],
});
