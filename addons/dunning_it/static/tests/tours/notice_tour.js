import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const STATE = ".o_statusbar_status .o_arrow_button_current";

/** A file chosen in the dialog of what happened. */
function choose(name, content) {
    return {
        content: `Choose ${name}`,
        trigger: ".modal .o_field_widget[name='file']",
        async run() {
            const file = new File([content], name, { type: "application/pdf" });
            await inputFiles(".modal .o_field_widget[name='file'] .o_input_file", [file]);
        },
    };
}

function confirm(name) {
    return [
        { content: `${name} is there`, trigger: ".modal .o_field_widget[name='file'] input:value('.pdf')" },
        { content: "Save", trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ];
}

registry.category("web_tour.tours").add("dunning_notice", {
    steps: () => [
        { content: "Draw one up", trigger: "button[name='action_make_notice']", run: "click" },
        { content: "Draw the letter", trigger: "button[name='action_ready']", run: "click" },
        { content: "Signed?", trigger: "button:contains('Add Signed File')", run: "click" },
        choose("signed.pdf", "%PDF-1.7 signed"),
        ...confirm("signed.pdf"),
        { content: "Posted", trigger: "button:contains('It Was Posted')", run: "click" },
        {
            content: "Its number",
            trigger: ".modal .o_field_widget[name='tracking_number'] input",
            run: "edit RR123456789IT",
        },
        { content: "Save", trigger: ".modal button[name='action_confirm']", run: "click" },
        { content: "It is sent", trigger: `${STATE}:contains('Sent')` },
        { content: "Delivered", trigger: "button:contains('Delivered')", run: "click" },
        choose("receipt.pdf", "%PDF-1.7 receipt"),
        ...confirm("receipt.pdf"),
        { content: "It is delivered", trigger: `${STATE}:contains('Delivered')` },
    ],
});
