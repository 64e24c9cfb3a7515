import { Component, onWillStart } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatFloat } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const WAITING = [
    ["state", "=", "draft"],
    ["replied_on", "=", false],
    ["reply_deadline", "!=", false],
];

/** Who waits for a quote, and how many working hours the customers of each seller waited. */
export class ReplyDashboard extends Component {
    static template = "quote_discounts.ReplyDashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    static path = "quote-replies";
    static displayName = _t("Replies to Customers");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        onWillStart(async () => {
            this.figures = await this.orm.call("quote.reply.dashboard", "get_figures", []);
        });
    }

    get cards() {
        const { waiting, near, late } = this.figures.cards;
        return [
            { key: "waiting", label: _t("Customers wait"), count: waiting, tone: "text-bg-light", domain: [] },
            {
                key: "near",
                label: _t("Nearly late"),
                count: near,
                tone: near ? "text-bg-warning" : "text-bg-light",
                domain: [
                    ["reply_warning_on", "<=", "now"],
                    ["reply_deadline", ">=", "now"],
                ],
            },
            {
                key: "late",
                label: _t("Late"),
                count: late,
                tone: late ? "text-bg-danger" : "text-bg-light",
                domain: [["reply_deadline", "<", "now"]],
            },
        ];
    }

    monthName(month) {
        return formatDate(deserializeDate(month), { format: "LLL yyyy" });
    }

    hours(number) {
        return number === undefined ? "" : formatFloat(number, { digits: [16, 1] });
    }

    async openQuotes(name, domain) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "sale.order",
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    openCard(card) {
        return this.openQuotes(card.label, [...WAITING, ...card.domain]);
    }

    openSeller(seller) {
        return this.openQuotes(seller.name, [
            ["user_id", "=", seller.id || false],
            ["replied_on", ">=", this.figures.since],
            ["reply_requested_on", "!=", false],
        ]);
    }
}

registry.category("actions").add("quote_discounts.reply_dashboard", ReplyDashboard);
