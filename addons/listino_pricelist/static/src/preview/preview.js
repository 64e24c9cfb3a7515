import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { normalize } from "@web/core/l10n/utils";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** How many lines are drawn at most while a search is on: more would only slow the typing. */
const MOST_FOUND = 500;

/**
 * The preview of a listino document: categories to fold, a search, the prices of the moment.
 */
export class ListinoPreview extends Component {
    static template = "listino_pricelist.Preview";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.documentId = this.props.action.params?.document_id || this.props.action.context?.active_id;
        this.display = { controlPanel: {} };
        this.state = useState({ search: "", open: new Set(), listing: null });
        onWillStart(() => this.load());
    }

    async load() {
        const listing = await this.orm.call("listino.document", "get_preview", [[this.documentId]]);
        for (const [place, section] of listing.sections.entries()) {
            section.key = place;
            for (const line of section.lines) {
                line.words = normalize(line.cells.join(" "));
            }
        }
        this.state.listing = listing;
        if (listing.sections.length <= 12) {
            listing.sections.forEach((section) => this.state.open.add(section.key));
        }
    }

    get isEmpty() {
        return !this.state.listing.sections.length;
    }

    /** Column groups as bands above the columns: neighbours of the same group share one. */
    get bands() {
        const bands = [];
        for (const { group } of this.state.listing.columns) {
            const last = bands.at(-1);
            if (last && last.label === group) {
                last.span += 1;
            } else {
                bands.push({ label: group, span: 1 });
            }
        }
        return bands.some((band) => band.label) ? bands : [];
    }

    /** The sections with the lines to draw; while searching, only those that hold a line found. */
    get sections() {
        const words = normalize(this.state.search).split(/\s+/).filter(Boolean);
        if (!words.length) {
            return this.state.listing.sections.map((section) => ({
                ...section,
                isOpen: this.state.open.has(section.key),
            }));
        }
        let left = MOST_FOUND;
        const found = [];
        for (const section of this.state.listing.sections) {
            const lines = section.lines.filter((line) => words.every((word) => line.words.includes(word)));
            if (lines.length && left > 0) {
                found.push({ ...section, lines: lines.slice(0, left), isOpen: true });
                left -= lines.length;
            }
        }
        return found;
    }

    get foldLabel() {
        return this.state.open.size ? _t("Fold All") : _t("Unfold All");
    }

    toggle(section) {
        const { open } = this.state;
        if (!open.delete(section.key)) {
            open.add(section.key);
        }
    }

    toggleAll() {
        const { open, listing } = this.state;
        if (open.size) {
            open.clear();
        } else {
            listing.sections.forEach((section) => open.add(section.key));
        }
    }

    async download(extension) {
        await this.action.doAction({
            type: "ir.actions.act_url",
            url: `/listino/document/${this.documentId}/${extension}`,
            target: "download",
        });
    }
}

registry.category("actions").add("listino_pricelist.preview", ListinoPreview);
