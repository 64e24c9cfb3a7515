import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_change_tour", {
    url: "/odoo/listino-changes",
    steps: () => [
        { content: "Begin a change", trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Tour change" },
        { trigger: ".o_field_widget[name=percent] input", run: "edit 10" },
        {
            content: "Choose a category",
            trigger: ".o_field_widget[name=category_ids] input",
            run: "edit Tour pasta",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains('Tour pasta')", run: "click" },
        { trigger: ".o_field_widget[name=category_ids] .o_tag:contains('Tour pasta')" },
        { content: "See what would happen", trigger: "button[name=action_preview]", run: "click" },
        {
            content: "Every list that depends on it is named",
            trigger: ".o_field_widget[name=effect_summary]:contains('Tour list')",
        },
        { content: "Look at the prices", trigger: ".nav-link[name=lines]", run: "click" },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Penne') td[name=new_price]",
            run: "click",
        },
        {
            content: "Correct one by hand",
            trigger: ".o_field_widget[name=line_ids] .o_data_row .o_field_widget[name=new_price] input",
            run: "edit 1.40",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { content: "Its effects have to be seen again", trigger: "button[name=action_refresh]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_refresh]))" },
        {
            content: "Look at the effects, largest first",
            trigger: "button[name=action_view_effects]:contains('Effects')",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains('Penne'):contains('Tour list')" },
        { trigger: ".o_back_button, .breadcrumb-item:contains('Tour change')", run: "click" },
        { content: "Approve", trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Applied')" },
        { content: "It is in the history", trigger: "button[name=action_view_history]", run: "click" },
        { trigger: ".o_data_row:contains('Penne'):contains('1.40'):contains('Tour change')" },
        { trigger: ".o_back_button, .breadcrumb-item:contains('Tour change')", run: "click" },
        { content: "Take it back", trigger: "button[name=action_roll_back]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains('Rolled back')" },
    ],
});
