"""The link to the question that a message asks."""

from datetime import timedelta
from urllib.parse import urljoin

from odoo import api, fields, models
from odoo.tools import consteq

from .lifecycle_feedback_answer import Question

LINK_DAYS = 180
NO_TOKEN = "-" * 32  # compared with where there is none, so that an answer takes the same time


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _get_feedback_url(self, score=None):
        """Where the customer answers, without a login.

        :param int score: chosen beforehand on the page; nothing is answered by following the link
        """
        self.ensure_one()
        token = self.sudo().token  # of this contact alone, and it goes to its address
        choice = f"?score={score}" if score else ""
        return urljoin(self.company_id.get_base_url(), f"/lifecycle/feedback/{self.id}/{token}{choice}")

    @api.model
    def _find_by_token(self, touch_id, token):
        """The contact of a link, as superuser; empty for all that opens nothing, whatever is wrong with it."""
        touch = self.sudo().browse(touch_id).exists()  # the token is the right to read
        is_known = consteq((touch.token or NO_TOKEN).encode(), token.encode(errors="replace"))
        is_alive = touch.partner_id.active and touch.company_id.active and touch.channel == "email"
        is_fresh = touch and fields.Datetime.now() <= touch.due_on + timedelta(LINK_DAYS)
        return touch if is_known and is_alive and is_fresh else touch.browse()

    def _get_question(self):
        """What the message asks.

        :rtype: Question
        """
        self.ensure_one()
        kind = self.step_id.asks or ("order" if self.order_id else "check_up")
        if kind == "order" and self.order_id:
            return self.order_id._get_lifecycle_question(self._get_person(), self)
        return Question(
            kind=kind if kind != "order" else "check_up",
            key=f"touch:{self.id}",
            person=self._get_person(),
            partner=self.partner_id,
            company=self.company_id,
            order=self.env["sale.order"],
            touch=self,
        )
