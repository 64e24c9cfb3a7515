import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dunning_open_items", {
    steps: () => [
        {
            content: "What is to be paid, one card below the other",
            trigger: ".o_open_items_to_pay:contains('1,300.00')",
        },
        {
            trigger: ".o_open_items_row",
            run() {
                const width = document.documentElement.scrollWidth;
                if (width > window.innerWidth) {
                    throw new Error(`The page is ${width} px wide on a phone`);
                }
            },
        },
        { trigger: "a.o_open_items_paid", run: "click", expectUnloadPage: true },
        {
            content: "One of the two was not paid",
            trigger: ".o_open_items_form .form-check:contains('300.00') input:checked",
            run: "click",
        },
        { trigger: ".o_open_items_form input[name=reference]", run: "edit CRO 1234" },
        { trigger: ".o_open_items_form button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('We look for your payment')" },
        { trigger: ".o_open_items_row:contains('Reported as paid'):contains('1,000.00')" },
        { trigger: ".o_open_items_to_pay:contains('300.00')" },
        { trigger: "a.o_open_items_dispute", run: "click", expectUnloadPage: true },
        { trigger: ".o_open_items_form .form-check:contains('300.00') input", run: "click" },
        { trigger: ".o_open_items_form select[name=reason]", run: "select price" },
        { trigger: ".o_open_items_form textarea[name=text]", run: "edit We agreed on less" },
        { trigger: ".o_open_items_form button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('We look into it')" },
        { trigger: ".o_open_items_row:contains('Disputed'):contains('300.00')" },
    ],
});

registry.category("web_tour.tours").add("dunning_open_items_link", {
    steps: () => [
        { trigger: "a.o_open_items_promise", run: "click", expectUnloadPage: true },
        {
            content: "Today, as the server has it",
            trigger: ".o_open_items_form input[name=date]",
            run() {
                this.anchor.value = this.anchor.min;
            },
        },
        { trigger: ".o_open_items_form button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('We count on your payment')" },
    ],
});
