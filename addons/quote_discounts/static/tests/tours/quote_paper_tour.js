import { registry } from "@web/core/registry";

const dialog = [
    {
        content: "The quote is to be signed",
        trigger: "#quote_content a:contains('Accept & Sign')",
        run: "click",
    },
    {
        content: "Choose to write the name",
        trigger: ".modal .o_web_sign_auto_button",
        run: "click",
    },
    {
        trigger: ".modal .o_web_sign_name_group input",
        run: "edit Mario Rossi",
    },
    {
        content: "The name is drawn",
        trigger: ".modal canvas.o_web_sign_signature",
        run: "canvasNotEmpty",
    },
];

registry.category("web_tour.tours").add("quote_paper_sign", {
    steps: () => [
        {
            content: "On a phone, the discounts are told below the product",
            trigger: "div[name=line_discounts]:contains('Discount for you 50+10 %')",
        },
        { trigger: "[name=phone_price] s:contains('12.50'):visible" },
        ...dialog,
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-success:contains('Thank You!')" },
        { trigger: "[name=signature_details]:contains('Mario Rossi')" },
    ],
});

registry.category("web_tour.tours").add("quote_paper_changed", {
    steps: () => [
        ...dialog,
        {
            trigger: ".modal .o_portal_sign_submit:enabled",
            run: "click",
        },
        { trigger: ".o_portal_sign_error_msg:contains('The quote has changed')" },
    ],
});
