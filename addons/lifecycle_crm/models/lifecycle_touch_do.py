"""What is done in a step, and what if it can't be done."""

import logging

from odoo import fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

EVERYBODY = 3  # contacts of a step in a row that could not be made: it is not the customer's fault


class LifecycleTouch(models.Model):
    """What is done is ``_do_<action>``.

    It gets contacts of one step that the gate let through and that this worker holds. It writes in its transaction
    only; whatever it raises is noted on the contact that it is about, and nothing of it stays. It neither commits nor
    sets the state, except to hand a contact to a person (``_list``).
    """

    _inherit = "lifecycle.touch"

    def _perform(self):
        """Make contacts of one step. One that can't be made fails alone; if none can, the play is paused instead."""
        failures = self._attempt()
        failed = self.browse(touch.id for touch in failures)
        if failed and failed == self and self._is_everybody():
            self._unclaim()
            self.write({"remark": failures[self[0]]})
            self.play_id._pause_by_itself(self.step_id, failures[self[0]])
            return
        for touch, words in failures.items():
            touch._note("failed", remark=words)

    def _attempt(self):
        """Make those that can be made, together; where one of them spoils it, in ever smaller parts.

        :return: a dict of what stood in the way, by contact
        """
        try:
            with self.env.cr.savepoint():
                getattr(self, f"_do_{self.step_id.action}")()
                self.filtered(lambda touch: touch.state == "claimed")._note("done", remark=False)
            return {}
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a template or an action trips over
            if len(self) == 1:
                _logger.info("%s could not be made", self, exc_info=True)
                return {self: self._get_fault_words(error)}
        middle = len(self) // 2
        return {**self[:middle]._attempt(), **self[middle:]._attempt()}

    def _get_fault_words(self, error):
        """What stood in the way at its root, in one line: a template wraps it in pages of its own workings."""
        while error.__cause__:
            error = error.__cause__
        words = str(error).strip() or type(error).__name__
        return " ".join(words.split())[:500]

    def _is_everybody(self):
        """Whether a step now fails for one customer as for the other, those before counted in."""
        missing = EVERYBODY - len(self)
        if missing <= 0:
            return True
        before = self.search(
            [("step_id", "=", self.step_id.id), ("state", "in", ("done", "failed"))],
            order="settled_on desc, id desc",
            limit=missing,
        )
        return len(before) == missing and set(before.mapped("state")) == {"failed"}

    # === ACTIONS === #

    def _do_mail(self):
        """Create the mails; Odoo's own queue sends them."""
        mails = self.env["mail.mail"].sudo().create(self._prepare_mails())  # whoever runs it may not write mails
        for touch, mail in zip(self, mails, strict=True):
            touch.mail_id = mail

    def _do_call(self):
        """Put the customer on the list of those to call: the call is a person's."""
        self._list()

    def _do_activity(self):
        """Give whoever looks after the customer something to do today."""
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create([touch._prepare_activity() for touch in self])

    def _prepare_activity(self):
        partners = self.env["ir.model"]._get_id("res.partner")
        return {
            "res_model_id": partners,
            "res_id": self.partner_id.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "summary": self.step_id.name,
            "note": self.step_id.script,
            "user_id": self._get_doer().id,
            "date_deadline": max(self.company_id._lifecycle_today(), fields.Date.context_today(self)),
        }

    def _get_doer(self):
        """The salesperson of the customer, else the owner of the play, else who runs the lifecycle: the first who can
        open the customer. What is given to a robot, or to somebody who has left, is done by nobody.
        """
        company, play = self.company_id, self.play_id
        named = (self.partner_id.user_id, play.user_id, company.lifecycle_manager_id, self.env.user)
        managers = self.env.ref("lifecycle_crm.group_lifecycle_manager").all_user_ids
        return company._lifecycle_pick_reader(self.partner_id, *named, *managers)
