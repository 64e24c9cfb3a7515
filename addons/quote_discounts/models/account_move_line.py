"""Invoice lines that keep the steps of their discount, whether these come from an order or are typed here."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from odoo.addons.listino_pricelist.models.empty_columns import create_empty_columns
from odoo.addons.listino_pricelist.models.reader import numbers_of

from ..cascade import steps
from ..cascade.steps import exact
from ..einvoice import snapshot

COLUMNS = {"discount_steps": "jsonb", "discount_text": "varchar"}
CLOSE = 0.005  # a percentage written beside a cascade may be rounded to two digits


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    discount = fields.Float(
        digits=False,  # 33.33+10 is 39.997 %; two digits would lose 30 cents on 10,000 euros
        min_display_digits="Discount",
    )
    discount_steps = fields.Json(
        compute="_compute_discount_steps",
        store=True,
        precompute=True,
        readonly=False,
        exportable=False,
        help="The steps of the discount; see einvoice/snapshot.py.",
    )
    discount_text = fields.Char(
        string="Discounts",
        compute="_compute_discount_text",
        store=True,
        precompute=True,
        readonly=False,
        help="What was negotiated for this line, step by step: 50+10+5. Below zero, as -2, it raises the price.",
    )
    free_goods = fields.Selection(
        selection=lambda self: self.env["sale.order.line"]._fields["free_goods"]._description_selection(self.env),
        readonly=True,
        help="How goods that the customer does not pay were given, as the order says.",
    )

    def _auto_init(self):
        # OVERRIDE: of invoices already there only the percentage is known, and it says enough; millions of entries
        # need no computing.
        create_empty_columns(self, COLUMNS)
        return super()._auto_init()

    # === COMPUTES === #

    @api.depends("discount")
    def _compute_discount_steps(self):
        """A discount that does not come from steps is one; as from an import, a program or the field itself."""
        for line in self:
            if snapshot.tells(line.discount_steps, line.discount):
                line.discount_steps = line.discount_steps
            elif line.discount and line.move_id.is_sale_document(include_receipts=True):
                line.discount_steps = snapshot.of_percents([exact(line.discount)])
            else:
                line.discount_steps = False

    @api.depends("discount_steps")
    def _compute_discount_text(self):
        for line in self:
            line.discount_text = steps.write(snapshot.negotiated(line.discount_steps)) or False

    @api.onchange("discount_text")
    def _onchange_discount_text(self):
        """The percentage follows what is typed."""
        try:
            self.update(self._read_discount_text(self.discount_text, self.discount_steps))
        except steps.CascadeError as error:
            title = self.env._("This discount can't be read")
            return {"warning": {"title": title, "message": self._explain_discount_text(error)}}
        return None

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a discount may come as a cascade, with its steps, or as a percentage.
        return super().create([self._read_discount_vals(vals) for vals in vals_list])

    def write(self, vals):
        # OVERRIDE: likewise; what a cascade comes to depends on the line's other steps.
        if "discount_text" not in vals and "discount_steps" not in vals:
            return super().write(vals)
        read = {line: line._read_discount_vals(vals, line) for line in self}
        first = next(iter(read.values()), vals)
        if all(line_vals == first for line_vals in read.values()):
            return super().write(first)
        for line, line_vals in read.items():
            line.write(line_vals)
        return True

    def _read_discount_vals(self, vals, line=None):
        """Values to store of what was written about a line's discount.

        Steps are taken where they come to the percentage beside them, as in a copy. Otherwise a cascade is read; if a
        percentage is written with it and says something else, the percentage holds.

        :raise ValidationError: where a cascade can't be read
        """
        if not vals.keys() & COLUMNS.keys():
            return vals
        vals = dict(vals)
        text, given = vals.pop("discount_text", None), vals.pop("discount_steps", None)
        discount = vals.get("discount", line.discount if line and given else None)
        if given and discount is not None and snapshot.tells(given, discount):
            return {**vals, "discount_steps": given}
        if text is None or not self._takes_discount_text(vals, line):
            return vals
        try:
            read = self._read_discount_text(text, line.discount_steps if line else None)
        except steps.CascadeError as error:
            raise ValidationError(self._explain_discount_text(error)) from error
        if "discount" in vals and abs(read["discount"] - vals["discount"]) > CLOSE:
            return vals
        return {**vals, **read}

    @api.model
    def _takes_discount_text(self, vals, line):
        """Whether the line is one of a document of ours; a vendor's is as he wrote it."""
        move = line.move_id if line else self.env["account.move"].browse(vals.get("move_id"))
        return move.is_sale_document(include_receipts=True)

    @api.model
    def _read_discount_text(self, text, known):
        """The percentage and the steps of a line for which a cascade was negotiated.

        :param str text: "50+10+5"
        :param list known: the line's steps so far, of which those agreed elsewhere stay
        :raise CascadeError: where it can't be read
        """
        found = snapshot.negotiated_anew(known, steps.parse(text or ""))
        return {"discount": float(snapshot.percent_of(found)), "discount_steps": found or False}

    @api.model
    def _explain_discount_text(self, error):
        return self.env["sale.order.line"]._explain_cascade_error(error)

    # === STEPS === #

    def _get_discount_steps(self):
        """The steps of the line's discount; invoices from before have one.

        :return: a snapshot, see :mod:`..einvoice.snapshot`
        :rtype: list
        """
        self.ensure_one()
        if snapshot.tells(self.discount_steps, self.discount):
            return self.discount_steps or []
        return snapshot.of_percents([exact(self.discount)]) if self.discount else []

    def _get_shown_price(self):
        """The price of one unit that the customer reads: that of the line, less the steps that he does not see."""
        self.ensure_one()
        return float(exact(self.price_unit) * snapshot.hidden_factor(self._get_discount_steps()))

    def _get_shown_discount(self):
        """The discounts that the customer reads: "50+10+5 %", an amount where one was agreed."""
        self.ensure_one()
        price, words, percents = exact(self._get_shown_price()), [], []
        for step in self._get_discount_steps():
            if not step["visible"]:
                continue
            cut = exact(float(step["cut"]))
            taken = price * cut / steps.HUNDRED
            price -= taken
            if step["by"] == "percent":
                percents.append(cut)
                continue
            words += [self._write_percents(percents), self._write_step_amount(step, taken, price)]
            percents = []
        return ", ".join(word for word in [*words, self._write_percents(percents)] if word)

    def _write_percents(self, percents):
        short = [percent.quantize(steps.exact(1e-6)) for percent in percents]
        return f"{steps.write(short, numbers_of(self.env).decimal)} %" if short else ""

    def _write_step_amount(self, step, taken, price):
        if step["by"] == "price":
            money = formatLang(self.env, float(price), currency_obj=self.currency_id)
            return self.env._("net %(price)s", price=money)
        amount = self.currency_id.round(float(taken) * self.quantity)
        return formatLang(self.env, -amount, currency_obj=self.currency_id)
