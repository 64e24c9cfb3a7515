import { registry } from "@web/core/registry";

function publish(reason) {
    return [
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".modal .o_field_widget[name=reason] textarea", run: `edit ${reason}` },
        { trigger: ".modal button[name=action_publish]", run: "click" },
    ];
}

registry.category("web_tour.tours").add("listino_publish", {
    steps: () => [
        { trigger: "td[name=name]:contains('Tour listino')", run: "click" },
        ...publish("First prices"),
        {
            content: "The revision opens",
            trigger: ".o_form_view .o_field_widget[name=display_name]:contains('revision 1')",
        },
        { content: "Prove it", trigger: "button[name=action_verify]", run: "click" },
        { trigger: ".o_notification:contains('Intact')" },
        { content: "Look at the frozen prices", trigger: "button[name=action_preview]", run: "click" },
        { trigger: ".o_listino_preview .o_listino_line:contains('30.00')" },
        { trigger: ".o_breadcrumb .breadcrumb-item a:contains('Tour listino'):first", run: "click" },
        { trigger: "button[name=action_open_publications]" },
    ],
});

registry.category("web_tour.tours").add("listino_publish_again", {
    steps: () => [
        { trigger: "td[name=name]:contains('Tour listino')", run: "click" },
        ...publish("Barolo is dearer"),
        { trigger: ".o_form_view .o_field_widget[name=display_name]:contains('revision 2')" },
        { trigger: "button[name=action_compare_previous]", run: "click" },
        { trigger: ".o_listino_summary:contains('1 up (+10.0 % on average)')" },
        { trigger: ".o_listino_change_up:contains('Barolo'):contains('33.00')" },
        { trigger: ".o_listino_change_gone:contains('Ravioli')" },
        {
            content: "Only what is gone",
            trigger: ".o_listino_kind_gone",
            run: "click",
        },
        { trigger: ".o_listino_difference:not(:has(.o_listino_change_up)) .o_listino_change_gone" },
        { trigger: ".o_listino_kind_gone", run: "click" },
        { trigger: ".o_listino_search", run: "edit wine" },
        { trigger: ".o_listino_difference:not(:has(.o_listino_change_gone)) .o_listino_change_up" },
    ],
});
