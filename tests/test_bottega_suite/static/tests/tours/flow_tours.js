import { registry } from "@web/core/registry";

/** Nothing on the page is wider than the phone. */
function fits() {
    const width = document.documentElement.scrollWidth;
    if (width > window.innerWidth) {
        throw new Error(`The page is ${width} px wide on a phone`);
    }
}

registry.category("web_tour.tours").add("flow_seller_asks", {
    steps: () => [
        {
            content: "The quote says that it is beyond what the seller may give",
            trigger: ".o_form_view .alert-warning:contains('40')",
        },
        { content: "so there is nothing to do but to ask", trigger: "button[name=action_ask_approval]", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] textarea", run: "edit A competitor gives as much" },
        { trigger: ".modal button[name=action_ask]", run: "click" },
        { content: "The quote waits", trigger: ".o_form_view .alert-warning:contains('Direction')" },
    ],
});

// The website speaks its own language, so its words are no triggers.
registry.category("web_tour.tours").add("flow_customer_signs", {
    steps: () => [
        { content: "All discounts are told on the phone", trigger: "div[name=line_discounts]:contains('40+10 %')" },
        { trigger: "#quote_content", run: fits },
        { trigger: "#quote_content a[data-bs-target='#modalaccept']:visible", run: "click" },
        { trigger: ".modal .o_web_sign_auto_button", run: "click" },
        { trigger: ".modal .o_web_sign_name_group input", run: "edit Mario Rossi" },
        { trigger: ".modal canvas.o_web_sign_signature", run: "canvasNotEmpty" },
        { trigger: ".modal .o_portal_sign_submit:enabled", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success" },
        { trigger: "[name=signature_details]:contains('Mario Rossi')" },
    ],
});

registry.category("web_tour.tours").add("flow_seller_is_told", {
    steps: () => [
        {
            content: "The seller is told what to do, and nothing of why",
            trigger: ".o_form_view .alert:contains('pays in advance')",
        },
        { trigger: ".o_form_view:not(:contains('formal notice'))" },
    ],
});

registry.category("web_tour.tours").add("flow_customer_pays_first", {
    steps: () => [
        { trigger: "#quote_content", run: fits },
        { trigger: "#quote_content a[data-bs-target='#modalaccept']:visible", run: "click" },
        { content: "The page asks for the whole", trigger: "#modalaccept:visible b:contains('590')" },
        { trigger: "#modalaccept #customer_input", run: "edit 4242 4242 4242 4242" },
        { trigger: "#modalaccept button[name=o_payment_submit_button]:enabled", run: "click", expectUnloadPage: true },
        { content: "The payment is being looked at, or the quote is shown again", trigger: "main:contains('590')" },
    ],
});
