"""What was written and said in a case: mails as files, calls and promises as a chronicle."""

from odoo import fields, models
from odoo.tools import format_date

from ..paper.facts import Event
from ..paper.kinds import Chronicle
from .dunning_evidence_gathering import get_mail_file

WRITTEN_BY_PEOPLE = ("comment", "email", "email_outgoing")


class DunningCase(models.Model):
    _inherit = "dunning.case"

    # === MAILS === #

    def _get_mails(self, *, notes=False):
        """The reminders that were sent, and the messages to and from the customer, oldest first.

        :param bool notes: internal notes too
        :return: names, bytes and days
        """
        steps = self.step_ids.filtered(lambda step: step.state == "done" and step.kind == "mail").sorted("id")
        for step in steps:
            yield get_mail_file(step, step._get_mail_headers(), step.body, step.done_on, step.attachment_ids)
        messages = (self.message_ids | self._get_sent_notices().message_ids) - steps.mail_message_id
        for message in messages.sorted("id"):
            if message._is_dunning_letter(notes=notes):
                headers = message._get_dunning_headers()
                yield get_mail_file(message, headers, message.body, message.date, message.attachment_ids)

    # === CHRONICLE === #

    def _prepare_chronicle(self, *, notes=False):
        """Calls, promises and objections, oldest first.

        :param bool notes: also what was noted for oneself
        :rtype: Chronicle
        """
        self.ensure_one()
        events = [
            *(call._get_event(notes=notes) for call in self.call_ids),
            *(promise._get_event() for promise in self.promise_ids),
            *(dispute._get_event() for dispute in self.dispute_ids),
            *(step._get_event() for step in self.step_ids if step.state == "done" and step.kind == "mail"),
        ]
        return Chronicle(
            **self._get_paper_head(),
            title=self.env._("Calls, letters and promises"),
            particulars=((self.env._("Debtor"), self.partner_id.name or ""),),
            events=tuple(sorted(events, key=lambda event: (event.date, event.what, event.detail))),
        )


class DunningStep(models.Model):
    _inherit = "dunning.step"

    def _get_mail_headers(self):
        """The headers of the reminder, as it went out."""
        return {
            "From": self.mail_message_id.email_from or self._get_sender(),
            "To": self.email,
            "Subject": self.subject,
            "Message-ID": self.message_uid,
        }

    def _get_event(self):
        detail = [self.subject, self.email, self.message_uid]
        day = fields.Date.context_today(self, self.done_on)
        return Event(date=day, what=self.env._("Reminder sent"), detail="\n".join(filter(None, detail)))


class DunningCall(models.Model):
    _inherit = "dunning.call"

    def _get_event(self, *, notes):
        labels = dict(self._fields["channel"]._description_selection(self.env))
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        detail = [outcomes[self.outcome], self._describe_outcome(), self.contact_id.name, notes and self.note]
        day = fields.Date.context_today(self, self.date)
        return Event(date=day, what=labels[self.channel], detail=" · ".join(filter(None, detail)))


class DunningPromise(models.Model):
    _inherit = "dunning.promise"

    def _get_event(self):
        sources = dict(self._fields["source"]._description_selection(self.env))
        states = dict(self._fields["state"]._description_selection(self.env))
        what = self.env._("Promise (%(where)s)", where=sources[self.source])
        return Event(date=self.made_date, what=what, detail=f"{self.display_name} · {states[self.state]}")


class DunningDispute(models.Model):
    _inherit = "dunning.dispute"

    def _get_event(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        resolved = self.outcome and f"{outcomes[self.outcome]} {format_date(self.env, self.resolved_date)}"
        detail = " · ".join(filter(None, [self.display_name, resolved]))
        return Event(date=self.opened_date, what=self.env._("Objection"), detail=detail)


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _is_dunning_letter(self, *, notes):
        """Whether a message went to the customer or came from him.

        Core files an answer to a reminder as an internal note, since reminders are kept as notes: what comes in by mail
        from outside the house is a letter all the same.
        """
        if self.message_type not in WRITTEN_BY_PEOPLE:
            return False
        users = self.author_id.with_context(active_test=False).user_ids  # who has left the house wrote from inside too
        from_inside = any(user._is_internal() for user in users)
        if self.message_type == "email" and not from_inside:
            return True
        is_note = self.is_internal or not self.subtype_id or self.subtype_id.internal
        return notes or not is_note

    def _get_dunning_headers(self):
        told = [partner.email_formatted for partner in self.notified_partner_ids if partner.email]
        sent_to = [self.outgoing_email_to, self.incoming_email_to, self.incoming_email_cc, *told]
        return {
            "From": self.email_from or self.author_id.email_formatted,
            "To": ", ".join(dict.fromkeys(filter(None, sent_to))),
            "Subject": self.subject or self.record_name,
            "Message-ID": self.message_id,
        }
