import { Component, onWillStart, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { MonthChart } from "./month_chart";

/** The first page: what is overdue, what is to be done today, and how fast the money comes in. */
export class DunningDashboard extends Component {
    static template = "dunning_it.DunningDashboard";
    static components = { Layout, MonthChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ page: null, isScanning: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("dunning.dashboard", "get_dunning_dashboard", []);
    }

    get page() {
        return this.state.page;
    }

    get blocks() {
        const { total, standings, users } = this.page.overdue;
        return [
            { key: "all", field: null, name: "", rows: [total] },
            { key: "standing", field: "standing", name: _t("By what comes next"), rows: standings },
            { key: "user", field: "user_id", name: _t("By responsible"), rows: users },
        ];
    }

    get isOverdue() {
        return this.page.overdue.total.count > 0;
    }

    get tiles() {
        const { collected, promises_kept: kept, promises_judged: judged } = this.page.results;
        const month = this.page.months.at(-1);
        return [
            {
                key: "collected",
                name: _t("Collected this month"),
                value: this.money(collected),
                note: _t("paid of instalments in cases"),
            },
            {
                key: "promises",
                name: _t("Promises kept"),
                value: judged ? this.share((100 * kept) / judged) : "—",
                note: judged
                    ? _t("%(kept)s of %(judged)s in a year", { kept, judged })
                    : _t("none has come to its day"),
            },
            {
                key: "dso",
                name: _t("Days sales outstanding"),
                value: this.number(month.dso),
                note: _t("so many days of sales are unpaid"),
            },
            {
                key: "open",
                name: _t("Receivables"),
                value: this.money(month.receivables),
                note: _t("of these %s are overdue", this.money(month.overdue)),
            },
        ];
    }

    get monthNames() {
        return this.page.months.map((month) => formatDate(deserializeDate(month.date), { format: "LLL yy" }));
    }

    values(name) {
        return this.page.months.map((month) => month[name]);
    }

    /** A chart in words, for who does not see it. */
    describe(name) {
        const found = this.values(name);
        return this.monthNames
            .map((month, place) => `${month}: ${found[place] === null ? "—" : this.number(found[place])}`)
            .join("; ");
    }

    money(amount) {
        return formatCurrency(amount, this.page.currency_id, { digits: [69, 0] });
    }

    number(value) {
        return formatFloat(value, { digits: [16, 1] });
    }

    share(percent) {
        return `${formatFloat(percent, { digits: [16, 0] })} %`;
    }

    // Behind the figures

    async openCell(block, row, age) {
        const name = [row.name, age?.name].filter(Boolean).join(" · ");
        const domain = [];
        if (block.field) {
            domain.push([block.field, "=", row.id]);
        }
        if (age) {
            domain.push(["age", "=", age.key]);
        }
        await this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "dunning.report",
            domain,
            views: [
                [false, "list"],
                [false, "pivot"],
                [false, "graph"],
            ],
        });
    }

    async openTodo(entry) {
        const action = await this.action.loadAction(entry.action);
        await this.action.doAction({ ...action, name: entry.name, domain: entry.domain, context: {} });
    }

    open(action) {
        return this.action.doAction(action);
    }

    async scan() {
        this.state.isScanning = true;
        try {
            await this.orm.call("dunning.dashboard", "action_scan", []);
            await this.load();
        } finally {
            this.state.isScanning = false;
        }
    }
}

registry.category("actions").add("dunning_it.dashboard", DunningDashboard);
