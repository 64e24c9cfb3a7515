"""The discounts of order lines as records: what they are called, why they were given, what they take off."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..cascade import steps

BY_USERS = {"reason_id", "label", "visible"}
SOURCES = {"kind", "promotion_id", "agreement_line_id", "list_rule_id"}  # another source has another name
FIGURES = ("percent", "price", "amount", "share", *SOURCES)


class QuoteDiscountStep(models.Model):
    """One step of an order line's cascade.

    The server derives the steps from what the line says (see :meth:`.SaleOrderLine._get_cascade`) and keeps them in
    line with it; people choose only how a step is called, why it was given and whether the customer sees it.
    """

    _name = "quote.discount.step"
    _description = "Discount of an order line"
    _order = "order_line_id, sequence, id"
    _check_company_auto = True

    order_line_id = fields.Many2one("sale.order.line", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="order_line_id.company_id")
    sequence = fields.Integer(required=True, default=0)
    kind = fields.Selection(
        [
            ("list", "Price list"),
            ("promotion", "Promotion"),
            ("agreement", "Agreement"),
            ("negotiated", "Negotiated"),
            ("net_price", "Agreed price"),
            ("header", "On the whole order"),
            ("free_goods", "Free goods"),
        ],
        required=True,
    )
    percent = fields.Float(digits=False, min_display_digits="Discount", help="Taken off what the steps before left.")
    price = fields.Float(min_display_digits="Product Price", help="The agreed price of one unit.")
    amount = fields.Float(min_display_digits="Product Price", help="Taken off the whole line.")
    share = fields.Float(digits=False, help="What the step takes off, as a fraction of the unit price.")
    reason_id = fields.Many2one("quote.discount.reason", check_company=True, ondelete="restrict")
    promotion_id = fields.Many2one("quote.promotion", ondelete="set null")
    agreement_line_id = fields.Many2one("quote.agreement.line", ondelete="set null")
    label = fields.Char(string="Name for the Customer", help="Empty: the name of its kind.")
    visible = fields.Boolean(
        string="Shown to the Customer",
        default=True,
        help="A discount that is not shown is in the price that the customer reads.",
    )

    @api.depends("kind", "percent", "label")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for step in self:
            name = step.label or kinds.get(step.kind, "")
            step.display_name = f"{name} {steps.write([steps.exact(step.percent)])} %" if step.percent else name

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: steps come from their line alone.
        if not self.env.su:
            raise AccessError(self.env._("Write a discount on the order line: its steps are noted by the server."))
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: likewise their figures.
        if not self.env.su and not BY_USERS.issuperset(vals):
            raise AccessError(self.env._("Write a discount on the order line: its steps are noted by the server."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_server(self):
        """Likewise nobody deletes one."""
        if not self.env.su:
            raise AccessError(self.env._("Clear a discount on the order line: its steps are noted by the server."))

    # === OF LINES === #

    @api.model
    def _keep_in_line(self, lines):
        """Store the steps of order lines anew where they differ from what the lines say.

        A step keeps its name, reason and visibility while the line has one of its kind and place.
        """
        new, gone = [], self.sudo().browse()
        for line in lines.sudo():
            wanted = self._prepare_vals_of_line(line)
            for step, vals in zip(line.discount_step_ids, wanted, strict=False):
                if changed := {name: vals[name] for name in FIGURES if step._has_other(name, vals[name])}:
                    step.write({**changed, **(self._prepare_names(line, vals) if SOURCES & changed.keys() else {})})
            kept = len(line.discount_step_ids)
            gone += line.discount_step_ids[len(wanted) :]
            new += [{**vals, **self._prepare_names(line, vals)} for vals in wanted[kept:]]
        if gone:
            gone.unlink()
        if new:
            self.sudo().create(new)

    @api.model
    def _prepare_vals_of_line(self, line):
        """The figures of a line's steps, in their order."""
        cascade = line._get_cascade()
        return [
            {
                "order_line_id": line.id,
                "sequence": sequence,
                "kind": step.kind,
                "percent": float(step.percent or 0),
                "price": float(step.price or 0),
                "amount": float(step.amount or 0),
                "share": float(share),
                "promotion_id": line.promotion_id.id if step.kind == steps.PROMOTION else False,
                "agreement_line_id": line.agreement_line_id.id if step.kind == steps.AGREEMENT else False,
            }
            for sequence, (step, share) in enumerate(zip(cascade.steps, cascade.shares, strict=True))
        ]

    @api.model
    def _prepare_names(self, line, vals):
        """How a new step of a line is called, why it was given and whether it is shown; hook."""
        negotiated = vals["kind"] in (steps.NEGOTIATED, steps.NET_PRICE)
        return {"reason_id": line.discount_reason_id.id if negotiated else False, "label": False, "visible": True}

    def _has_other(self, name, value):
        self.ensure_one()
        return (self[name].id if self._fields[name].relational else self[name]) != value
