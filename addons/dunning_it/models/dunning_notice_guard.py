"""An invoice that a formal notice names stays as it is."""

from odoo import models
from odoo.exceptions import UserError

from .dunning_notice import LEFT


class AccountMove(models.Model):
    _inherit = "account.move"

    def button_draft(self):
        # OVERRIDE: what a notice claims must be found in the books later.
        self._guard_notices()
        return super().button_draft()

    def button_cancel(self):
        # OVERRIDE: what a notice claims must be found in the books later.
        self._guard_notices()
        return super().button_cancel()

    def _guard_notices(self):
        """Only a manager of dunning takes an invoice back that a formal notice names, and that is written down.

        :raise UserError: for anybody else
        """
        lines = (
            self.env["dunning.notice.line"]
            .sudo()
            .search(  # whoever may book
                [("move_line_id.move_id", "in", self.filtered(lambda move: move.state == "posted").ids)]
            )
        )
        for notice in lines.notice_id.filtered(lambda notice: notice.state in LEFT):
            named = lines.filtered(lambda line, notice=notice: line.notice_id == notice)
            names = ", ".join(dict.fromkeys(named.mapped("name")))
            if not self.env.user.has_group("dunning_it.group_dunning_manager"):
                raise UserError(
                    self.env._(
                        "%(invoices)s is claimed by the formal notice %(notice)s, which has been sent: a change would "
                        "take its ground away. Ask a manager of dunning, or write a credit note.",
                        invoices=names,
                        notice=notice.name,
                    )
                )
            words = self.env._("%(invoices)s was taken back after the notice had been sent.", invoices=names)
            notice.message_post(body=words, author_id=self.env.user.partner_id.id)
