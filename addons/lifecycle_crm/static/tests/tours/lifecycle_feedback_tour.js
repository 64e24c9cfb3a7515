import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lifecycle_feedback", {
    steps: () => [
        {
            trigger: ".o_lifecycle_feedback",
            run() {
                const width = document.documentElement.scrollWidth;
                if (width > window.innerWidth) {
                    throw new Error(`The page is ${width} px wide on a phone`);
                }
            },
        },
        { content: "The star in the mail is chosen", trigger: "#feedback_score_4:checked" },
        { trigger: "label[for=feedback_score_2]", run: "click" },
        { trigger: "label[for=feedback_courier_1]:contains('1')", run: "click" },
        { trigger: "legend:contains('Lumaca Express')" },
        { trigger: "textarea[name=better]", run: "edit It came late" },
        { trigger: "#feedback_may_ask", run: "click" },
        { trigger: "form button[type=submit]:contains('Send')", run: "click", expectUnloadPage: true },
        { trigger: ".alert-info:contains('We look into it')" },
    ],
});
