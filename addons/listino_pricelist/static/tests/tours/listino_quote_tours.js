import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_changed_quote", {
    steps: () => [
        {
            content: "Open the quote whose list has changed",
            trigger: ".o_data_row:contains('Tour Trattoria') td[name=partner_id]",
            run: "click",
        },
        {
            content: "It says which price has changed",
            trigger:
                ".o_listino_changed_prices:contains('Tour list'):contains('Tour fusilli'):contains('9.00'):contains('9.50')",
        },
        {
            trigger: ".o_listino_changed_prices:not(:contains('Tour penne'))",
        },
        {
            content: "Take the new price",
            trigger: "button[name=action_update_changed_prices]",
            run: "click",
        },
        { trigger: ".modal .btn-primary", run: "click" },
        {
            content: "The line has it, the agreed one stays",
            trigger: ".o_data_row:contains('Tour fusilli') td[name=price_unit]:contains('9.50')",
        },
        { trigger: ".o_data_row:contains('Tour penne') td[name=price_unit]:contains('15.00')" },
        { trigger: ".o_form_view:not(:has(.o_listino_changed_prices))" },
        {
            content: "Confirm",
            trigger: "button[name=action_confirm]:visible",
            run: "click",
        },
        {
            content: "The origin of the price is noted",
            trigger: ".o_data_row:contains('Tour fusilli') td[name=listino_origin]:contains('Tour list, cat. Pasta')",
        },
        {
            content: "Ask why",
            trigger: ".o_data_row:contains('Tour fusilli') button[name=action_explain_listino_price]",
            run: "click",
        },
        { trigger: ".modal .o_listino_derivation:contains('Tour list'):contains('9.5')" },
        { trigger: ".modal button[special=cancel]", run: "click" },
        { trigger: ".o_form_view:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("listino_analysis", {
    steps: () => [
        {
            content: "Sales by list, with the margin",
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        { trigger: ".o_pivot th:contains('Sold at List (%)')" },
        { trigger: ".o_pivot th:contains('Margin (%)')" },
        { trigger: ".o_pivot th:contains('Tour list')" },
        {
            content: "Go to the average prices",
            trigger: "button[data-menu-xmlid='listino_pricelist.listino_menu_analysis']",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu a[data-menu-xmlid='listino_pricelist.listino_menu_price_statistic']",
            run: "click",
        },
        { trigger: ".o_breadcrumb:contains('Average Prices')" },
        { trigger: ".o_switch_view.o_list", run: "click" },
        {
            content: "Note those of today",
            trigger: "button[name=action_record_now]",
            run: "click",
        },
        { trigger: ".o_data_row:contains('Tour list')" },
    ],
});
