"""Orders that know what of them goes beyond the directions of management, and lines that say what is left."""

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models

from ..limits.findings import check_line, left
from .limit_facts import LimitFacts
from .limit_words import FindingWords
from .sale_order import QUOTE_STATES

MOST_NAMED = 5
BEHIND_LIMITS = ("product_id", "product_uom_id", "product_uom_qty", "price_unit", "discount", "tax_ids", "free_goods")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    limit_notice = fields.Html(compute="_compute_limit_notice", compute_sudo=True, sanitize=False, is_internal=True)

    @api.depends("state", "partner_id", "pricelist_id", "user_id", *(f"order_line.{name}" for name in BEHIND_LIMITS))
    @api.depends_context("uid", "lang")
    def _compute_limit_notice(self):
        """What goes beyond the directions, in words, as long as the quote can still be changed."""
        quotes = self.filtered(lambda order: order.state in QUOTE_STATES)
        (self - quotes).limit_notice = False
        facts = LimitFacts(quotes)
        for order in quotes:
            found = facts.check(order)
            order.limit_notice = order._describe_findings(found) if found else False

    def _check_limits(self):
        """What of the orders goes beyond what whoever negotiated it may give, as the server sees it now.

        :rtype: list[..limits.findings.Finding]
        """
        facts = LimitFacts(self)
        return [finding for order in self for finding in facts.check(order)]

    def _is_made_by_customer(self):
        """Whether a customer made the order himself, or the server for him, and none of ours has negotiated on it."""
        self.ensure_one()
        return bool(
            _is_no_colleague(self.create_uid)
            and self.amount_untaxed >= 0
            and not any(user._is_internal() for user in self.order_line.negotiator_id)
        )

    def _explain_finding(self, finding):
        """A finding as a sentence in the user's language, without margins and costs."""
        self.ensure_one()
        return FindingWords(self).explain(finding)

    def _describe_findings(self, found):
        """The banner of a quote that goes beyond the directions."""
        self.ensure_one()
        words = FindingWords(self)
        sentences = [words.explain(finding) for finding in found[:MOST_NAMED]]
        if len(found) > MOST_NAMED:
            sentences.append(self.env._("And %(count)s more.", count=len(found) - MOST_NAMED))
        rows = Markup("").join(Markup("<li>%s</li>") % sentence for sentence in sentences)
        head = self.env._("This quote goes beyond the directions of management:")
        return Markup('<div>%s</div><ul class="mb-0">%s</ul>') % (head, rows)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    limit_left = fields.Float(
        compute="_compute_limit",
        compute_sudo=True,
        digits="Discount",
        help="The percent step that you may still add to the net price: 100 where there is no limit.",
        is_internal=True,
    )
    limit_hint = fields.Char(
        string="You May Give",
        compute="_compute_limit",
        compute_sudo=True,
        help="The further discount that management's directions leave you on this line.",
        is_internal=True,
    )
    limit_label = fields.Char(
        string="By Direction",
        compute="_compute_limit",
        compute_sudo=True,
        help="The limit that holds for this line: the most specific one.",
        is_internal=True,
    )
    beyond_limit = fields.Boolean(
        compute="_compute_limit",
        compute_sudo=True,
        help="What was negotiated on the line goes beyond its limit.",
        is_internal=True,
    )

    # === COMPUTES === #

    @api.depends(*BEHIND_LIMITS, "negotiator_id", "order_id.partner_id", "order_id.pricelist_id", "order_id.state")
    @api.depends_context("uid", "lang")
    def _compute_limit(self):
        """What holds for whoever looks, and whether whoever negotiated went too far; for all lines together."""
        nothing = {"limit_left": 0.0, "limit_hint": False, "limit_label": False, "beyond_limit": False}
        facts = LimitFacts(self.order_id, self.filtered(lambda line: line.order_id.state in QUOTE_STATES))
        for line in self:
            deal = facts.deal(line)
            line.update({**nothing, **(line._prepare_limit_vals(facts, deal) if deal else {})})

    def _prepare_limit_vals(self, facts, deal):
        self.ensure_one()
        policy, mine = facts.policy(self.order_id), facts.directions(deal, facts.user)
        words = FindingWords(self.order_id)
        step = left(deal, mine, policy)
        if deal.is_free or deal.net <= 0:
            hint = False
        elif step is None:
            hint = self.env._("free")
        else:
            hint = self.env._("%(percent)s %%", percent=words.percent(step))
        labels = dict.fromkeys(
            words.label(choice.limit.id) for choice in (mine.discount, mine.margin, mine.free_goods) if choice
        )
        return {
            "limit_left": 100.0 if step is None else float(step),
            "limit_hint": hint,
            "limit_label": "; ".join(labels) or False,
            "beyond_limit": bool(check_line(0, deal, facts.directions(deal), policy)),
        }

    # === LIMITS === #

    def _filter_for_limits(self):
        """The lines that are part of the deal; hook.

        Down payments, which have no quantity, texts, and what takes back a gift, which is judged itself, are not; nor
        what a program of management gives to a customer who serves himself.
        """
        own = self.order_id.filtered(lambda order: order._is_made_by_customer())  # looks at all lines: once an order
        return self.filtered(
            lambda line: line.product_id
            and not line.display_type
            and not (line.is_downpayment and not line.product_uom_qty)
            and not line.reversal_of_id
            and not (line.order_id in own and line._is_given_by_server())
        )

    def _is_given_by_server(self):
        """Whether the server gave something with the line, as for a code in the shop."""
        self.ensure_one()
        return bool((self.price_unit < 0 or self.discount_text) and _is_no_colleague(self.create_uid))

    def _is_part_of_combo(self):
        """Whether the line is truly what the customer chose in a combo, whose price it shares."""
        self.ensure_one()
        combo = self._get_linked_line()
        choice = self.combo_item_id.combo_id
        chosen = combo and combo._get_linked_lines().filtered(lambda part: part.combo_item_id.combo_id == choice)
        return bool(
            self.combo_item_id
            and combo.product_type == "combo"
            and combo.order_id == self.order_id
            and self.combo_item_id.product_id == self.product_id
            and choice in combo.product_id.combo_ids
            and sum(chosen.mapped("product_uom_qty")) <= combo.product_uom_qty
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


def _is_no_colleague(user):
    """Whether a record was made by a customer, or by the server for one, as it makes the shop's carts.

    :param user: who made it; empty while nobody has saved it
    """
    if not user or user.id == SUPERUSER_ID:
        return bool(user)
    return not user._is_internal()  # groups are remembered, a user's row is not
