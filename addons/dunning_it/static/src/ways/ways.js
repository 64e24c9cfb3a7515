import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { FloatField } from "@web/views/fields/float/float_field";
import { MonetaryField } from "@web/views/fields/monetary/monetary_field";
import { PercentageField } from "@web/views/fields/percentage/percentage_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The ways out of a review side by side, one a column, so that each row compares one thing. What the user thinks of a
 * way is typed into its column; the answer comes from the server while it is typed. Ways that are closed stand below
 * with the reason.
 */
export class DunningWays extends Component {
    static template = "dunning_it.Ways";
    static components = { FloatField, MonetaryField, PercentageField };
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.labels = {
            probability: _t("Probability"),
            hours: _t("Own hours"),
            lawyer_amount: _t("Lawyer"),
        };
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    get columns() {
        return this.lines.filter((line) => line.data.status !== "closed");
    }

    get closed() {
        return this.lines.filter((line) => line.data.status === "closed");
    }

    /** Whether any of the columns has something to say in a row. */
    has(key) {
        return this.columns.some((line) => line.data.answer[key].length);
    }

    label(name, line) {
        return `${this.labels[name]}: ${line.data.answer.name}`;
    }

    async decide(line) {
        if (await this.props.record.save()) {
            await this.action.doActionButton({
                type: "object",
                name: "action_decide",
                resModel: line.resModel,
                resId: line.resId,
                onClose: () => this.props.record.load(),
            });
        }
    }

    /** A row of the law, where a manager may confirm it; the answer follows. */
    async openRow(row) {
        if (this.props.readonly || (await this.props.record.save())) {
            await this.action.doAction(
                {
                    type: "ir.actions.act_window",
                    name: row.name,
                    res_model: "dunning.legal.value",
                    res_id: row.id,
                    views: [[false, "form"]],
                    target: "new",
                },
                { onClose: () => this.props.record.load() },
            );
        }
    }
}

export const dunningWays = {
    component: DunningWays,
    displayName: _t("Ways out, side by side"),
    supportedTypes: ["one2many"],
    useSubView: true,
};

registry.category("fields").add("dunning_ways", dunningWays);
