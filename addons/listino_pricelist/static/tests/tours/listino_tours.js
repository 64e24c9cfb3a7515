import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_derive", {
    steps: () => [
        {
            content: "Open the list in the tree",
            trigger: ".o_hierarchy_node_body:contains('Tour list')",
            run: "click",
        },
        { trigger: "button[name=action_derive]", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Tour resellers",
        },
        { trigger: ".modal .o_field_widget[name=percentage] input", run: "edit 25" },
        {
            content: "Prices shall end in .90",
            trigger: ".modal .o_field_widget[name=ending] input",
            run: "click",
        },
        { trigger: ".o_select_menu_item:contains('90')", run: "click" },
        { trigger: ".modal button[name=action_derive]", run: "click" },
        {
            content: "The derived list opens",
            trigger: ".o_form_view .o_field_widget[name=parent_pricelist_id]:contains('Tour list')",
        },
    ],
});

registry.category("web_tour.tours").add("listino_print", {
    steps: () => [
        { trigger: "td[name=name]:contains('Tour listino')", run: "click" },
        { trigger: ".o_form_view button[name=action_preview]", run: "click" },
        { trigger: ".o_listino_line:contains('Barolo')" },
        {
            content: "Search for a part",
            trigger: ".o_listino_search",
            run: "edit ravioli",
        },
        {
            trigger:
                ".o_listino_preview:not(:has(.o_listino_line:contains('Barolo'))) .o_listino_line:contains('Ravioli')",
        },
        {
            content: "Ask why",
            trigger: ".o_listino_line:contains('Ravioli') .o_listino_price:first",
            run: "click",
        },
        { trigger: ".modal .o_listino_derivation:contains('Public')" },
        { trigger: ".modal .btn-close, .modal button[special=cancel]", run: "click" },
        {
            content: "Fold what is not wanted",
            trigger: ".o_listino_search",
            run: "clear",
        },
        { trigger: ".o_listino_fold", run: "click" },
        { trigger: ".o_listino_preview:not(:has(.o_listino_line))" },
    ],
});
