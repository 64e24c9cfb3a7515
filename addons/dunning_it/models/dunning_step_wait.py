"""Reminders keep quiet hours too."""

from odoo import models

from ..patience.contacts import WRITE
from .dunning_case_contact import to_utc


class DunningStep(models.Model):
    _inherit = "dunning.step"

    def _has_to_wait(self):
        # OVERRIDE: a reminder that may not go out now is kept for later.
        answer = self.case_id._may_contact(WRITE)
        if answer.is_allowed:
            return super()._has_to_wait()
        until = to_utc(answer.moment)
        self.write({"retry_on": until, "remark": self.env._("The customer is left alone until then.")})
        self.env.ref("dunning_it.ir_cron_dunning_remind")._trigger(until)
        return True
