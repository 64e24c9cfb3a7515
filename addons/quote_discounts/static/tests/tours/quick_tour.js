import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

const SEARCH = ".o_quick_search";
const LINES = 10;
const measured = { calls: 0, started: 0 };

function count({ detail }) {
    const path = detail.data?.params?.model || "";
    measured.calls += path === "quote.quick" ? 1 : 0;
}

/** What a person does for one line, with the keyboard alone: code, Enter, quantity, Tab, discount, Enter. */
function typeLine(number) {
    const code = `TOUR${number}`;
    const line = `.o_quick_line:nth-child(${number})`;
    return [
        { content: `Search ${code}`, trigger: `${SEARCH}:focus`, run: `edit ${code}` },
        { trigger: `${SEARCH}:focus`, run: "press Enter" },
        { trigger: `${line} .o_quick_quantity:focus`, run: `edit ${number}` },
        { trigger: `${line} .o_quick_quantity:focus`, run: "press Tab" },
        { trigger: `${line} .o_quick_discount:focus`, run: "edit 50+10" },
        { trigger: `${line} .o_quick_discount:focus`, run: "press Enter" },
    ];
}

registry.category("web_tour.tours").add("quote_quick", {
    steps: () => [
        {
            content: "The search waits",
            trigger: `${SEARCH}:focus`,
            run() {
                measured.calls = 0;
                measured.started = Date.now();
                rpcBus.addEventListener("RPC:REQUEST", count);
            },
        },
        {
            content: "Arrows choose among what is found",
            trigger: `${SEARCH}:focus`,
            run: "edit TOUR1",
        },
        {
            content: "at the customer's own price",
            trigger: ".o_quick_product.table-active:contains('Tour product 1'):contains('8.00'):contains('10.00')",
        },
        { trigger: `${SEARCH}:focus`, run: "press ArrowDown" },
        { trigger: ".o_quick_product.table-active:contains('TOUR10')" },
        { trigger: `${SEARCH}:focus`, run: "press ArrowUp" },
        { trigger: ".o_quick_product.table-active:not(:contains('TOUR10'))" },
        ...Array.from({ length: LINES }, (_item, place) => typeLine(place + 1)).flat(),
        {
            content: "The total is the server's: 8 x (1 + 4 + ... + 100) less 55 %, with 22 % VAT",
            trigger: ".o_quick_amount:contains('1,690.92')",
        },
        {
            trigger: SEARCH,
            run: "press Control+Enter",
        },
        {
            content: "The quote is written",
            trigger: ".o_form_view .o_field_widget[name=order_line] .o_data_row:contains('TOUR10')",
            run() {
                rpcBus.removeEventListener("RPC:REQUEST", count);
                const seconds = (Date.now() - measured.started) / 1000;
                if (measured.calls > 4 * LINES || seconds > 60) {
                    throw new Error(`${measured.calls} calls, ${seconds} seconds`);
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("quote_quick_starts", {
    steps: () => [
        { content: "Repeat the last order", trigger: ".o_quick_repeat:enabled", run: "click" },
        { trigger: ".o_quick_line:contains('TOUR1'):contains('Last paid')" },
        {
            content: "What can't be read is said on the line",
            trigger: ".o_quick_line:contains('TOUR1') .o_quick_discount",
            run: "edit 50++10",
        },
        { trigger: ".o_quick_error:contains('50++10')" },
        { trigger: ".o_quick_line:contains('TOUR1') .o_quick_discount", run: "edit 5" },
        { trigger: ".o_quick_lines:not(:has(.o_quick_error))" },
        { trigger: SEARCH, run: "edit TOUR2" },
        { content: "A tap adds a product", trigger: ".o_quick_product:contains('TOUR2')", run: "click" },
        { trigger: ".o_quick_line:contains('TOUR2') .o_quick_remove", run: "click" },
        { trigger: ".o_quick_lines:not(:contains('TOUR2'))" },
        { trigger: ".o_quick_create:enabled", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=order_line]:contains('Tour product 1')" },
    ],
});

/**
 * Holds the answers to searches back.
 *
 * @returns {Function} lets them through
 */
function holdSearches() {
    const { prototype } = odoo.loader.modules.get("@quote_discounts/quick/quick_quote").QuickQuote;
    const { fetchPage } = prototype;
    let open;
    const gate = new Promise((resolve) => {
        open = resolve;
    });
    prototype.fetchPage = async function (...args) {
        const page = await fetchPage.apply(this, args);
        await gate;
        return page;
    };
    return () => {
        prototype.fetchPage = fetchPage;
        open();
    };
}

registry.category("web_tour.tours").add("quote_quick_taken_out", {
    steps: () => {
        let letThrough;
        return [
            { trigger: SEARCH, run: "edit TOUR1" },
            { trigger: ".o_quick_product:contains('TOUR1'):not(:contains('TOUR10'))", run: "click" },
            { trigger: ".o_quick_line:contains('TOUR1') .o_quick_quantity:focus" },
            {
                content: "Whoever types on before the server has answered",
                trigger: SEARCH,
                run({ edit }) {
                    letThrough = holdSearches();
                    return edit("NOSUCH");
                },
            },
            { trigger: SEARCH, run: "press Enter" },
            {
                content: "and takes the waiting line out",
                trigger: ".o_quick_line:contains('NOSUCH') .o_quick_quantity:focus",
                run: "press Control+Delete",
            },
            { trigger: ".o_quick_lines:not(:contains('NOSUCH'))", run: () => letThrough() },
            { content: "is told that there is no such product", trigger: ".o_notification:contains('NOSUCH')" },
            { content: "and keeps the other lines", trigger: ".o_quick_line:contains('TOUR1')" },
        ];
    },
});

registry.category("web_tour.tours").add("quote_quick_twins", {
    steps: () => [
        { trigger: ".o_quick_repeat:enabled", run: "click" },
        { content: "Both lines of the product", trigger: ".o_quick_line:nth-child(2):contains('TOUR1')" },
        { content: "once, however often it is repeated", trigger: ".o_quick_repeat:enabled", run: "click" },
        { trigger: ".o_quick_create:enabled", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=order_line]:contains('Tour product 1')" },
    ],
});

registry.category("web_tour.tours").add("quote_quick_other_customer", {
    steps: () => {
        let letThrough;
        const priceOf = (code) =>
            [...document.querySelectorAll(".o_quick_product")]
                .find((row) => row.querySelector(".text-muted").textContent === code)
                .querySelector(".o_quick_price").textContent;
        const pause = () => new Promise((resolve) => setTimeout(resolve, 500));
        return [
            {
                content: "A search whose answer is late",
                trigger: SEARCH,
                async run({ edit }) {
                    letThrough = holdSearches();
                    await edit("TOUR");
                    await pause();
                },
            },
            { content: "for one customer", trigger: ".o_quick_customer input", run: "edit Tour Osteria" },
            {
                content: "does not show his prices",
                trigger: ".o-autocomplete--dropdown-item:contains('Tour Osteria')",
                run: "click",
            },
            {
                trigger: ".o_quick_product:contains('TOUR2'):contains('20.00')",
                async run() {
                    letThrough();
                    await pause();
                    if (!priceOf("TOUR2").includes("20.00")) {
                        throw new Error(`another customer's price: ${priceOf("TOUR2")}`);
                    }
                },
            },
        ];
    },
});

registry.category("web_tour.tours").add("quote_quick_numpad", {
    steps: () => [
        { trigger: SEARCH, run: "edit TOUR1" },
        { trigger: ".o_quick_product:contains('TOUR1'):not(:contains('TOUR10'))", run: "click" },
        {
            content: "The point of the number pad is the decimal mark, as in every other field",
            trigger: ".o_quick_quantity:focus",
            run() {
                const point = { key: ".", code: "NumpadDecimal", bubbles: true, cancelable: true };
                this.anchor.value = "1";
                this.anchor.setSelectionRange(1, 1);
                if (this.anchor.dispatchEvent(new window.KeyboardEvent("keydown", point))) {
                    this.anchor.setRangeText(".", 1, 1, "end");
                }
                this.anchor.setRangeText("5", 2, 2, "end");
                this.anchor.dispatchEvent(new Event("input", { bubbles: true }));
            },
        },
        { content: "1,5 x 8", trigger: ".o_quick_subtotal:contains('12,00')" },
    ],
});

registry.category("web_tour.tours").add("quote_scoping_decimals", {
    steps: () => [
        { trigger: ".o_quote_questions button[name=action_open_scoping]", run: "click" },
        {
            content: "A number is shown as it is typed",
            trigger: ".modal .o_quote_question:contains('How many pages') input",
            run() {
                if (this.anchor.value !== "1234,5") {
                    throw new Error(`not as it is typed: ${this.anchor.value}`);
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("quote_scoping", {
    steps: () => [
        { content: "The banner says what is open", trigger: ".o_quote_questions", run: "click" },
        { trigger: ".o_quote_questions button[name=action_open_scoping]", run: "click" },
        {
            content: "How many pages",
            trigger: ".modal .o_quote_question:contains('How many pages') input",
            run: "edit 12",
        },
        {
            trigger: ".modal .o_quote_question:contains('take the photos') input[value=yes]",
            run: "click",
        },
        { trigger: ".modal .o_quote_save", run: "click" },
        {
            content: "The lines follow",
            trigger: ".o_data_row:contains('Photos') td[name=product_uom_qty]:contains('2')",
        },
        { trigger: ".o_data_row:contains('Page') td[name=product_uom_qty]:contains('12')" },
        { trigger: "a[name=quote_answers]", run: "click" },
        { trigger: ".o_data_row:contains('How many pages'):contains('12')" },
    ],
});

registry.category("web_tour.tours").add("quote_replies", {
    steps: () => [
        { content: "Late quotes are counted", trigger: ".o_reply_card[data-card=late]", run: "click" },
        { content: "and listed", trigger: ".o_list_view .o_data_row:contains('Tour Trattoria'):contains('Late')" },
    ],
});
