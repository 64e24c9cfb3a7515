import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("shop_feed_variants", {
    steps: () => [
        {
            content: "What the smaller one cost before is known, and is struck out instead of what was entered",
            trigger: ".oe_compare_list_price:not(.d-none) .oe_currency_value:contains(/^14[.,]64$/)",
        },
        { trigger: "label:contains('Large') input, input[data-value-name='Large']", run: "click" },
        {
            content: "What the larger one cost is not: nothing is struck out",
            trigger: ".oe_compare_list_price.d-none:not(:visible)",
        },
        { trigger: "label:contains('Small') input, input[data-value-name='Small']", run: "click" },
        { trigger: ".oe_compare_list_price:not(.d-none) .oe_currency_value:contains(/^14[.,]64$/)" },
    ],
});
