"""Orders that ask for approval where they are beyond the limits, and only there."""

from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ..approval.asked import ask

LIVE = ("pending", "approved")
COVERED = ("within", "approved")


@dataclass(frozen=True)
class Verdict:
    """Whether an order may leave as it is.

    :param str status: one of the values of ``discount_status``
    :param tuple findings: what is beyond the limits and nobody's authority covers
    :param tuple worse: why what was approved before does not cover it
    :param request: the request that decides, if any
    :param tuple faults: what no approval makes good, as sentences
    :param bool is_fresh: whether it is within the limits, or the negotiator's own authority, of today
    """

    status: str
    findings: tuple = ()
    worse: tuple = ()
    request: object = None
    faults: tuple = ()
    is_fresh: bool = False

    @property
    def is_covered(self):
        return self.status in COVERED


class SaleOrder(models.Model):
    _inherit = "sale.order"

    discount_request_ids = fields.One2many("quote.discount.request", "order_id", copy=False, readonly=True)
    discount_request_count = fields.Integer(compute="_compute_discount_request_count")
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
    )
    discount_notice = fields.Text(compute="_compute_discount_notice")
    discount_notice_status = fields.Char(compute="_compute_discount_notice")
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
            verdict = order._get_verdict() if order._origin and order.state in ("draft", "sent") else Verdict("within")
            order.discount_notice_status = verdict.status
            order.discount_notice = order._describe_verdict(verdict)

    # === ACTIONS === #

    def action_ask_approval(self):
        """Open the dialog that asks for the reason."""
        self.ensure_one()
        self._check_askable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for approval"),
            "res_model": "quote.discount.asking",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_open_discount_requests(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Approvals"),
            "res_model": "quote.discount.request",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
        }

    def action_withdraw_approval(self):
        """Take the open request back."""
        self.ensure_one()
        self.check_access("write")
        pending = self.discount_request_ids.filtered(lambda request: request.state == "pending")
        return pending.action_withdraw()

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
        date = self.date_order or fields.Datetime.now()
        amount = self.currency_id._convert(self.amount_untaxed, company.currency_id, company, date)
        return ask(self._get_content(findings), [(finding.measure, finding.given) for finding in findings], amount)

    def _is_covered_by_what_left(self, findings):
        """Whether an offer that left the company rightly, or an order, is not worse since.

        The company is bound by what it offered, even where limits and costs have changed; not longer than offered.
        """
        snapshot = self.authorised_content
        if not snapshot:
            return False
        if self.state != "sale":
            today = fields.Date.to_string(fields.Date.context_today(self))
            until = fields.Date.to_string(self.validity_date) or ""
            if snapshot["validity"] and ((until != snapshot["validity"] and until > snapshot["validity"]) or not until):
                return False
            if snapshot["validity"] and today > snapshot["validity"]:
                return False
        return not self._compare_with(snapshot, findings)

    # === ASKING === #

    def _check_askable(self):
        """Check that there is something to ask for.

        :return: the verdict
        """
        self.ensure_one()
        self.check_access("write")
        verdict = self._get_verdict()
        if self.state not in ("draft", "sent"):
            raise UserError(self.env._("Only quotations are approved. Set the order back to a quotation first."))
        if verdict.is_covered:
            raise UserError(self.env._("This quotation needs no approval: it is within what you may give."))
        if verdict.faults:
            raise UserError("\n".join(verdict.faults))
        if verdict.status == "pending":
            raise UserError(self.env._("Approval was asked for already. Wait for the answer, or take it back."))
        return verdict

    def _ask_approval(self, reason):
        """Put the quote as it is now to the lowest level that suffices.

        :param str reason: why the seller asks
        :return: the request
        """
        self.ensure_one()
        verdict = self._check_askable()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why this quotation deserves more than the limits give."))
        order = self.sudo()  # only the server writes requests, and levels are not the seller's to read
        asked = order._get_asked(verdict.findings)
        involved = self.env.user | order.order_line.negotiator_id
        level = self.env["quote.discount.level"]._find_level(order.company_id, asked, involved)
        if not level:
            raise UserError(self._describe_missing_level(asked))
        order._supersede_requests(self.env._("Asked anew."))
        values = order._prepare_request_vals(verdict.findings, asked, level, reason.strip())
        request = order.env["quote.discount.request"].create({**values, "requester_id": self.env.uid})
        request._announce("asked", reason.strip())
        return request.with_env(self.env)

    def _prepare_request_vals(self, findings, asked, level, reason):
        snapshot = self._take_snapshot(findings)
        return {
            "order_id": self.id,
            "order_name": self.name,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "negotiator_ids": [fields.Command.set(self.order_line.negotiator_id.ids)],
            "level_id": level.id,
            "snapshot": snapshot,
            "digest": self._digest_of(snapshot),
            "discount": asked.discount,
            "margin": asked.margin or 0.0,
            "has_margin": asked.margin is not None,
            "amount": asked.amount,
            "reason": reason,
            "deadline": level._get_deadline(),
        }

    def _supersede_requests(self, comment):
        """Close the live requests visibly, since the quote is not what they were about any more."""
        for request in self.sudo().discount_request_ids.filtered(lambda request: request.state in LIVE):
            request._close("superseded", comment)

    def _supersede_where_worse(self):
        """Close live requests of quotes that have become a worse deal than what they ask for or allow."""
        for order in self:
            if order.discount_request_ids.filtered(lambda request: request.state in LIVE):
                verdict = order._get_verdict()
                if verdict.worse:
                    order._supersede_requests(" ".join(order._describe_worse(worse) for worse in verdict.worse))

    # === WORDS === #

    def _describe_verdict(self, verdict):
        """What the seller reads on the form, or False."""
        if verdict.status == "approved":
            return self.env._("Approved by %(name)s.", name=verdict.request.decided_by_id.name)
        if verdict.is_covered:
            return False
        if verdict.faults:
            return "\n".join(verdict.faults)
        lines = [self._explain_finding(finding) for finding in verdict.findings]
        if verdict.request and verdict.worse:
            lines.append(self.env._("What was approved or asked for does not cover it:"))
            lines += [self._describe_worse(worse) for worse in verdict.worse]
        elif verdict.status == "pending":
            lines.append(self.env._("“%(level)s” is asked for approval.", level=verdict.request.level_id.name))
        elif verdict.status == "refused":
            lines.append(
                self.env._(
                    "Refused by %(name)s: %(comment)s",
                    name=verdict.request.decided_by_id.name,
                    comment=verdict.request.comment,
                )
            )
        return "\n".join(lines)

    def _describe_worse(self, worse):
        """One sentence of why an order is a worse deal than what was approved."""
        figures = {
            name: formatLang(self.env, figure) if isinstance(figure, float) else figure or ""
            for name, figure in (("then", worse.then), ("now", worse.now))
        }
        sentences = {
            "company": self.env._("It was for another company."),
            "currency": self.env._("The currency has changed."),
            "customer": self.env._("It was for another customer."),
            "terms": self.env._("The payment terms give more for early payment."),
            "price": self.env._("%(name)s costs less: %(now)s instead of %(then)s.", name=worse.name, **figures),
            "quantity": self.env._(
                "%(name)s: more units at the low price, %(now)s instead of %(then)s.", name=worse.name, **figures
            ),
            "margin": self.env._("The margin of the whole order falls."),
            "discount": self.env._("The whole discount rises from %(then)s %% to %(now)s %%.", **figures),
        }
        return sentences[worse.kind]

    def _describe_missing_level(self, asked):
        return self.env._(
            "No level of approval covers a discount of %(discount)s %% on this order, or its approvers negotiated it"
            " themselves. Give less, or ask the management.",
            discount=formatLang(self.env, asked.discount),
        )
