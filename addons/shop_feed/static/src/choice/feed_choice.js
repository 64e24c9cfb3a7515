import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const choicesOf = new Map();

/** A text that is one of a list which the server knows: a source of a feed, or a field of its channel. */
export class FeedChoice extends Component {
    static components = { SelectMenu };
    static template = "shop_feed.FeedChoice";
    static props = {
        ...standardFieldProps,
        of: { type: String },
        placeholder: { type: String, optional: true },
        required: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.choices = [];
        // What was chosen is shown at once, not only when the record has asked the server: meanwhile the menu would
        // show nothing, and take that for a wish to empty it.
        this.state = useState({ value: this.valueOf(this.props) });
        onWillUpdateProps((props) => {
            this.state.value = this.valueOf(props);
        });
        onWillStart(async () => {
            this.choices = await this.load();
        });
    }

    get value() {
        return this.state.value;
    }

    valueOf({ record, name }) {
        return record.data[name] || undefined;
    }

    get label() {
        const found = this.choices.find((choice) => choice.value === this.value);
        return found ? found.label : this.value || "";
    }

    /** The feed that the row belongs to, or the form around it. */
    get feedId() {
        const { data, context } = this.props.record;
        return (this.props.of === "field" && (data.feed_id?.id || context.default_feed_id)) || false;
    }

    async load() {
        // Every row of a list asks for the same.
        const key = `${this.props.of}/${this.feedId}`;
        if (!choicesOf.has(key)) {
            choicesOf.set(key, this.orm.call("shop.feed", "get_choices", [this.props.of, this.feedId]));
            setTimeout(() => choicesOf.delete(key), 5000);
        }
        const pairs = await choicesOf.get(key);
        const choices = pairs.map(([value, label]) => ({ value, label }));
        const isKnown = !this.value || pairs.some(([value]) => value === this.value);
        return isKnown ? choices : [{ value: this.value, label: this.value }, ...choices];
    }

    onSelect(value) {
        this.state.value = value ?? undefined;
        this.props.record.update({ [this.props.name]: value ?? false });
    }
}

export const feedChoice = {
    component: FeedChoice,
    displayName: _t("Choice of a feed"),
    supportedTypes: ["char"],
    extractProps: ({ options, placeholder }, { required }) => ({ of: options.of, placeholder, required }),
};

registry.category("fields").add("feed_choice", feedChoice);
