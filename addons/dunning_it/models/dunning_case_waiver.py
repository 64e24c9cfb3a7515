"""The case of which something is given up."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .dunning_waiver import LOSS, UNDER_WAY, WAITING

GIVEN_UP = ("waived", "lost")


class DunningCase(models.Model):
    _inherit = "dunning.case"

    waiver_ids = fields.One2many("dunning.waiver", "case_id", readonly=True)
    waiver_count = fields.Integer(compute="_compute_waiver_count")
    waits_for_waiver = fields.Boolean(compute="_compute_waiver_count")

    @api.depends("waiver_ids.state")
    def _compute_waiver_count(self):
        for case in self:
            case.waiver_count = len(case.waiver_ids)
            case.waits_for_waiver = any(waiver.state in WAITING for waiver in case.waiver_ids)

    def _get_next_attempt(self, day):
        # OVERRIDE: nobody is pressed for what may be given up; it goes on once that is decided.
        day = super()._get_next_attempt(day)
        return None if self.waits_for_waiver else day

    # === ACTIONS === #

    def action_waive(self):
        """Propose to give up instalments: in the waiver under way, else in a draft of all that is open."""
        self.ensure_one()
        self.check_access("write")
        case = self.sudo()  # the case and its waivers are the server's to write
        if not case.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        case.invalidate_recordset()
        waiver = case.waiver_ids.filtered(lambda waiver: waiver.state in UNDER_WAY)
        if not waiver:
            case._resync()
            if not case._get_waivable_lines():
                raise UserError(self.env._("Nothing is overdue in this case: there is nothing to give up."))
            waiver = case.env["dunning.waiver"].create(case._prepare_waiver_vals())
        if len(waiver) > 1:  # of merged customers
            return self.action_open_waivers()
        return waiver.with_env(self.env)._get_form_action(target="new")

    def _get_waivable_lines(self):
        return self.line_ids.filtered(lambda line: line.state != "closed" and line.amount_residual > 0)

    def _prepare_waiver_vals(self):
        """Values of a waiver of all that can be waived; the ground is proposed where an insolvency is known."""
        insolvent = self.partner_id.with_company(self.company_id).dunning_insolvency_date
        return {
            "case_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "basis": "insolvency" if insolvent else False,
            "basis_date": insolvent,
            "line_ids": [
                Command.create(
                    {"move_line_id": line.move_line_id.id, "due_date": line.due_date, "amount": line.amount_residual}
                )
                for line in self._get_waivable_lines()
            ],
        }

    def action_open_waivers(self):
        """The waivers of the case."""
        self.ensure_one()
        if len(self.waiver_ids) == 1:
            return self.waiver_ids._get_form_action()
        action = self.env["ir.actions.act_window"]._for_xml_id("dunning_it.dunning_waiver_action")
        return {**action, "domain": [("case_id", "=", self.id)], "context": {}}

    # === LIFE === #

    def _move_into(self, other):
        # OVERRIDE: what may be given up goes over with its instalments, which would be pursued meanwhile.
        if waivers := self.waiver_ids.filtered(lambda waiver: waiver.state in (*WAITING, "undone")):
            waivers._move_to(other)
        return super()._move_into(other)

    def _close(self, reason):
        # OVERRIDE: a draft of a waiver is about nothing any more.
        self.waiver_ids.filtered(lambda waiver: waiver.state == "draft").state = "refused"
        return super()._close(reason)


class DunningWaiver(models.Model):
    _inherit = "dunning.waiver"

    def _move_to(self, case):
        """It is about the same instalments in the case that is kept of merged customers; its digest names the case."""
        for waiver in self:
            is_as_proposed = waiver._get_digest() == waiver.digest
            waiver.case_id = case
            if is_as_proposed:
                waiver.digest = waiver._get_digest()
            waiver.message_post(body=self.env._("The customers were merged."))

    def _note_booked(self):
        """All of it is posted: the instalments that nothing is left of are closed, and with them the case."""
        self.ensure_one()
        self.state = "booked"
        self._note_event("booked")
        case = self.case_id
        given_up = self.line_ids._get_chosen().move_line_id
        lines = case.line_ids.filtered(lambda line: line.state != "closed")
        whole = lines.filtered(lambda line: line.move_line_id in given_up and line.move_line_id.reconciled)
        if lines == whole and (case.state != "closed" or case.close_reason == "cleared"):
            case._close("lost" if self.outcome == LOSS else "waived")
        else:
            whole.state = "closed"
            case._resync()
        self._propose_watch()

    def _note_undone(self):
        """What was booked is open again: a later scan pursues it, in its case or in one that was opened since."""
        for waiver in self.filtered(lambda waiver: waiver.state == "booked"):
            waiver.state = "undone"
            waiver._note_event("undone")
            case = waiver.case_id
            if case.close_reason in GIVEN_UP:
                case.close_reason = "cleared"
                case.message_post(body=self.env._("What was given up is open again."))


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    def _is_paid(self):
        # OVERRIDE: what was given up was not paid.
        waivers = self.case_id.waiver_ids.filtered(lambda waiver: waiver.state == "booked")
        return self.move_line_id not in waivers.line_ids._get_chosen().move_line_id and super()._is_paid()
