import { Component, onWillStart, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat, formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { StageChart } from "./stage_chart";

/** The first page: where the customers are, where they move, and what is to be done today. */
export class LifecycleDashboard extends Component {
    static template = "lifecycle_crm.LifecycleDashboard";
    static components = { Layout, StageChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.state = useState({ page: null, isRefreshing: false });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.page = await this.orm.call("lifecycle.dashboard", "get_lifecycle_dashboard", []);
    }

    get page() {
        return this.state.page;
    }

    get phases() {
        return this.page.phases.filter(({ stages }) => stages.length);
    }

    get stages() {
        return this.page.phases.flatMap(({ stages }) => stages);
    }

    get tiles() {
        const { buyers, came_back, won_back, gone, satisfaction, answers } = this.page.figures;
        return [
            {
                key: "repeat",
                name: _t("Came back after the first order"),
                value: buyers ? this.share(came_back, buyers) : "—",
                note: _t("%(part)s of %(whole)s customers", { part: came_back, whole: buyers }),
            },
            {
                key: "won_back",
                name: _t("Won back this month"),
                value: formatInteger(won_back),
                note: _t("at risk or lost before, and bought again"),
            },
            {
                key: "gone",
                name: _t("Slipping away this month"),
                value: formatInteger(gone),
                note: _t("became silent or ended it"),
            },
            {
                key: "satisfaction",
                name: _t("Satisfaction"),
                value: answers ? _t("%s of 5", formatFloat(satisfaction, { digits: [16, 1] })) : "—",
                note: _t("%s answers in 90 days", answers),
            },
        ];
    }

    get monthNames() {
        return this.page.months.map((month) => formatDate(deserializeDate(month.date), { format: "LLL yy" }));
    }

    get series() {
        return this.page.phases.flatMap(({ key, stages }) =>
            stages
                .map(({ id, name }, place) => ({
                    name,
                    phase: key,
                    place,
                    values: this.page.months.map(({ counts }) => counts[id] || 0),
                }))
                .filter(({ values }) => values.some(Boolean)),
        );
    }

    /** The chart in words, for who does not see it. */
    get description() {
        return this.series.map(({ name, values }) => `${name}: ${values.join(", ")}`).join("; ");
    }

    money(amount) {
        return formatCurrency(amount, this.page.currency_id, { digits: [69, 0] });
    }

    share(part, whole) {
        return `${formatFloat((100 * part) / whole, { digits: [16, 0] })} %`;
    }

    // Behind the figures

    async openStage(stage) {
        const action = await this.action.loadAction("lifecycle_crm.lifecycle_status_action");
        await this.action.doAction({
            ...action,
            name: stage.name,
            domain: [["stage_id", "=", stage.id]],
            context: {},
        });
    }

    async openTodo(entry) {
        const action = await this.action.loadAction(entry.action);
        await this.action.doAction({ ...action, name: entry.name, domain: entry.domain, context: {} });
    }

    open(action) {
        return this.action.doAction(action);
    }

    async refresh() {
        this.state.isRefreshing = true;
        await this.orm.call("lifecycle.dashboard", "action_refresh", []);
        this.notification.add(_t("Customers are being looked at: come back in a minute."), { type: "info" });
    }
}

registry.category("actions").add("lifecycle_crm.dashboard", LifecycleDashboard);
