import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("shop_feed_start", {
    steps: () => [
        {
            content: "An empty list says what to do first",
            trigger: ".o_nocontent_help:contains('three questions')",
        },
        { trigger: ".o_control_panel .o-kanban-button-new", run: "click" },
        {
            content: "Where to?",
            trigger: ".modal .o_field_widget[name=channel_id] input",
            run: "edit Meta",
        },
        { trigger: ".ui-autocomplete a:contains('Meta')", run: "click" },
        {
            content: "Website and price list are there already",
            trigger: ".modal .o_field_widget[name=website_id] input:value(/.+/)",
        },
        { trigger: ".modal .o_field_widget[name=pricelist_id] input:value(/.+/)" },
        { trigger: ".modal button[name=action_create_feed]", run: "click" },
        {
            content: "The feed, with what follows from the answers",
            trigger: ".o_form_view .o_field_widget[name=name] input:value(/Meta/)",
        },
        { trigger: ".alert-info:contains('Nothing is served yet')" },
        {
            content: "A row of the mapping, its source by name",
            trigger: ".o_notebook a[name=mapping]",
            run: "click",
        },
        { trigger: ".o_field_widget[name=map_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: ".modal .o_field_widget[name=field_name] input", run: "click" },
        { trigger: ".o_feed_choice_menu .o_select_menu_item:contains('brand')", run: "click" },
        { trigger: ".modal .o_field_widget[name=fixed] input", run: "edit Frantoio" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: ".o_field_widget[name=map_ids] .o_data_row:contains('Frantoio')" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_readonly, .o_form_status_indicator_buttons.invisible" },
    ],
});
