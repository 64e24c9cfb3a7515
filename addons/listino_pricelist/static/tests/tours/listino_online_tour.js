import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_online_customer", {
    steps: () => [
        {
            content: "The page has come to life",
            trigger: ".o_listino_fold:not(.d-none):contains('Fold all')",
            run: "click",
        },
        {
            content: "All is folded",
            trigger: ".o_listino_online:not(:has(.o_listino_section[open])) .o_listino_fold",
            run: "click",
        },
        {
            content: "Ask for flour",
            trigger: ".o_listino_section[open] .o_listino_row:contains('Flour') input",
            run: "edit 25",
        },
        { trigger: ".o_listino_bar_count:contains('1 product')" },
        {
            content: "Look for pasta; what was typed is kept",
            trigger: "input[name=search]",
            run: "edit penne",
        },
        {
            trigger: "form[role=search] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger:
                ".o_listino_online:not(:has(.o_listino_row:contains('Flour'))) .o_listino_row:contains('Penne') input",
            run: "edit 12",
        },
        { trigger: ".o_listino_bar_count:contains('2 products')" },
        {
            trigger: ".o_listino_bar button",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_listino_lines tr:contains('Flour') input[value='25']" },
        {
            content: "The price is that of twelve, on his own list",
            trigger: ".o_listino_lines tr:contains('Penne'):contains('1.44')",
        },
        { trigger: "textarea[name=note]", run: "edit Before Friday" },
        {
            trigger: ".o_listino_review button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_listino_sent a:contains('Back')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing is left in the basket",
            trigger: ".o_listino_fold:not(.d-none)",
        },
        { trigger: ".o_listino_bar_count:contains('Type quantities')" },
    ],
});

registry.category("web_tour.tours").add("listino_online_prospect", {
    steps: () => [
        {
            trigger: ".o_listino_password input[name=password]",
            run: "edit prezzemolo",
        },
        {
            trigger: ".o_listino_password button",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_listino_password .alert" },
        {
            trigger: ".o_listino_password input[name=password]",
            run: "edit basilico",
        },
        {
            trigger: ".o_listino_password button",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_listino_fold:not(.d-none)" },
        {
            content: "One category",
            trigger: ".o_listino_side a:contains('Wine')",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_listino_fold:not(.d-none)" },
        {
            trigger:
                ".o_listino_online:not(:has(.o_listino_row:contains('Penne'))) .o_listino_row:contains('Barolo') input",
            run: "edit 6",
        },
        {
            trigger: ".o_listino_bar button",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "input[name=name]", run: "edit Ada Rossi" },
        { trigger: "input[name=company]", run: "edit Rossi snc" },
        { trigger: "input[name=email]", run: "edit ada@example.com" },
        {
            trigger: ".o_listino_review button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_listino_sent" },
    ],
});

registry.category("web_tour.tours").add("listino_share_link", {
    steps: () => [
        { trigger: "td[name=name]:contains('Tour listino')", run: "click" },
        { trigger: "button[name=action_share]", run: "click" },
        { trigger: ".modal .o_field_widget[name=email] input", run: "edit ada@example.com" },
        { trigger: ".modal button[name=action_share]", run: "click" },
        { trigger: ".modal .o_field_widget[name=url]:contains('/listino/link/')" },
        { trigger: ".modal .btn-close, .modal button[special=cancel]", run: "click" },
        { trigger: ".o_form_view:not(:has(.modal))" },
    ],
});
