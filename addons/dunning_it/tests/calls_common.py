"""A case whose next step is a call, and a form to call with."""

from odoo.fields import Date

from .common import DunningCommon


class CallCommon(DunningCommon):
    """The business customer has had his reminder, and is to be called on 15 June 2026, a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail_stage, cls.call_stage, cls.second_mail = cls.business.stage_ids[:3]
        cls.customer.phone = "+39 02 123456"
        cls.move = cls._create_invoice(1000)
        cls.case = cls._bring_to_call(cls._scan())

    @classmethod
    def _bring_to_call(cls, case):
        """Have the reminder before the call done in time for the call to be due."""
        case._complete_stage(case.stage_id, Date.to_date("2026-06-01"))
        return case

    def _call(self, case=None, user=None, **values):
        """The call form of a user, filled in."""
        action = (case or self.case).with_user(user or self.user).action_call()
        wizard = self.env["dunning.call.wizard"].with_user(user or self.user).browse(action["res_id"])
        wizard.write(values)
        return wizard

    def _rescan(self, case=None):
        """Another worker's scan."""
        self.env.flush_all()
        self.env.invalidate_all()
        self._scan((case or self.case).partner_id)

    def _get_activities(self, case=None):
        return (case or self.case).activity_ids.mapped("summary")
