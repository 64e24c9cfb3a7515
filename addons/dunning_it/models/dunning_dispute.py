"""What customers object to, instalment by instalment."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import plaintext2html
from odoo.tools.misc import format_date

from ..answers.reasons import REASONS
from ..patience.contacts import next_working_day
from .dunning_promise import SOURCES
from .open_items import pursue_again


class DunningDispute(models.Model):
    """An objection to an instalment: until it is resolved, the instalment stands aside and leaves the claim.

    Once accepted it still stands aside until the credit note is there; then what remains is pursued again.
    """

    _name = "dunning.dispute"
    _description = "Disputed Instalment"
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one(related="line_id.case_id", store=True, index=True)
    line_id = fields.Many2one(
        "dunning.case.line", string="Instalment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="line_id.case_id.partner_id", store=True, index=True)
    move_id = fields.Many2one(related="line_id.move_line_id.move_id", store=True, string="Invoice")
    currency_id = fields.Many2one(related="line_id.currency_id")
    call_id = fields.Many2one("dunning.call", readonly=True, index="btree_not_null", ondelete="set null")
    amount = fields.Monetary(readonly=True, help="What was open when it was disputed or accepted.")
    reason = fields.Selection(REASONS, required=True, readonly=True)
    description = fields.Text(readonly=True)
    source = fields.Selection(SOURCES, required=True, readonly=True, default="call")
    state = fields.Selection(
        [("open", "Open"), ("resolved", "Resolved")], required=True, default="open", readonly=True, index=True
    )
    outcome = fields.Selection(
        [("accepted", "Accepted"), ("rejected", "Rejected"), ("settled", "Settled by payment or credit note")],
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Opened by", readonly=True)
    opened_date = fields.Date(required=True, readonly=True)
    resolved_by_id = fields.Many2one("res.users", readonly=True)
    resolved_date = fields.Date(readonly=True)

    _one_open = models.UniqueIndex("(line_id) WHERE state = 'open'", "An instalment has one open dispute at most.")

    @api.depends("line_id", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for dispute in self:
            dispute.display_name = f"{dispute.line_id.display_name}: {reasons.get(dispute.reason, '')}"

    # === ACTIONS === #

    def action_accept(self):
        """The customer is right: a credit note is made, and until it is there the instalment stands aside."""
        self._check_open()
        for dispute in self.sudo():  # the server's to write
            dispute.write({"outcome": "accepted", "amount": dispute.line_id.amount_residual})
            dispute.case_id._remind_responsible(
                "mail.mail_activity_data_todo",
                self.env._("Credit note for %(invoice)s: dispute accepted", invoice=dispute.line_id.display_name),
            )
        return self.action_credit_note()

    def action_reject(self):
        """The customer is wrong: the instalment is pursued again."""
        self._check_open()
        disputes = self.sudo()  # the server's to write
        disputes._resolve("rejected", self.env.user)
        disputes.line_id.filtered(lambda line: line.state == "disputed").state = "active"
        disputes.case_id._resync()

    def action_credit_note(self):
        """Core's form for a credit note on the invoices."""
        moves = self.move_id.filtered(lambda move: move.is_sale_document() and move.state == "posted")
        if not moves:
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_view_account_move_reversal")
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        reason = ", ".join(sorted({reasons[dispute.reason] for dispute in self}))
        context = {"active_model": "account.move", "active_ids": moves.ids, "default_reason": reason}
        return {**action, "context": context}

    def _check_open(self):
        self.case_id.check_access("write")
        if self.filtered(lambda dispute: dispute.state != "open"):
            raise UserError(self.env._("This dispute is resolved already."))

    # === LIFE === #

    def _resolve(self, outcome, user=None):
        today = fields.Date.context_today(self)
        self.write(
            {
                "state": "resolved",
                "outcome": outcome,
                "resolved_date": today,
                "resolved_by_id": user.id if user else False,
            }
        )

    @api.model
    def _settle(self, cases, overdue):
        """Resolve disputes about which the books have decided: paid or credited in full, or credited as accepted.

        :param cases: records of ``dunning.case`` that are being brought in line
        :param dict overdue: their overdue :class:`.open_items.OpenItem` by partner and currency; those of which the
            rest is pursued again are replaced
        """
        disputes = self.search([("case_id", "in", cases.ids), ("state", "=", "open")])
        if not disputes:
            return
        items = {item.case_line_id: item for found in overdue.values() for item in found if item.case_line_id}
        for dispute in disputes:
            item = items.get(dispute.line_id.id)
            if not item:
                dispute._resolve(dispute.outcome or "settled")
            elif dispute._is_credited(item):
                dispute._resolve("accepted")
                dispute.line_id.state = "active"
                pursue_again(overdue, item)

    def _is_credited(self, item):
        """Whether the credit note of an accepted dispute has come: it is among the last allocations, which made less
        open than when it was accepted. A payment is none, nor is a credit note from before.
        """
        if self.outcome != "accepted":
            return False
        came_off = self.amount - item.residual
        for part in self.line_id.move_line_id.matched_credit_ids.sorted("id", reverse=True):
            if self.currency_id.compare_amounts(came_off, 0) <= 0:
                return False
            if part.credit_move_id.move_id.move_type == "out_refund":
                return True
            came_off -= part.debit_amount_currency
        return False


class DunningCase(models.Model):
    _inherit = "dunning.case"

    dispute_ids = fields.One2many("dunning.dispute", "case_id", readonly=True)

    @api.model
    def _judge(self, overdue, credit, by_key):
        # OVERRIDE: disputes about which the books have decided are resolved.
        self.env["dunning.dispute"]._settle(self.browse(case.id for case in by_key.values()), overdue)
        return super()._judge(overdue, credit, by_key)

    def _dispute(self, lines, reason, description=None, call=None, source="call"):
        """Have instalments stand aside.

        :param lines: records of ``dunning.case.line`` of the case that are pursued
        :param str reason: a value of ``dunning.dispute.reason``
        :param str source: a value of ``dunning.dispute.source``
        :return: the disputes
        """
        self.ensure_one()
        pursued = lines.filtered_domain(Domain("case_id", "=", self.id) & Domain("state", "=", "active"))
        if not pursued or pursued != lines:
            raise UserError(self.env._("Choose instalments of this customer that are pursued and not disputed yet."))
        today = fields.Date.context_today(self)
        disputes = self.env["dunning.dispute"].create(
            [
                {
                    "line_id": line.id,
                    "amount": line.amount_residual,
                    "reason": reason,
                    "description": description,
                    "user_id": self.env.user.id,
                    "opened_date": today,
                    "call_id": call.id if call else False,
                    "source": source,
                }
                for line in lines
            ]
        )
        lines.state = "disputed"
        names = ", ".join(lines.mapped("display_name"))
        self._remind_responsible(
            "mail.mail_activity_data_todo",
            self.env._("Look into the dispute about %(invoices)s", invoices=names),
            note=plaintext2html(description or ""),
            date_deadline=next_working_day(today),
        )
        self._resync()
        return disputes

    def _close(self, reason):
        # OVERRIDE: nothing is disputed in a closed case.
        self.dispute_ids.filtered(lambda dispute: dispute.state == "open")._resolve("settled")
        return super()._close(reason)


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    dispute_ids = fields.One2many("dunning.dispute", "line_id", readonly=True)

    @api.depends_context("dunning_show_amount")
    def _compute_display_name(self):
        # OVERRIDE: where instalments are chosen from, their amounts and dates tell them apart.
        done = super()._compute_display_name()
        if self.env.context.get("dunning_show_amount"):
            for line in self:
                amount = line.currency_id.format(line.amount_residual)
                line.display_name = f"{line.display_name} · {amount} · {format_date(self.env, line.due_date)}"
        return done

    def action_dispute(self):
        """Open the call form with this instalment chosen, to note what the customer objects to."""
        self.ensure_one()
        return self.case_id.with_context(default_dispute_line_ids=self.ids).action_call()
