import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lifecycle_today", {
    steps: () => [
        {
            content: "The oldest promise comes first",
            trigger: ".o_list_view .o_data_row:first:contains('Bar Verdi')",
        },
        { trigger: ".o_data_row:first td[name=partner_id]", run: "click" },
        { trigger: ".modal .o_field_widget[name=script]:contains('Ask how the oil was')" },
        {
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit After the holidays",
        },
        {
            trigger: ".modal .o_field_widget[name=back_date] input, .modal .o_field_widget[name=back_date] button",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=back_date] input",
            run: "edit 07/01/2026 && press Tab",
        },
        { trigger: ".modal button[name=action_not_now]", run: "click" },
        {
            content: "The next one opens by itself",
            trigger: ".modal .o_field_widget[name=partner_id]:contains('Trattoria Blu')",
        },
        { trigger: ".modal button[name=action_interested]", run: "click" },
        {
            content: "That was all",
            trigger: "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row))",
        },
    ],
});

registry.category("web_tour.tours").add("lifecycle_call_escape", {
    steps: () => [
        { trigger: ".o_data_row:first td[name=partner_id]", run: "click" },
        { trigger: ".modal .o_field_widget[name=script]", run: "press Escape" },
        { trigger: "body:not(:has(.modal)) .o_list_view .o_data_row" },
    ],
});

registry.category("web_tour.tours").add("lifecycle_portal_case", {
    steps: () => [
        {
            trigger: "tr:contains('My oil') a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "h3:contains('My oil')" },
        {
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
            run: "edit Here is the photograph",
        },
        { trigger: "#chatterRoot:shadow .o-mail-Composer-send:enabled", run: "click" },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains('Here is the photograph')" },
    ],
});
