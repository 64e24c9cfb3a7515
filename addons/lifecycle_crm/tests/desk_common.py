"""The desk: steps that wait for a call, agreed calls, mails of customers."""

import datetime

from odoo import fields

from .plays_common import PlaysCommon

NOON = "2026-06-15 10:00:00"  # a Monday, noon in Rome


class DeskCommon(PlaysCommon):
    """A play that has customers called, a second user, and a company that works on weekdays from 9 to 17."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("lifecycle_colleague", "lifecycle_crm.group_lifecycle_user")
        cls.customer.write({"phone": "+39 02 654321", "user_id": cls.user.id})
        cls.call_play = cls._create_play(
            [{"action": "call", "template_id": False, "script": "<p>Ask how the oil was.</p>"}], code="test_call"
        )
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {
                "name": "Weekdays",
                "tz": "Europe/Rome",
                "company_id": cls.company.id,
                "attendance_ids": [fields.Command.clear()]
                + [
                    fields.Command.create(
                        {"name": "Day", "dayofweek": str(day), "hour_from": 9, "hour_to": 17, "day_period": "morning"}
                    )
                    for day in range(5)
                ],
            }
        )

    @classmethod
    def _list_touch(cls, partner, days_ago=0, **values):
        """A step that waits on the list of calls."""
        if partner.phone_sanitized:
            cls.env["lifecycle.register.check"].create({"partner_id": partner.id})  # not in it, as of today
        due = fields.Datetime.now() - datetime.timedelta(days_ago)
        entry = cls.env["lifecycle.entry"].create(
            {
                "play_id": cls.call_play.id,
                "company_id": cls.company.id,
                "partner_id": partner.id,
                "key": f"{partner.id}-{days_ago}",
                "entered_on": due,
                "trigger_date": due.date(),
            }
        )
        return cls.env["lifecycle.touch"].create(
            {
                "entry_id": entry.id,
                "step_id": cls.call_play.step_ids.id,
                "contact_id": partner.id,
                "purpose_id": cls.purpose.id,
                "channel": "phone",
                "address": partner.phone_sanitized or partner.phone,
                "due_on": due,
                "listed_on": due,
                **values,
            }
        )

    def _get_list(self, user=None):
        """What a user has to do, in order."""
        items = self.env["lifecycle.today"].with_user(user or self.user)
        items.invalidate_model()
        return items.search([("user_id", "in", [items.env.uid, False])])

    def _call(self, user=None):
        """The form of the first call of a user."""
        action = self._get_list(user).filtered("is_call")[0].action_open()
        return self.env["lifecycle.call.wizard"].with_user(user or self.user).browse(action["res_id"])

    def _write_mail(self, record, moment, author=None, **values):
        """A mail in a thread, from the customer unless told otherwise."""
        author = author or self.customer
        return self.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "author_id": author.id,
                "email_from": author.email,
                "message_type": "email",
                "subtype_id": self.env.ref("mail.mt_comment").id,
                "body": "Where is it?",
                "date": moment,
                **values,
            }
        )

    def _run_clock(self):
        self._run_cron("reply")
        return self.env["lifecycle.reply"].search([("company_id", "=", self.company.id)], order="received_on")
