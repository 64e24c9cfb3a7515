"""Orders that ask for approval where they are beyond the limits, and only there."""

from odoo import api, fields, models

from ..approval.asked import ask
from ..approval.verdict import Verdict
from .sale_order import QUOTE_STATES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    discount_request_ids = fields.One2many(
        "quote.discount.request", "order_id", copy=False, readonly=True, is_internal=True
    )
    discount_request_count = fields.Integer(compute="_compute_discount_request_count", is_internal=True)
    discount_status = fields.Selection(
        [
            ("within", "Within the limits"),
            ("to_request", "To be asked for"),
            ("pending", "Waiting for approval"),
            ("approved", "Approved"),
            ("refused", "Refused"),
        ],
        string="Approval",
        compute="_compute_discount_status",
        store=True,
        copy=False,
        index=True,
        help="For lists; whether a quote may leave is worked out anew each time.",
        is_internal=True,
    )
    discount_notice = fields.Text(compute="_compute_discount_notice", is_internal=True)
    discount_notice_status = fields.Char(compute="_compute_discount_notice", is_internal=True)
    authorised_content = fields.Json(copy=False, readonly=True, groups=fields.NO_ACCESS)

    # === COMPUTES === #

    @api.depends("discount_request_ids")
    def _compute_discount_request_count(self):
        for order in self:
            order.discount_request_count = len(order.sudo().discount_request_ids)  # a number tells nothing

    @api.depends(
        "company_id",
        "partner_id",
        "pricelist_id",
        "payment_term_id",
        "state",
        "discount_request_ids.state",
        "order_line.price_subtotal",
        "order_line.product_uom_qty",
        "order_line.product_id",
        "order_line.free_goods",
        "order_line.negotiator_id",
    )
    def _compute_discount_status(self):
        for order in self:
            order.discount_status = order._get_verdict().status if order._origin else "within"

    @api.depends("discount_status", "order_line.price_subtotal")
    @api.depends_context("lang")
    def _compute_discount_notice(self):
        """What the form says, worked out anew: limits and costs may have changed since the list was made."""
        for order in self:
            verdict = order._get_verdict() if order._origin and order.state in QUOTE_STATES else Verdict("within")
            order.discount_notice_status = verdict.status
            order.discount_notice = order._describe_verdict(verdict)

    # === ACTIONS === #

    def action_open_discount_requests(self):
        """Show what was asked for this order."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.discount.request"].check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approvals"),
            "res_model": "quote.discount.request",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
        }

    # === AUTHORITY === #

    def _is_within_authority(self):
        """Whether nobody has to say yes (any more) to the order as it is now. Worked out anew, never read."""
        self.ensure_one()
        return self._get_verdict().is_covered

    def _get_verdict(self, facts=None):
        """Whether the order may leave as it is, and if not, what is missing.

        :param limit_facts.LimitFacts facts: of several orders, where many are asked about at once
        :rtype: Verdict
        """
        self.ensure_one()
        order = self.sudo()  # limits, levels and costs are not the seller's to read
        if faults := order._get_faults():
            return Verdict("to_request", faults=faults)
        findings = tuple(facts.check(order) if facts else order._check_limits())
        if not findings or order._has_own_authority(findings):
            return Verdict("within", is_fresh=True)
        if order._is_covered_by_what_left(findings):
            return Verdict("within")
        latest = order.discount_request_ids.sorted("id", reverse=True)[:1]
        if not latest:
            return Verdict("to_request", findings)
        worse = order._compare_with(latest.snapshot, findings)
        statuses = {"approved": "approved", "pending": "pending", "rejected": "refused"}
        status = "to_request" if worse else statuses.get(latest.state, "to_request")
        return Verdict(status, () if status == "approved" else findings, worse, latest)

    def _has_own_authority(self, findings):
        """Whether who negotiated what is beyond the limits could approve as much to others."""
        negotiators = self._get_negotiators(findings)
        if not negotiators:
            return False
        asked = self._get_asked(findings)
        levels = self.env["quote.discount.level"]._get_levels(self.company_id)
        able = [level for level in levels if level._covers(asked)]
        return all(any(user in level._get_approvers() for level in able) for user in negotiators)

    def _get_negotiators(self, findings):
        """Who has to answer for what is beyond the limits; nobody, where a line was negotiated by nobody known."""
        lines = self.order_line.filtered(lambda line: not line.display_type)
        found = [lines.browse(finding.line_id) if finding.line_id else lines for finding in findings]
        concerned = lines.browse().union(*found)
        known = all(line.negotiator_id for line in concerned)
        return concerned.negotiator_id if known else self.env["res.users"]

    def _get_asked(self, findings):
        """How much authority the order needs."""
        company = self.company_id
        amount = self.currency_id._convert(self.amount_untaxed, company.currency_id, company, company._get_quote_day())
        return ask(self._get_content(findings), [(finding.measure, finding.given) for finding in findings], amount)

    def _is_covered_by_what_left(self, findings):
        """Whether an offer that left the company rightly, or an order, is not worse since.

        The company is bound by what it offered, even where limits and costs have changed; not longer than offered.
        """
        snapshot = self.authorised_content
        if not snapshot:
            return False
        if self.state != "sale" and snapshot["validity"] and self._is_valid_beyond(snapshot["validity"]):
            return False
        return not self._compare_with(snapshot, findings)

    def _is_valid_beyond(self, last_day):
        """Whether the quote holds longer than it was offered for, or that time is over.

        :param str last_day: as it was offered
        """
        offered = fields.Date.to_date(last_day)
        return not self.validity_date or max(self.validity_date, self.company_id._get_quote_day()) > offered
