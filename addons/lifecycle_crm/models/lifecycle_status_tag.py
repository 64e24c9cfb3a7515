"""Customers carry the tag of their stage."""

from odoo import api, models
from odoo.tools import SQL


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _after_refresh(self, company, partners):
        # OVERRIDE: whoever moved has another tag, and one that somebody took away by hand comes back.
        result = super()._after_refresh(company, partners)
        self._keep_tags(company, partners)
        return result

    @api.model
    def _keep_tags(self, company, partners=None):
        """Each customer of a company has the tag of his stage and no other of its stages; others are not touched.

        The commercial partner has it, and whatever selects by tag finds him and, where it wants them, his contacts.

        :param partners: those to look at; None: all
        """
        self.flush_model()
        looked_at = SQL("AND partner_id IN (SELECT unnest(%s))", partners.ids) if partners is not None else SQL()
        self._take_tags(company, looked_at)
        self._give_tags(company, looked_at)
        self.env["res.partner"].invalidate_model(["category_id"])
        self.env["res.partner.category"].invalidate_model(["partner_ids"])

    @api.model
    def _take_tags(self, company, looked_at):
        """Nobody keeps the tag of a stage that is not his."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM res_partner_res_partner_category_rel held
                 USING lifecycle_stage other
                 WHERE other.company_id = %(company)s AND held.category_id = other.tag_id %(looked_at)s
                   AND NOT EXISTS (SELECT FROM lifecycle_status status
                                     JOIN lifecycle_stage stage ON stage.id = status.stage_id
                                    WHERE status.partner_id = held.partner_id AND status.company_id = %(company)s
                                      AND stage.tag_id = held.category_id)
                """,
                company=company.id,
                looked_at=looked_at,
            )
        )

    @api.model
    def _give_tags(self, company, looked_at):
        """Everybody has the tag of his stage."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
                SELECT status.partner_id, stage.tag_id
                  FROM lifecycle_status status
                  JOIN lifecycle_stage stage ON stage.id = status.stage_id
                 WHERE status.company_id = %(company)s AND stage.tag_id IS NOT NULL %(looked_at)s
                    ON CONFLICT DO NOTHING
                """,
                company=company.id,
                looked_at=looked_at,
            )
        )
