import { Component, onWillStart, useState } from "@odoo/owl";
import { normalize } from "@web/core/l10n/utils";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** A list of so many lines opens unfolded; of a longer one only the categories show. */
const MOST_UNFOLDED = 200;
/** How many lines are drawn at most while a search is on: more would only slow the typing. */
const MOST_FOUND = 500;

/**
 * The preview of a listino document: categories to fold, a search, the prices of the moment and why they are so; or of
 * a revision of it, with the prices that were kept.
 */
export class ListinoPreview extends Component {
    static template = "listino_pricelist.Preview";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        const { params = {}, context } = this.props.action;
        this.model = params.model || "listino.document";
        this.recordId = params.record_id || params.document_id || context?.active_id;
        this.url = params.url || `/listino/document/${this.recordId}`;
        this.display = { controlPanel: {} };
        this.listing = null;
        this.state = useState({ search: "", folded: new Set() });
        onWillStart(() => this.load());
    }

    async load() {
        this.listing = await this.orm.call(this.model, "get_preview", [[this.recordId]]);
        let lines = 0;
        for (const [key, section] of this.listing.sections.entries()) {
            section.key = key;
            lines += section.lines.length;
            for (const line of section.lines) {
                line.words = normalize(line.cells.join(" "));
            }
        }
        if (lines > MOST_UNFOLDED) {
            this.foldAll();
        }
    }

    /** Neighbouring columns of the same group share a band above them. */
    get bands() {
        const bands = [];
        for (const { group } of this.listing.columns) {
            if (bands.length && bands.at(-1).label === group) {
                bands.at(-1).span += 1;
            } else {
                bands.push({ label: group, span: 1 });
            }
        }
        return bands.some((band) => band.label) ? bands : [];
    }

    /** The sections to draw: those found, or all but those under a folded one. */
    get sections() {
        const words = normalize(this.state.search).split(/\s+/).filter(Boolean);
        return words.length ? this.find(words) : this.unfolded;
    }

    get unfolded() {
        const shown = [];
        let hiddenBelow = Infinity;
        for (const section of this.listing.sections) {
            if (section.level > hiddenBelow) {
                continue;
            }
            const isOpen = !this.state.folded.has(section.key);
            hiddenBelow = isOpen ? Infinity : section.level;
            shown.push({ ...section, isOpen });
        }
        return shown;
    }

    find(words) {
        let left = MOST_FOUND;
        const found = [];
        for (const section of this.listing.sections) {
            const lines = section.lines.filter((line) => words.every((word) => line.words.includes(word)));
            if (lines.length && left > 0) {
                found.push({ ...section, lines: lines.slice(0, left), isOpen: true });
                left -= lines.length;
            }
        }
        return found;
    }

    get foldLabel() {
        return this.state.folded.size ? _t("Unfold All") : _t("Fold All");
    }

    foldAll() {
        this.listing.sections.forEach((section) => this.state.folded.add(section.key));
    }

    toggle(section) {
        if (!this.state.folded.delete(section.key)) {
            this.state.folded.add(section.key);
        }
    }

    toggleAll() {
        if (this.state.folded.size) {
            this.state.folded.clear();
        } else {
            this.foldAll();
        }
    }

    /** Why the line's price in that column is what it is. */
    async explain(line, column) {
        const { quantity, uom_id, pricelist_id, price_date } = { ...this.listing, ...this.listing.prices[column.key] };
        await this.action.doAction("listino_pricelist.listino_price_check_action", {
            additionalContext: {
                default_product_id: line.product_id,
                default_pricelist_id: pricelist_id,
                default_price_date: price_date,
                default_quantity: quantity,
                ...(uom_id ? { default_uom_id: uom_id } : {}),
            },
        });
    }

    async download(extension) {
        await this.action.doAction({
            type: "ir.actions.act_url",
            url: `${this.url}/${extension}`,
            target: "download",
        });
    }
}

registry.category("actions").add("listino_pricelist.preview", ListinoPreview);
