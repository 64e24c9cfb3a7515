"""Statuses of contacts that turn out to be one customer."""

from odoo import api, models
from odoo.tools import SQL

from ..sql import facts


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
                SELECT contact.commercial_partner_id, contact.commercial_partner_id IN (%s), own.id,
                       array_agg(status.id ORDER BY status.id)
                  FROM lifecycle_status status
                  JOIN res_partner contact ON contact.id = status.partner_id
             LEFT JOIN lifecycle_status own
                    ON own.partner_id = contact.commercial_partner_id AND own.company_id = status.company_id
                 WHERE status.company_id = %s AND contact.commercial_partner_id <> contact.id %s
              GROUP BY contact.commercial_partner_id, own.id
                """,
                facts.own_partners(),
                company.id,
                among,
            )
        )
        for roof, is_ours, own, strays in rows:
            if own:
                self.browse([*strays, own])._join(self.env["res.partner"].browse(roof))
            else:
                self.browse(strays)._come_under(roof, is_ours)

    def _come_under(self, roof, is_ours):
        """Give what people said of contacts to whom they belong to now, who had no status; his orders say the rest.

        :param int roof: the commercial partner
        :param bool is_ours: whether he is one of us, and so nobody's customer
        """
        if not is_ours:
            self.create({**self._get_joined_vals(self), "partner_id": roof, "company_id": self.company_id.id})
        self._set_history_aside()
        self.unlink()
        self.flush_model()

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
        return {"next_contact_date": min(contacts, default=False)}
