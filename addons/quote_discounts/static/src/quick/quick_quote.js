import { Component, onMounted, onPatched, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Layout } from "@web/search/layout";
import { useSetupAction } from "@web/search/action_hook";
import { formatFloat } from "@web/views/fields/formatters";
import { useNumpadDecimal } from "@web/views/fields/numpad_decimal_hook";
import { parseFloat } from "@web/views/fields/parsers";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const SERVER = "quote.quick";
const SEARCH_DELAY = 200;
const COMPUTE_DELAY = 250;

/**
 * Quotes typed at the telephone: type to search, arrows to choose, Enter to add, quantity, Tab, discount, Enter for the
 * next product, Ctrl+Enter to write the quote. All figures come from the server.
 */
export class QuickQuote extends Component {
    static template = "quote_discounts.QuickQuote";
    static components = { Layout, RecordSelector };
    static props = { ...standardActionServiceProps };
    static path = "quick-quote";
    static displayName = _t("Quick Quote");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.display = { controlPanel: {} };
        this.keepSearch = new KeepLast();
        this.keepTotals = new KeepLast();
        this.searchLater = useDebounced(() => this.search(), SEARCH_DELAY);
        this.computeLater = useDebounced(() => this.compute(), COMPUTE_DELAY);
        this.focusNext = null;
        useNumpadDecimal();
        const asked = this.props.action.params || {};
        this.state = useState({
            partnerId: Number(asked.partner_id) || false,
            opportunityId: Number(asked.opportunity_id) || false,
            head: null,
            search: "",
            categoryId: "",
            products: [],
            total: 0,
            active: 0,
            lines: [],
            nextKey: 1,
            totals: null,
            isWriting: false,
            ...this.props.state?.quickQuote,
        });
        useSetupAction({ getLocalState: () => ({ quickQuote: { ...this.state, isWriting: false } }) });
        onWillStart(() => this.open());
        onMounted(() => this.applyFocus());
        onPatched(() => this.applyFocus());
    }

    // === CUSTOMER === //

    async open() {
        if (!this.state.partnerId) {
            this.focusNext = ".o_quick_customer input";
            return;
        }
        const { partnerId } = this.state;
        const head = await this.orm.call(SERVER, "open_quote", [partnerId, this.state.opportunityId]);
        if (partnerId !== this.state.partnerId) {
            return; // another customer was chosen meanwhile
        }
        Object.assign(this.state, {
            head,
            products: head.page.products,
            total: head.page.total,
            totals: head.totals,
            search: "",
            categoryId: "",
            active: 0,
        });
        this.foundFor = "";
        this.props.updateActionState?.({
            partner_id: this.state.partnerId,
            opportunity_id: this.state.opportunityId || undefined,
        });
        this.focusNext = ".o_quick_search";
        if (this.state.lines.length) {
            await this.compute();
        }
    }

    async choosePartner(partnerId) {
        Object.assign(this.state, { partnerId, opportunityId: false, head: null, products: [] });
        await this.open();
    }

    // === PRODUCTS === //

    async search() {
        const { search: words, partnerId } = this.state;
        const page = await this.keepSearch.add(this.fetchPage(0));
        if (partnerId !== this.state.partnerId) {
            return; // the prices are those of the customer before
        }
        this.foundFor = words;
        Object.assign(this.state, { products: page.products, total: page.total, active: 0 });
    }

    async loadMore() {
        const { partnerId } = this.state;
        const page = await this.keepSearch.add(this.fetchPage(this.state.products.length));
        if (partnerId !== this.state.partnerId) {
            return; // as in search
        }
        const shown = new Set(this.state.products.map((product) => product.id));
        this.state.products.push(...page.products.filter((product) => !shown.has(product.id)));
        this.state.total = page.total;
    }

    fetchPage(offset) {
        return this.orm.silent.call(SERVER, "get_products", [this.state.partnerId, this.state.opportunityId], {
            search: this.state.search,
            category_id: Number(this.state.categoryId) || false,
            offset,
        });
    }

    async onSearchKeydown(ev) {
        if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            await this.move(ev.key === "ArrowDown" ? 1 : -1);
        } else if (ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            if (this.state.search !== this.foundFor) {
                await this.addFirstFound();
            } else if (this.state.products.length) {
                this.add(this.state.products[this.state.active]);
            }
        } else if (ev.key === "Escape" && this.state.search) {
            this.state.search = "";
            await this.search();
        }
    }

    async move(step) {
        const next = this.state.active + step;
        if (next >= this.state.products.length && this.hasMore) {
            await this.loadMore();
        }
        this.state.active = Math.min(Math.max(next, 0), this.state.products.length - 1);
        this.showActive = true;
    }

    get hasMore() {
        return this.state.products.length < this.state.total;
    }

    // === LINES === //

    /** A product that is there already is not added twice: its quantity waits to be typed over. */
    add(product, values = {}) {
        let line = this.state.lines.find((other) => other.product.id === product.id && !values.uom_id);
        if (!line) {
            line = {
                key: this.state.nextKey++,
                product,
                quantity: "1",
                discount: "",
                uom_id: false,
                figures: null,
                ...values,
            };
            this.state.lines.push(line);
        }
        this.focusNext = `[data-line='${line.key}'] .o_quick_quantity`;
        this.computeLater();
    }

    /**
     * Whoever types faster than the server answers, or scans a barcode, goes on to the quantity at once: the line waits for
     * its product.
     */
    async addFirstFound() {
        const words = this.state.search;
        const key = this.state.nextKey;
        this.add({ id: -key, code: "", name: words, uom: "" }, { isWaiting: true });
        const asked = this.fetchPage(0).catch(() => ({ products: [] }));
        this.waiting = Promise.all([this.waiting, asked]);
        const line = this.state.lines.find((other) => other.key === key);
        const [product] = (await asked).products;
        const twin = this.state.lines.find((other) => other.product.id === product?.id);
        if (!product) {
            this.notification.add(_t("No product for sale meets “%s”.", words), { type: "warning" });
        }
        if (!product || twin) {
            this.remove(line, twin ? `[data-line='${twin.key}'] .o_quick_quantity` : undefined);
        } else {
            Object.assign(line, { product, isWaiting: false });
            this.computeLater();
        }
    }

    remove(line, focusNext = ".o_quick_search") {
        const place = this.state.lines.indexOf(line);
        if (place < 0) {
            return; // taken out by hand while it waited for its product
        }
        this.state.lines.splice(place, 1);
        this.focusNext = focusNext;
        this.computeLater();
    }

    onEntryKeydown(ev, line, field) {
        const place = this.state.lines.indexOf(line);
        const isEnter = ev.key === "Enter" && !ev.ctrlKey && !ev.metaKey;
        if (isEnter || ev.key === "Escape") {
            ev.preventDefault();
            this.focus(".o_quick_search");
        } else if (ev.key === "Delete" && ev.ctrlKey) {
            ev.preventDefault();
            this.remove(line);
        } else if (ev.key === "ArrowDown" || ev.key === "ArrowUp") {
            ev.preventDefault();
            const other = this.state.lines[place + (ev.key === "ArrowDown" ? 1 : -1)];
            if (other) {
                this.focus(`[data-line='${other.key}'] .o_quick_${field}`);
            }
        }
    }

    onEntryInput() {
        this.computeLater();
    }

    /** The lines as the server takes them; a quantity that is no number is for the server to refuse. */
    get written() {
        return this.known.map((line) => ({
            product_id: line.product.id,
            quantity: this.readQuantity(line.quantity),
            discount: line.discount,
            uom_id: line.uom_id,
        }));
    }

    get known() {
        return this.state.lines.filter((line) => !line.isWaiting);
    }

    readQuantity(text) {
        try {
            return parseFloat(text);
        } catch {
            return null;
        }
    }

    async compute() {
        const keys = this.known.map((line) => line.key);
        const figures = await this.keepTotals.add(
            this.orm.silent.call(SERVER, "compute_quote", [
                this.state.partnerId,
                this.state.opportunityId,
                this.written,
            ]),
        );
        this.state.totals = figures.totals;
        for (const [place, key] of keys.entries()) {
            const line = this.state.lines.find((other) => other.key === key);
            if (line) {
                line.figures = figures.lines[place];
            }
        }
    }

    // === STARTS === //

    async startWith(method) {
        const { lines } = await this.orm.call(SERVER, method, [this.state.partnerId, this.state.opportunityId]);
        if (!lines.length) {
            this.notification.add(_t("This customer has no confirmed order with products for sale."), { type: "info" });
        }
        const there = new Set(this.state.lines.map((line) => line.product.id)); // an order may have a product twice
        for (const line of lines) {
            if (!there.has(line.product_id)) {
                this.add(line.product, {
                    quantity: formatFloat(line.quantity, { trailingZeros: false }),
                    uom_id: line.uom_id,
                });
            }
        }
    }

    // === THE QUOTE === //

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.create();
        }
    }

    async create() {
        if (this.state.isWriting || !this.state.partnerId) {
            return;
        }
        this.state.isWriting = true;
        try {
            await this.waiting;
            const orderId = await this.orm.call(SERVER, "create_quote", [
                this.state.partnerId,
                this.state.opportunityId,
                this.written,
            ]);
            this.state.lines = [];
            await this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "sale.order",
                res_id: orderId,
                views: [[false, "form"]],
            });
        } finally {
            this.state.isWriting = false;
        }
    }

    // === FOCUS === //

    focus(selector) {
        const input = document.querySelector(selector); // the customer is in the control panel, outside of the root
        input?.focus();
        input?.select();
    }

    applyFocus() {
        if (this.focusNext) {
            this.focus(this.focusNext);
            this.focusNext = null;
        }
        if (this.showActive) {
            this.showActive = false;
            this.root.el?.querySelector(".o_quick_product.table-active")?.scrollIntoView({ block: "nearest" });
        }
    }
}

registry.category("actions").add("quote_discounts.quick_quote", QuickQuote);
