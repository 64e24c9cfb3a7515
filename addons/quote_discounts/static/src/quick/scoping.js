import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatFloat } from "@web/views/fields/formatters";
import { parseFloat } from "@web/views/fields/parsers";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The questions of a quote's template, asked one below the other; the lines follow the answers when they are saved. */
export class Scoping extends Component {
    static template = "quote_discounts.Scoping";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.orderId = this.props.action.params.order_id;
        this.state = useState({ scoping: null, values: {}, kept: null, isSaving: false });
        onWillStart(async () => {
            this.state.scoping = await this.orm.call("sale.order", "get_scoping", [[this.orderId]]);
            for (const question of this.state.scoping.questions) {
                this.state.values[question.id] = this.write(question);
            }
        });
    }

    /** What was given or taken back; a question left empty that was empty is not sent. */
    get written() {
        const values = {};
        for (const question of this.state.scoping.questions) {
            const text = this.state.values[question.id].trim();
            if (text !== this.write(question)) {
                values[question.id] = text ? this.read(question, text) : null;
            }
        }
        return values;
    }

    isChosen(question, [value]) {
        return this.state.values[question.id] === `${value}`;
    }

    choose(question, [value]) {
        this.state.values[question.id] = `${value}`;
    }

    /** The answer given so far as it is typed: what is shown is what `read` takes. */
    write({ kind, value }) {
        if (value === null) {
            return "";
        }
        return kind === "number"
            ? formatFloat(value, { digits: [16, 6], grouping: [], trailingZeros: false })
            : `${value}`;
    }

    read(question, text) {
        if (question.kind === "choice") {
            return Number(text);
        }
        if (question.kind !== "number") {
            return text;
        }
        try {
            return parseFloat(text);
        } catch {
            return text;
        }
    }

    async save(anew = false) {
        this.state.isSaving = true;
        try {
            const { kept } = await this.orm.call("sale.order", "save_scoping", [[this.orderId], this.written], {
                anew,
            });
            if (kept.length) {
                this.state.kept = kept;
                this.state.scoping = await this.orm.call("sale.order", "get_scoping", [[this.orderId]]);
            } else {
                await this.close();
            }
        } finally {
            this.state.isSaving = false;
        }
    }

    async close() {
        await this.action.doAction({ type: "ir.actions.act_window_close" });
    }
}

registry.category("actions").add("quote_discounts.scoping", Scoping);

/** Asks the questions by itself when a template that has some is put on a quote. */
export class ScopingOpener extends Component {
    static template = "quote_discounts.ScopingOpener";
    static props = { ...standardWidgetProps };

    setup() {
        this.action = useService("action");
        this.templateId = this.getTemplateId();
        useEffect(
            (templateId) => {
                if (templateId !== this.templateId) {
                    this.templateId = templateId;
                    this.open();
                }
            },
            () => [this.getTemplateId()],
        );
    }

    getTemplateId() {
        return this.props.record.data.sale_order_template_id?.id || false;
    }

    async open() {
        const { record } = this.props;
        if (!record.data.open_question_count || !record.data.partner_id) {
            return;
        }
        if (await record.save()) {
            await this.action.doActionButton({
                type: "object",
                name: "action_open_scoping",
                resModel: "sale.order",
                resId: record.resId,
                onClose: () => record.model.load(),
            });
        }
    }
}

registry.category("view_widgets").add("quote_scoping_opener", {
    component: ScopingOpener,
    fieldDependencies: [
        { name: "open_question_count", type: "integer" },
        { name: "partner_id", type: "many2one" },
    ],
});
