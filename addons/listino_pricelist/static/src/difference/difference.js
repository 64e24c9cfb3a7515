import { Component, onWillStart, useState } from "@odoo/owl";
import { normalize } from "@web/core/l10n/utils";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** How many changes are drawn at first, and with each "show more": thousands of rows would slow the page. */
const PAGE = 300;
const COLOURS = { up: "text-danger", down: "text-success", new: "text-primary", gone: "text-muted" };

/**
 * What changed between two revisions of a price list, or since one: by category, to search and to filter by kind.
 */
export class ListinoDifference extends Component {
    static template = "listino_pricelist.Difference";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.differenceId = this.props.action.params?.difference_id;
        this.display = { controlPanel: {} };
        this.kinds = [
            ["up", _t("Up")],
            ["down", _t("Down")],
            ["new", _t("New")],
            ["gone", _t("Gone")],
        ];
        this.state = useState({ search: "", kind: "", most: PAGE });
        onWillStart(() => this.load());
    }

    async load() {
        this.difference = await this.orm.call("listino.difference", "get_difference", [[this.differenceId]]);
        const names = ["kind", "reference", "name", "label", "old", "new", "amount", "percent"];
        for (const section of this.difference.sections) {
            section.changes = section.changes.map((cells) => {
                const change = Object.fromEntries(names.map((name, place) => [name, cells[place]]));
                return { ...change, words: normalize(`${section.title} ${change.reference} ${change.name}`) };
            });
        }
        this.total = this.difference.sections.reduce((sum, section) => sum + section.changes.length, 0);
    }

    /** The sections with the changes that are searched for, as many as are drawn. */
    find() {
        const words = normalize(this.state.search).split(/\s+/).filter(Boolean);
        const { kind, most } = this.state;
        const sections = [];
        let count = 0;
        for (const section of this.difference.sections) {
            const changes = section.changes.filter(
                (change) => (!kind || change.kind === kind) && words.every((word) => change.words.includes(word)),
            );
            if (changes.length && count < most) {
                sections.push({ title: section.title, changes: changes.slice(0, most - count) });
            }
            count += changes.length;
        }
        return { sections, count };
    }

    get hasReferences() {
        return this.difference.sections.some(({ changes }) => changes.some(({ reference }) => reference));
    }

    get columnCount() {
        return 6 + this.hasReferences + this.difference.has_labels;
    }

    label(kind) {
        return this.kinds.find(([key]) => key === kind)[1];
    }

    colour(change) {
        return COLOURS[change.kind];
    }

    choose(kind) {
        this.state.kind = this.state.kind === kind ? "" : kind;
        this.state.most = PAGE;
    }

    showMore() {
        this.state.most += PAGE;
    }

    async download(extension) {
        await this.action.doAction({
            type: "ir.actions.act_url",
            url: `/listino/difference/${this.differenceId}/${extension}`,
            target: "download",
        });
    }
}

registry.category("actions").add("listino_pricelist.difference", ListinoDifference);
