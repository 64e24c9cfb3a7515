import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("listino_send", {
    steps: () => [
        { trigger: "td[name=name]:contains('Tour listino')", run: "click" },
        { trigger: "button[name=action_send]", run: "click" },
        {
            content: "The customer of the document is chosen",
            trigger: ".o_field_widget[name=partner_ids] .o_tag:contains('Gino')",
        },
        { trigger: ".o_field_widget[name=forecast]:contains('1')" },
        { content: "As a link", trigger: ".o_field_widget[name=method] input", run: "click" },
        { trigger: ".o_select_menu_item:contains('Link'):first", run: "click" },
        { trigger: ".o_field_widget[name=link_days]" },
        { trigger: "a[name=words]", run: "click" },
        { trigger: ".o_field_widget[name=introduction] textarea", run: "edit Ciao!" },
        { content: "See the mail first", trigger: "button[name=action_preview]", run: "click" },
        { trigger: ".modal .o_field_widget[name=email_to]:contains('gino@example.com')" },
        { trigger: ".modal button[special=cancel]", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_start]:contains('Send')", run: "click" },
        {
            content: "It is on its way",
            trigger: ".o_form_view .o_field_widget[name=progress], .o_form_view .o_progressbar",
        },
    ],
});

registry.category("web_tour.tours").add("listino_sent", {
    steps: () => [
        { trigger: "td[name=name]:contains('Gino')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=share_id]" },
        { content: "What did he get?", trigger: "button[name=action_preview]", run: "click" },
        { trigger: ".o_listino_line:contains('Barolo')" },
    ],
});
