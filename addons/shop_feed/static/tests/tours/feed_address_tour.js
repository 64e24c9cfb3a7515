import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("shop_feed_address", {
    steps: () => [
        { trigger: ".o_form_view .o_statusbar_buttons button:contains('New Address')", run: "click" },
        {
            content: "It is told that the address is shown once",
            trigger: ".modal p:contains('It is shown once')",
        },
        { trigger: ".modal .o_field_widget[name=has_password] input", run: "click" },
        { trigger: ".modal button[name=action_make]", run: "click" },
        {
            content: "The address, with a button to copy it",
            trigger: ".modal .o_field_widget[name=url]:contains('/feed/')",
        },
        { trigger: ".modal .o_field_widget[name=url] .o_clipboard_button" },
        { trigger: ".modal .o_field_widget[name=login]:contains('feed')" },
        { trigger: ".modal .o_field_widget[name=password]:not(:empty)" },
        { trigger: ".modal button:contains('I Have Copied It')", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});
