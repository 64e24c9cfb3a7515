"""Statuses of contacts that turn out to be one customer."""

from odoo import api, models
from odoo.tools import SQL


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    def _join(self, partner):
        """Keep one status a company, with what people said about any of them.

        :param partner: whose status is kept where he has one
        """
        for statuses in self.grouped("company_id").values():
            kept = statuses.filtered(lambda status: status.partner_id == partner) or statuses[0]
            kept.write(self._get_joined_vals(statuses))
            (statuses - kept)._set_history_aside()
            (statuses - kept).unlink()
        self.flush_model()

    @api.model
    def _fold_strays(self, company, partners=None):
        """Contacts that have come under another company's roof have no status any more: its orders count theirs.

        :param partners: commercial partners to look at; None: all
        """
        among = SQL("AND contact.commercial_partner_id = ANY(%s)", partners.ids) if partners is not None else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT status.id, own.id
                  FROM lifecycle_status status
                  JOIN res_partner contact ON contact.id = status.partner_id
             LEFT JOIN lifecycle_status own
                    ON own.partner_id = contact.commercial_partner_id AND own.company_id = status.company_id
                 WHERE status.company_id = %s AND contact.commercial_partner_id <> contact.id %s
                """,
                company.id,
                among,
            )
        )
        for stray, own in ((self.browse(stray), self.browse(own)) for stray, own in rows):
            if own:
                (stray | own)._join(own.partner_id)
            else:
                stray.unlink()

    def _set_history_aside(self):
        """Keep the history of somebody who is another now: it can be read, and is nobody's stage any more.

        It is written past the ORM, as what was known stays as it was: only whose it was is added.
        """
        Transition = self.env["lifecycle.transition"]
        Transition.flush_model()
        for status in self:
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE lifecycle_transition SET merged_from = %s
                     WHERE partner_id = %s AND company_id = %s AND merged_from IS NULL
                    """,
                    status.partner_id.display_name,
                    status.partner_id.id,
                    status.company_id.id,
                )
            )
        Transition.invalidate_model(["merged_from"])

    def _get_joined_vals(self, statuses):
        """What people, and not orders, know of several statuses that become one; a hook."""
        contacts = statuses.filtered("next_contact_date").mapped("next_contact_date")
        ends = statuses.mapped("end_date")
        return {"next_contact_date": min(contacts, default=False), "end_date": all(ends) and max(ends)}
