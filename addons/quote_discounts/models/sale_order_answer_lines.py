"""Lines of quotes that come from answers and follow them; which do what is decided in :mod:`..scoping.follow`."""

from odoo import api, fields, models

from ..scoping.follow import Line, follow

SERVER_FIELDS = {"quote_answer_id", "quote_effect_id", "quote_answer_quantity"}
SECTION = "line_section"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _follow_answer(self, answer, wanted, anew=False):
        """Bring the lines of an answer to what it wants.

        :param dict wanted: quantities by effect
        :return: sentences about the lines that stay as they are
        """
        lines = {line.id: line for line in self.order_line if line.sudo().quote_answer_id == answer}
        plan = follow(wanted, [line._as_answer_line() for line in lines.values()], anew)
        for line_id, quantity in plan.change.items():
            lines[line_id]._take_answer(answer, lines[line_id].sudo().quote_effect_id, quantity)
        for line_id in plan.drop:
            self._drop_answer_line(lines[line_id])
        for effect, quantity in plan.add.items():
            self._apply_effect(answer, effect, quantity)
        return [self._tell_kept_line(lines[line_id]) for line_id in plan.kept]

    def _drop_answer_line(self, line):
        """Take away a line that an answer had added; one that it had only found is the template's and stays."""
        if line.sudo().quote_effect_id.kind not in ("line", "optional"):
            line.sudo().write(dict.fromkeys(SERVER_FIELDS, False))
        else:
            line.unlink()

    def _apply_effect(self, answer, effect, quantity):
        if effect.kind == "quantity":
            line = self.order_line.filtered(
                lambda line: line.product_id == effect.product_id and not line.sudo().quote_effect_id
            )[:1]
            if line:
                line._take_answer(answer, effect, quantity)
                return
        vals = self._prepare_effect_line_vals(effect, quantity)
        self.env["sale.order.line"].create(vals)._take_answer(answer, effect)

    def _prepare_effect_line_vals(self, effect, quantity):
        """Values of the line that an effect adds: at the end, but before the options; an option below their heading."""
        sequences = self.order_line.mapped("sequence")
        options = self.order_line.filtered(lambda line: line.display_type == SECTION and line.is_optional)[:1]
        sequence = max(sequences, default=9) + 1
        if effect.kind == "optional" and not options:
            self.env["sale.order.line"].create(self._prepare_options_heading_vals(sequence))
            sequence += 1
        elif effect.kind != "optional" and options:
            sequence = self._make_room_before(options)
        return {
            "order_id": self.id,
            "product_id": effect.product_id.id,
            "product_uom_qty": quantity,
            "sequence": sequence,
        }

    def _prepare_options_heading_vals(self, sequence):
        name = self.with_context(lang=self._get_lang()).env._("Options")
        return {
            "order_id": self.id,
            "display_type": SECTION,
            "is_optional": True,
            "name": name,
            "sequence": sequence,
        }

    def _make_room_before(self, section):
        """The sequence of a line that goes before a section; what is behind moves on."""
        ordered = self.order_line.sorted(lambda line: (line.sequence, line.id))
        place = list(ordered).index(section)
        for number, line in enumerate(ordered):
            wanted = number + (number >= place)
            if line.sequence != wanted:
                line.sequence = wanted
        return place

    def _tell_kept_line(self, line):
        return self.env._(
            "%(product)s was changed by hand (quantity %(quantity)s) and stays as it is. Look whether it still fits.",
            product=line.product_id.display_name,
            quantity=f"{line.product_uom_qty:g}",
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    quote_answer_id = fields.Many2one(
        "quote.answer",
        string="From the Answer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The answer that brought the line, or its quantity.",
    )
    quote_effect_id = fields.Many2one(
        "quote.question.effect",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        is_internal=True,
    )
    quote_answer_quantity = fields.Float(
        string="Quantity From the Answer", readonly=True, copy=False, digits="Product Unit"
    )

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: which answer a line comes from is for the server to say.
        return super()._get_server_fields() | SERVER_FIELDS

    # === ANSWERS === #

    def _as_answer_line(self):
        """The line as :mod:`..scoping.follow` sees it."""
        self.ensure_one()
        noted = self.sudo()
        return Line(
            self.id,
            noted.quote_effect_id,
            self.product_uom_qty,
            noted.quote_answer_quantity,
            self._is_negotiated_by_hand(),
        )

    def _is_negotiated_by_hand(self):
        """Whether somebody has agreed something on the line that would be lost with it; hook."""
        self.ensure_one()
        currency = self.currency_id or self.env.company.currency_id
        return bool(
            self.discount_text
            or self.agreed_price
            or currency.compare_amounts(self.technical_price_unit, self.price_unit)
        )

    def _take_answer(self, answer, effect, quantity=None, noted=None):
        """Note where the line comes from, and set the quantity that the answer wants."""
        self.ensure_one()
        if quantity is not None and self.product_uom_qty != quantity:
            self.product_uom_qty = quantity
        noted = self.product_uom_qty if noted is None else noted
        self.sudo().write({"quote_answer_id": answer.id, "quote_effect_id": effect.id, "quote_answer_quantity": noted})
