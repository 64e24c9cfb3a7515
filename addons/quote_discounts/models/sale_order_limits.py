"""Orders that know what of them goes beyond the directions of management, and lines that say what is left."""

from odoo import models

from .limit_facts import LimitFacts
from .limit_words import FindingWords

HEADER_ENTRIES = {"header_text", "header_kind", "header_value"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_limits(self):
        """What of the orders goes beyond what whoever negotiated it may give, as the server sees it now.

        :rtype: list[..limits.findings.Finding]
        """
        facts = LimitFacts(self)
        return [finding for order in self for finding in facts.check(order)]

    def _explain_finding(self, finding):
        """A finding as a sentence in the user's language, without margins and costs."""
        self.ensure_one()
        return FindingWords(self).explain(finding)

    def write(self, vals):
        # OVERRIDE: who takes something off the whole order has negotiated all its lines.
        result = super().write(vals)
        if not self.env.su and not HEADER_ENTRIES.isdisjoint(vals):
            self.order_line.sudo().negotiator_id = self.env.uid  # the server notes who negotiated
        return result


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _counts_for_limits(self):
        """Whether the line is part of the deal: down payments, which have no quantity, and texts are not; hook."""
        self.ensure_one()
        return bool(
            self.product_id and not self.display_type and not (self.is_downpayment and not self.product_uom_qty)
        )

    def _is_part_of_combo(self):
        """Whether the line is truly what the customer chose in a combo, whose price it shares."""
        self.ensure_one()
        combo = self._get_linked_line()
        return bool(
            self.combo_item_id
            and combo.product_type == "combo"
            and combo.order_id == self.order_id
            and self.combo_item_id.product_id == self.product_id
            and self.combo_item_id.combo_id in combo.product_id.combo_ids
            and self.product_uom_qty <= combo.product_uom_qty
        )

    def _get_limited_user(self, user):
        """Whose limits hold for the line: of the person who last changed what can be negotiated, or of whoever is just
        changing it; of the order's salesperson, where that was a customer or a program.

        :param user: who asks
        """
        self.ensure_one()
        if not self.id:
            negotiator = user if self._is_changed_unsaved() else self._origin.negotiator_id
        else:
            negotiator = self.negotiator_id
        if not negotiator or negotiator.share:
            negotiator = self.order_id.user_id
        return negotiator

    def _is_changed_unsaved(self):
        """Whether a form holds other terms than what was saved."""
        saved = self._origin
        names = ("discount_text", "agreed_price", "price_unit", "free_goods", "product_uom_qty", "product_uom_id")
        return not saved or any(saved[name] != self[name] for name in names)
