import { registry } from "@web/core/registry";

/** A cell of the table of ways. */
function cell(way, name) {
    return `.o_dunning_ways td[data-way='${way}'][data-name='${name}']`;
}

function enter(way, name, value) {
    return [
        {
            content: `${name} of ${way}`,
            trigger: `${cell(way, name)} input`,
            run: `edit ${value} && press Tab`,
        },
    ];
}

const NET = ".o_dunning_net td[data-way='injunction']";

registry.category("web_tour.tours").add("dunning_review_tour", {
    steps: () => [
        { content: "Weigh the ways", trigger: "button[name='action_review'].btn-primary", run: "click" },
        {
            content: "What is closed says why",
            trigger: ".o_dunning_closed[data-way='pcc_certification']:contains('Only a public administration')",
        },
        ...enter("plan", "probability", "30"),
        {
            content: "The best so far",
            trigger: ".o_dunning_ways th[data-way='plan'] .badge:contains('Best')",
        },
        ...enter("injunction", "probability", "80"),
        ...enter("injunction", "hours", "5"),
        ...enter("injunction", "lawyer_amount", "1000"),
        { content: "What is to be expected follows while one types", trigger: `${NET}:contains('6,654.51')` },
        { trigger: ".o_dunning_ways th[data-way='injunction'] .badge:contains('Best')" },
        {
            content: "It hangs on a row of the law, so that it can't be chosen",
            trigger: ".o_dunning_ways td[data-way='injunction'] button:disabled:contains('Choose')",
        },
        {
            content: "Look at the row",
            trigger: ".o_dunning_ways td[data-way='injunction'] button.btn-warning:contains('30,000')",
            run: "click",
        },
        { content: "Answer for it", trigger: ".modal button[name='action_confirm']", run: "click" },
        {
            content: "Yes, it was checked",
            trigger: ".modal:contains('You answer for this value') .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "The answer follows, and what was entered is there",
            trigger: `.o_dunning_ways:not(:has(.text-bg-warning)) ${NET}:contains('6,654.51')`,
        },
        {
            content: "Choose",
            trigger: ".o_dunning_ways td[data-way='injunction'] button:enabled:contains('Choose')",
            run: "click",
        },
        {
            content: "What is missing is told once more",
            trigger: ".modal .alert-warning:contains('Missing and necessary: Written proof')",
        },
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name='note'] textarea",
            run: "edit The contract is in the safe",
        },
        { content: "Decide", trigger: ".modal button[name='action_decide']", run: "click" },
        {
            content: "On the legal way",
            trigger: ".o_form_view:not(:has(.o_dunning_ways)) .o_field_widget[name='register_number'] input",
            run: "edit R.G. 123/2026",
        },
        {
            content: "Filed today",
            trigger: ".o_field_widget[name='issued_date'] input",
            run: "edit 06/12/2026 && press Tab",
        },
        { content: "Save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "The term that runs",
            trigger: ".alert-info:contains('Have the order served'):contains('Aug 11')",
        },
        {
            content: "The review as it was",
            trigger: "button[name='action_open_assessment']",
            run: "click",
        },
        {
            content: "Decided, with the chosen way marked, and nothing to type",
            trigger:
                ".o_dunning_ways:not(:has(input)):not(:has(button:contains('Choose'))) th[data-way='injunction'] .badge:contains('Chosen')",
        },
    ],
});
