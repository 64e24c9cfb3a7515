"""A waiver is proposed, approved by somebody else or refused, and booked; each with its line in the trail."""

import hashlib
import json

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_repr

APPROVERS = "dunning_it.group_dunning_manager"


class DunningWaiver(models.Model):
    _inherit = "dunning.waiver"

    # === ACTIONS === #

    def action_propose(self):
        """Ask a manager to approve it."""
        waiver = self._hold("draft")
        waiver.line_ids.filtered(lambda line: line.amount_residual <= 0).unlink()
        if problems := waiver._get_problems():
            raise UserError("\n".join([self.env._("The waiver can't be proposed:"), *problems]))
        for line in waiver.line_ids:
            line.amount_residual_then = line.amount_residual
        waiver.write(
            {
                "state": "proposed",
                "proposed_by_id": self.env.user.id,
                "decided_by_id": False,
                "digest": waiver._get_digest(),
            }
        )
        waiver._note_event("proposed", note=waiver.reason)
        waiver._ask_managers()
        waiver.case_id._resync()
        return {"type": "ir.actions.act_window_close"}

    def action_reset(self):
        """Take a proposal back to change it."""
        waiver = self._hold("proposed")
        waiver.write({"state": "draft", "digest": False})
        waiver._note_event("reset")
        waiver._end_asking()
        waiver.case_id._resync()

    def action_approve(self):
        """Approve what was proposed, and leave the drafts to the accountant."""
        waiver = self._hold("proposed")
        self._check_may_decide()
        if waiver._get_digest() != waiver.digest:
            raise UserError(
                self.env._(
                    "What you would approve is not what was proposed: take it back to draft and propose it anew."
                )
            )
        problems = [*waiver._get_problems(), *waiver._get_rows_to_confirm_words()]
        if problems:
            raise UserError("\n".join([self.env._("The waiver can't be approved:"), *problems]))
        waiver.write({"state": "approved", "decided_by_id": self.env.user.id})
        waiver._note_event("approved", note=waiver.decision_note)
        waiver._end_asking()
        waiver._draft_entries()
        waiver.case_id._resync()

    def action_refuse(self):
        """Refuse a proposal: the case goes on where it stood."""
        waiver = self._hold("proposed")
        self._check_may_decide()
        if not (waiver.decision_note or "").strip():
            raise UserError(self.env._("Write down why it is refused: whoever proposed it has to know."))
        waiver.write({"state": "refused", "decided_by_id": self.env.user.id})
        waiver._note_event("refused", note=waiver.decision_note)
        waiver._end_asking()
        waiver.case_id._resync()

    def action_withdraw(self):
        """Put an approved waiver aside while nothing of it is booked: its drafts go."""
        waiver = self._hold("approved", "undone")
        self._check_manager()
        entries = waiver.line_ids.entry_id
        if waiver.state == "approved" and any(entry.state == "posted" for entry in entries):
            raise UserError(self.env._("A part of this waiver is booked already: set that entry back to draft first."))
        drafts = entries.filtered(lambda entry: entry.state == "draft")
        lines = waiver.line_ids.filtered(lambda line: line.entry_id in drafts)
        lines.write({"entry_id": False, "entry_line_id": False})
        drafts.unlink()
        waiver.write({"state": "refused"})
        waiver._note_event("withdrawn")
        waiver.case_id._resync()

    # === RIGHTS === #

    def _may_decide(self, user):
        """Whether a user approves or refuses: a manager who did not propose it."""
        return user != self.proposed_by_id and user.has_group(APPROVERS)

    def _check_manager(self):
        if not self.env.user.has_group(APPROVERS):
            raise AccessError(self.env._("Only a dunning manager decides on waivers. Ask one."))

    def _check_may_decide(self):
        """:raise AccessError: whatever the mode, for who proposed it or is no manager"""
        self._check_manager()
        if self.env.user == self.sudo().proposed_by_id:  # whoever may decide is checked on the server
            raise AccessError(self.env._("Who proposes a waiver does not approve it: ask another manager."))

    def _hold(self, *states):
        """The waiver with the server's rights and under lock.

        :raise UserError: where somebody else works on it, or it is in another state
        """
        self.ensure_one()
        self.check_access("write")
        waiver = self.sudo()  # where a waiver stands is the server's to write, after the user's right is checked
        if not waiver.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Somebody else is working on this waiver at the moment: try again."))
        waiver.invalidate_recordset()
        if waiver.state not in states:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The waiver is in the state “%(state)s”: this can't be done any more, or not yet.",
                    state=names[waiver.state],
                )
            )
        return waiver

    # === TRAIL === #

    def _get_content(self):
        """What is decided on, as a text that is the same whenever the content is."""
        self.ensure_one()
        digits = self.currency_id.decimal_places
        content = {
            "case": self.case_id.id,
            "currency": self.currency_id.name,
            "outcome": self.outcome,
            "basis": [self.basis, str(self.basis_date or ""), self.basis_reference or ""] if self.basis else None,
            "reason": self.reason,
            "watch": self.watch_effect or "",
            "lines": [
                [line.move_line_id.id, line.display_name, float_repr(line.amount, digits)]
                for line in self.line_ids._get_chosen().sorted("id")
            ],
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=False)

    def _get_digest(self):
        return hashlib.sha256(self._get_content().encode()).hexdigest()

    def _note_event(self, kind, note=False):
        """Add to the trail."""
        for waiver in self:
            content = waiver._get_content()
            self.env["dunning.waiver.event"].create(
                {
                    "waiver_id": waiver.id,
                    "kind": kind,
                    "user_id": self.env.user.id,
                    "amount": waiver.amount,
                    "digest": hashlib.sha256(content.encode()).hexdigest(),
                    "content": content,
                    "note": note,
                }
            )

    # === PEOPLE === #

    def _ask_managers(self):
        """An activity for each manager of the company who may decide."""
        managers = self.env.ref(APPROVERS).all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids and self._may_decide(user)
        )
        quietly = self.with_context(mail_activity_quick_update=True)
        for manager in managers:
            quietly.activity_schedule(
                "dunning_it.mail_activity_type_waiver", summary=self.display_name, user_id=manager.id
            )

    def _end_asking(self):
        self.activity_unlink(["dunning_it.mail_activity_type_waiver"])
