import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_compare", {
    steps: () => [
        { trigger: ".o_field_widget[name=pricelist_ids] input", run: "edit Tour public" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Tour public')", run: "click" },
        { trigger: ".o_field_widget[name=pricelist_ids] .o_tag:contains('Tour public')" },
        { trigger: ".o_field_widget[name=pricelist_ids] input", run: "edit Tour resellers" },
        { trigger: ".o-autocomplete--dropdown-item:contains('Tour resellers')", run: "click" },
        { trigger: ".o_field_widget[name=pricelist_ids] .o_tag:contains('Tour resellers')" },
        { trigger: ".o_field_widget[name=show_margin] input", run: "click" },
        { trigger: "button[name=action_compare]", run: "click" },
        { trigger: ".o_listino_search", run: "edit penne" },
        { trigger: ".o_listino_preview:not(:has(.o_listino_line:contains('Rice'))) .o_listino_line:contains('1.60')" },
        {
            content: "Ask why the second list is cheaper",
            trigger: ".o_listino_line:contains('Penne') .o_listino_price:contains('1.60')",
            run: "click",
        },
        { trigger: ".modal .o_listino_derivation:contains('Tour resellers')" },
    ],
});
