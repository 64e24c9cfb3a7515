"""Who is calling whom."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

HELD_FOR = timedelta(minutes=15)


class LifecycleClaim(models.Model):
    """A customer is in the hands of one person at a time, and of nobody after some minutes."""

    _name = "lifecycle.claim"
    _description = "Customer Who Is Being Called"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")
    until = fields.Datetime(required=True)

    _partner_unique = models.Constraint("unique(partner_id, company_id)", "A customer is called by one person.")

    @api.model
    def _claim(self, partner, company):
        """Take a customer, where nobody else has him; two who try at once wait for each other.

        :return: whether he is the user's now
        """
        now = fields.Datetime.now()
        query = SQL(
            """
            INSERT INTO lifecycle_claim AS claim (partner_id, company_id, user_id, until)
                 VALUES (%(partner)s, %(company)s, %(user)s, %(until)s)
            ON CONFLICT (partner_id, company_id) DO UPDATE
                    SET user_id = EXCLUDED.user_id, until = EXCLUDED.until
                  WHERE claim.user_id = EXCLUDED.user_id OR claim.until <= %(now)s
              RETURNING id
            """,
            partner=partner.id,
            company=company.id,
            user=self.env.uid,
            until=now + HELD_FOR,
            now=now,
        )
        self.flush_model()
        taken = bool(self.env.execute_query(query))
        self.invalidate_model()
        return taken

    @api.model
    def _get_other(self, partner, company):
        """The colleague who has the customer now; none: he is free."""
        claim = self.sudo().search(  # whose it is is told to everybody
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("user_id", "!=", self.env.uid),
                ("until", ">", fields.Datetime.now()),
            ]
        )
        return claim.user_id

    @api.model
    def _release(self, partner, company):
        """Give a customer back."""
        mine = [("partner_id", "=", partner.id), ("company_id", "=", company.id), ("user_id", "=", self.env.uid)]
        self.sudo().search(mine).unlink()  # one's own claim
