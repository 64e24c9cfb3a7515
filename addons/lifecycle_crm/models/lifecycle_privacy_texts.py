"""What somebody wrote is not kept for ever, though the score that he gave is."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .lifecycle_privacy import BATCH


class LifecyclePrivacy(models.AbstractModel):
    _inherit = "lifecycle.privacy"

    @api.model
    def _cron_forget(self):
        # OVERRIDE: free text goes by the same term as rows do; figures stay, as they tell nothing of a person's life.
        super()._cron_forget()
        for company in self.env["res.company"].search([("lifecycle_retention_months", ">", 0)]):
            before = fields.Datetime.now() - relativedelta(months=company.lifecycle_retention_months)
            if not self._forget_texts(self._get_old_texts(before) & Domain("company_id", "=", company.id)):
                return

    @api.model
    def _get_old_texts(self, before):
        """Answers whose words are past their term; those that a manager approved are shown with consent."""
        has_words = Domain("good", "!=", False) | Domain("better", "!=", False)
        return Domain("answered_on", "<", before) & Domain("approved_on", "=", False) & has_words

    @api.model
    def _forget_texts(self, domain):
        """Empty the words in batches.

        :return: whether there is time for more
        """
        Feedback = self.env["lifecycle.feedback"].sudo()  # the server keeps to the term
        while rows := Feedback.search(domain, limit=BATCH, order="id"):
            self._forget_ratings(rows.rating_id)
            rows.write({"good": False, "better": False})
            if not self.env["ir.cron"]._commit_progress(len(rows)):
                return False
        return True

    @api.model
    def _forget_ratings(self, ratings):
        """Empty the same words in Odoo's ratings and in what was posted of them.

        It is written past the ORM, by which whoever is emptied would have answered today.
        """
        ratings.flush_recordset(["feedback"])
        self.env.cr.execute(SQL("UPDATE rating_rating SET feedback = NULL WHERE id = ANY(%s)", ratings.ids))
        ratings.invalidate_recordset(["feedback"])
        ratings.message_id.body = False
