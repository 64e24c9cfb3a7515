import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("shop_feed_mending", {
    steps: () => [
        {
            content: "Problems by what they are",
            trigger: ".o_group_header:contains('Barcode mistyped')",
            run: "click",
        },
        {
            content: "in plain words, with their numbers",
            trigger: ".o_data_row:contains('8000000000027'):contains('Olio extra vergine')",
        },
        {
            content: "What the channel gets of it",
            trigger: ".o_data_row button[name=action_open_item]",
            run: "click",
        },
        { trigger: ".o_feed_card:contains('Olio extra vergine') img" },
        { trigger: ".o_field_widget[name=table] tr:contains('gtin')" },
        {
            content: "The button opens the field",
            trigger: ".o_field_widget[name=issue_ids] button[name=action_mend]",
            run: "click",
        },
        {
            content: "and no other",
            trigger: ".modal .o_field_widget[name=barcode] input, .modal:not(:has([name=feed_title]))",
        },
        { trigger: ".modal .o_field_widget[name=barcode] input", run: "edit 8000000000033" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            content: "The product tells in which feeds it is",
            trigger: ".o_form_view button[name=action_open_product]",
            run: "click",
        },
        { trigger: ".o_notebook a[name=feeds]", run: "click" },
        { trigger: ".o_field_widget[name=feed_item_ids] .o_data_row:contains('Google in italiano')" },
    ],
});
