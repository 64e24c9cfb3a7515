"""Quotes that take promotions and agreements, say when one of them has ended, and are the source of new ones."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .order_offers import OrderOffers
from .quote_agreement import ACTIVE
from .sale_order import QUOTE_STATES
from .sale_order_line import OFFERED, PRICED


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    agreement_replaces = fields.Boolean(
        compute="_compute_offers",
        **PRICED,
        help="The agreement stands instead of the price list's discount.",
        is_internal=True,
    )
    offer_summary = fields.Char(
        string="Offers", compute="_compute_offer_explanation", compute_sudo=True, is_internal=True
    )
    offer_explanation = fields.Text(compute="_compute_offer_explanation", compute_sudo=True, is_internal=True)

    @api.depends(*OFFERED)
    @api.depends_context("lang")
    def _compute_offer_explanation(self):
        """What applies, in short and in whole sentences."""
        for line in self:
            offers = {line.promotion_id.name: line.promotion_discount}
            offers[line.agreement_line_id.agreement_id.name] = line.agreement_discount
            line.offer_summary = ", ".join(f"{name} {text or ''}".strip() for name, text in offers.items() if name)
            found = [*line._explain_promotion(), *line._explain_agreement()]
            line.offer_explanation = "\n".join(found) or False

    def _explain_promotion(self):
        promotion = self.promotion_id
        if promotion:
            yield self.env._(
                "%(promotion)s: %(discount)s %%, for every customer, %(period)s.",
                promotion=promotion.name,
                discount=self.promotion_discount,
                period=promotion._describe_period(),
            )

    def _explain_agreement(self):
        agreed = self.agreement_line_id
        if not agreed:
            return
        yield self.env._("Agreement %(agreement)s.", agreement=agreed.display_name)
        if self.agreement_replaces:
            yield self.env._("It stands instead of promotions and discounts of the price list.")
        else:
            yield self.env._("It goes on top of promotions and discounts of the price list.")

    def _resolve_offers(self):
        # OVERRIDE: promotions for everybody and the customer's agreements, for all lines together.
        found = super()._resolve_offers()
        lines = self.filtered(lambda line: line._takes_offers())
        offers = OrderOffers(lines) if lines else None
        if not offers:
            return found
        return {**found, **{line: values for line in lines if (values := offers.values(line))}}

    def _takes_offers(self):
        """Whether promotions and agreements are meant for the line; hook.

        Not for a reward, a delivery or an expense, which have prices of their own, nor for the parts of a combo, which
        take those of the combo.
        """
        self.ensure_one()
        return bool(
            self.product_id.sudo().sale_ok and not self.combo_item_id and not self.is_expense and self.price_unit >= 0
        )

    def _get_ended_offers(self, today):
        """Promotions and agreements behind the line that are no longer in force: pairs of name and last day."""
        self.ensure_one()
        promotion, agreed = self.promotion_id, self.agreement_line_id
        if promotion and not promotion._get_period().contains(today):
            yield promotion.name, promotion.date_end
        agreement = agreed.agreement_id
        if agreed and not (agreement.decision == ACTIVE and agreed._get_period().contains(today)):
            yield agreement.name, agreed._get_period().end if agreement.decision == ACTIVE else None


class SaleOrder(models.Model):
    _inherit = "sale.order"

    has_offers = fields.Boolean(compute="_compute_has_offers", is_internal=True)
    offer_notice = fields.Html(compute="_compute_offer_notice", compute_sudo=True, sanitize=False, is_internal=True)
    agreement_ids = fields.One2many(
        "quote.agreement", "source_order_id", string="Agreements Made of It", is_internal=True
    )
    agreement_count = fields.Integer(compute="_compute_agreement_count", compute_sudo=True, is_internal=True)

    @api.depends("order_line.promotion_id", "order_line.agreement_line_id")
    def _compute_has_offers(self):
        for order in self:
            order.has_offers = any(line.promotion_id or line.agreement_line_id for line in order.order_line)

    @api.depends("state", "order_line.promotion_id.date_end", "order_line.agreement_line_id.agreement_id.date_end")
    @api.depends_context("lang")
    def _compute_offer_notice(self):
        """Which offers of an open quote have ended in the meantime."""
        today = fields.Date.context_today(self)
        for order in self:
            ended = {}
            if order.state in QUOTE_STATES:
                ended = dict(pair for line in order.order_line for pair in line._get_ended_offers(today))
            order.offer_notice = order._describe_ended_offers(ended) if ended else False

    def _describe_ended_offers(self, ended):
        names = [
            self.env._("%(offer)s, ended on %(date)s", offer=name, date=format_date(self.env, day)) if day else name
            for name, day in ended.items()
        ]
        head = self.env._(
            "This quote rests on offers that are no longer in force. Its prices stay as they were quoted until you take"
            " those of today."
        )
        rows = Markup("").join(Markup("<li>%s</li>") % name for name in names)
        return Markup('<div>%s</div><ul class="mb-0">%s</ul>') % (head, rows)

    def action_take_offers_of_today(self):
        """Date the quote today and take its prices, promotions and agreements anew; what was negotiated stays."""
        self.ensure_one()
        if self.state not in QUOTE_STATES:
            raise UserError(self.env._("The prices of an order that was confirmed stay as they are."))
        self.date_order = max(self.date_order, fields.Datetime.now())
        self.action_update_prices()

    @api.depends("agreement_ids")
    def _compute_agreement_count(self):
        for order in self:
            order.agreement_count = len(order.agreement_ids)

    def action_propose_agreement(self):
        """Open the dialog that remembers the conditions of a signed or confirmed quote."""
        self.ensure_one()
        self.env["quote.agreement.propose"].check_access("create")
        self._check_agreed()
        wizard = self.env["quote.agreement.propose"].create({"order_id": self.id})
        wizard._take_conditions()
        return {
            "name": self.env._("Remember These Conditions"),
            "type": "ir.actions.act_window",
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _check_agreed(self):
        """Only what the customer has agreed to can be remembered as agreed; hook."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "sale" and not (self.state == "sent" and self.signature):
            raise UserError(
                self.env._("Only what the customer has signed or ordered can be remembered as agreed with him.")
            )

    def action_view_agreements(self):
        """The agreements that were made of this order."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.agreement"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("quote_discounts.quote_agreement_action")
        return {**action, "domain": [("source_order_id", "=", self.id)], "context": {}}
