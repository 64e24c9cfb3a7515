import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lifecycle_preferences", {
    steps: () => [
        {
            trigger: ".o_lifecycle_preferences",
            run() {
                const width = document.documentElement.scrollWidth;
                if (width > window.innerWidth) {
                    throw new Error(`The page is ${width} px wide on a phone`);
                }
            },
        },
        { content: "Nobody has ticked it for him", trigger: "[id='marketing/sms']:not(:checked)" },
        { trigger: "label[for='marketing/email']", run: "click" },
        { trigger: "label[for='testimonial/email']", run: "click" },
        { trigger: "[id='marketing/email']:not(:checked)" },
        { trigger: "form button[type=submit]:contains('Save')", run: "click", expectUnloadPage: true },
        { trigger: ".alert-success:contains('hold from now on')" },
        { trigger: "[id='marketing/email']:not(:checked)" },
        { trigger: "[id='testimonial/email']:checked" },
    ],
});
