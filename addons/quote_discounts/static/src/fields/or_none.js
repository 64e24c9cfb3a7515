import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";
import { MonetaryField, monetaryField } from "@web/views/fields/monetary/monetary_field";

/** A number whose zero means that there is none: nothing is shown for it, or what the placeholder says. */
const orNone = (Field, template) =>
    class extends Field {
        static template = template;
        static props = { ...Field.props, placeholder: { type: String, optional: true } };

        get formattedValue() {
            if (this.props.record.data[this.props.name]) {
                return super.formattedValue;
            }
            return (this.props.readonly && this.props.placeholder) || "";
        }
    };

const fields = {
    quote_float_or_none: [floatField, FloatField, "quote_discounts.FloatOrNone"],
    quote_money_or_none: [monetaryField, MonetaryField, "quote_discounts.MoneyOrNone"],
};
for (const [name, [field, Field, template]] of Object.entries(fields)) {
    registry.category("fields").add(name, {
        ...field,
        component: orNone(Field, template),
        extractProps: (info, dynamic) => ({
            ...field.extractProps(info, dynamic),
            placeholder: info.placeholder,
        }),
    });
}
