"""What people and programs may write of an order line's discounts, and how it is read."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ..cascade import steps

SERVER_FIELDS = {
    "list_discount",
    "promotion_id",
    "promotion_discount",
    "agreement_line_id",
    "agreement_discount",
    "agreement_price",
    "agreement_replaces",
    "header_discount",
    "negotiator_id",
}
ENTRIES = {"discount_text", "agreed_price"}
NEGOTIABLE = {
    *ENTRIES,
    "discount",
    "free_goods",
    "order_id",
    "price_unit",
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "tax_ids",
}
AMOUNTS = {"order_id", "product_uom_id", "product_uom_qty", "tax_ids"}
BEHIND_DISCOUNT = {*ENTRIES, *SERVER_FIELDS, "free_goods"} - {"negotiator_id"}
INSTEAD = SERVER_FIELDS - {"header_discount", "negotiator_id"}  # give way to a discount that is written as a whole
BEHIND_STEPS = {*BEHIND_DISCOUNT, *NEGOTIABLE}
REPRICING_KEY = "quote_repricing"


class Repricing:
    """In the context, the mark of an order that takes its prices anew: Odoo then clears ``discount`` by hand. A client
    can name the key but never make the object."""


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: promotions, agreements, shares and who negotiated are for the server to say.
        return super()._get_server_fields() | SERVER_FIELDS

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: they are kept from clients by this file's own ``create`` and ``write``, before these note some of
        # them for the client.
        return super()._get_released_fields(creating) | SERVER_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: entries are read and checked; what only the server notes is dropped, but in copies of an order.
        foreign = set() if self.env.su or self._is_copying() else SERVER_FIELDS
        read = [self._read_entries({name: vals[name] for name in vals if name not in foreign}) for vals in vals_list]
        if not self.env.su:
            for vals in read:
                vals["negotiator_id"] = self.env.uid
        lines = super().create(read)
        self.env["quote.discount.step"]._keep_in_line(lines)
        return lines

    def write(self, vals):
        # OVERRIDE: entries are read and checked, and the steps follow.
        if not self.env.su:
            self._refuse_fields(SERVER_FIELDS & vals.keys())
        vals = self._read_entries(vals)
        if self._is_repricing():
            return super().write(vals) if vals else True
        if self._is_negotiating(vals):
            vals["negotiator_id"] = self.env.uid
        result = super().write(vals)
        if not BEHIND_STEPS.isdisjoint(vals):
            self.env["quote.discount.step"]._keep_in_line(self)
        return result

    def _is_negotiating(self, vals):
        """Whether whoever writes answers for the lines from now on.

        A manager who only changes a quantity or the customer does not take over what a seller has negotiated.
        """
        if self.env.su or NEGOTIABLE.isdisjoint(vals):
            return False
        is_manager = self.env.user.has_group("quote_discounts.group_quote_manager")
        return not is_manager or not NEGOTIABLE.isdisjoint(vals.keys() - AMOUNTS)

    # === ENTRIES === #

    def _read_entries(self, vals):
        """Values to store of what was written: the cascade in its usual form, one kind of entry, no net price.

        A ``discount`` that comes alone, as from an import or another app, is the whole discount of the line.

        :raise ValidationError: where a cascade can't be read or may not be written
        """
        vals = {name: value for name, value in vals.items() if name != "net_price"}
        if "discount" in vals:
            vals = self._read_whole_discount(vals)
        if vals.get("discount_text"):
            vals["discount_text"] = self._check_discount_text(vals["discount_text"])
            if "agreed_price" not in vals:
                vals["agreed_price"] = 0.0
        elif vals.get("agreed_price") and "discount_text" not in vals:
            vals["discount_text"] = False
        if vals.get("agreed_price", 0.0) < 0:
            raise ValidationError(self.env._("An agreed price can't be below zero: write the discount instead."))
        if vals.get("discount_text") and vals["agreed_price"]:
            raise ValidationError(self.env._("Write either the discounts of a line or its agreed price, not both."))
        return vals

    def _read_whole_discount(self, vals):
        """A written percentage as the entry of a line without list discount, promotion and agreement."""
        discount = vals.pop("discount")
        if self._is_repricing() or not BEHIND_DISCOUNT.isdisjoint(vals):
            return vals
        text = steps.write([round(steps.exact(discount), steps.MOST_DECIMALS)]) if discount else False
        return {**vals, **dict.fromkeys(INSTEAD, False), "discount_text": text, "agreed_price": 0.0}

    def _check_discount_text(self, text):
        try:
            written = self._read_discount_text(text)
        except steps.CascadeError as error:
            raise ValidationError(self._explain_cascade_error(error)) from error
        return written

    def _read_discount_text(self, text):
        """A cascade in the form in which it is stored.

        :raise CascadeError: where it can't be read or is not allowed
        """
        percents = steps.parse(text)
        if not self._may_surcharge() and any(percent < 0 for percent in percents):
            raise steps.CascadeError("surcharge", text)
        return steps.write(percents) or False

    def _may_surcharge(self):
        company = self.company_id[:1] or self.env.company
        return self.env.su or company.quote_surcharge or self.env.user.has_group("quote_discounts.group_quote_manager")

    def _explain_cascade_error(self, error):
        """What is wrong with a cascade, and how to write it."""
        part = error.part
        sentences = {
            "syntax": self.env._(
                "“%(part)s” is no discount. Write steps with a plus between them, such as 50+10+5 or 10,5+3.", part=part
            ),
            "range": self.env._("%(part)s %% is no discount: each step is at most 100.", part=part),
            "decimals": self.env._("%(part)s %% has too many decimals: each step has at most 6.", part=part),
            "many": self.env._("%(part)s steps are too many: write at most 10.", part=part),
            "surcharge": self.env._(
                "“%(part)s” raises the price. Only a manager may write that, or everybody once the settings allow it.",
                part=part,
            ),
        }
        return sentences[error.code]

    def _is_repricing(self):
        return isinstance(self.env.context.get(REPRICING_KEY), Repricing)
