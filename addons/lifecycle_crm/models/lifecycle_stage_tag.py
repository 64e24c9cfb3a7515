"""Tags of stages: what lists, limits, feeds and mailings can select by."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .res_company_preset import name_in_all_languages


class LifecycleStage(models.Model):
    _inherit = "lifecycle.stage"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: each stage has a tag of its own.
        stages = super().create(vals_list)
        stages._ensure_tags()
        return stages

    def write(self, vals):
        # OVERRIDE: the tag is called as the stage, in each language.
        result = super().write(vals)
        if "name" in vals:
            for stage in self.filtered("tag_id"):
                stage.tag_id.sudo().name = stage.name  # whoever renames stages need not manage tags
        return result

    def _ensure_tags(self):
        for company, stages in self.filtered(lambda stage: not stage.tag_id).grouped("company_id").items():
            parent = company._lifecycle_ensure_parent_tag()
            for stage in stages.sudo():  # tags are the server's
                stage.tag_id = (
                    self.env["res.partner.category"]
                    .sudo()
                    .create(  # likewise
                        {"name": stage.name, "parent_id": parent.id, "color": stage.color}
                    )
                )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _lifecycle_ensure_parent_tag(self):
        """The tag above those of the company's stages."""
        self.ensure_one()
        tag = (
            self.env["lifecycle.stage"].sudo().search([("company_id", "=", self.id), ("tag_id", "!=", False)], limit=1)
        )
        if tag.tag_id.parent_id:
            return tag.tag_id.parent_id
        parent = self.env["res.partner.category"].sudo().create({"name": self.name})  # tags are the server's
        name_in_all_languages(
            parent, lambda env: {"": {"name": env._("Lifecycle (%(company)s)", company=self.name)}}, key=lambda tag: ""
        )
        return parent


class ResPartnerCategory(models.Model):
    _inherit = "res.partner.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_stages(self):
        stages = self.env["lifecycle.stage"].sudo().search([("tag_id", "child_of", self.ids)], limit=1)  # to say which
        if stages:
            raise UserError(
                self.env._("This tag is that of the stage “%(stage)s” and is kept by itself.", stage=stages.name)
            )


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    @api.model
    def _after_refresh(self, company, transitions):
        # OVERRIDE: whoever moved has another tag.
        result = super()._after_refresh(company, transitions)
        if transitions:
            self._keep_tags(company, transitions.partner_id)
        return result

    @api.model
    def _sweep(self, company):
        # OVERRIDE: a tag that somebody took away by hand comes back.
        result = super()._sweep(company)
        self._keep_tags(company)
        return result

    @api.model
    def _keep_tags(self, company, partners=None):
        """Each customer of a company has the tag of his stage and no other of its stages; others are not touched.

        The commercial partner has it, and whatever selects by tag finds him and, where it wants them, his contacts.

        :param partners: those to look at; None: all
        """
        self.flush_model()
        among = SQL("AND status.partner_id = ANY(%s)", partners.ids) if partners is not None else SQL()
        tagged = SQL("AND held.partner_id = ANY(%s)", partners.ids) if partners is not None else SQL()
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM res_partner_res_partner_category_rel held
                 USING lifecycle_stage other
                 WHERE other.company_id = %(company)s AND held.category_id = other.tag_id %(tagged)s
                   AND NOT EXISTS (SELECT FROM lifecycle_status status
                                     JOIN lifecycle_stage stage ON stage.id = status.stage_id
                                    WHERE status.partner_id = held.partner_id AND status.company_id = %(company)s
                                      AND stage.tag_id = held.category_id)
                """,
                company=company.id,
                tagged=tagged,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO res_partner_res_partner_category_rel (partner_id, category_id)
                SELECT status.partner_id, stage.tag_id
                  FROM lifecycle_status status
                  JOIN lifecycle_stage stage ON stage.id = status.stage_id
                 WHERE status.company_id = %(company)s AND stage.tag_id IS NOT NULL %(among)s
                   AND NOT EXISTS (SELECT FROM res_partner_res_partner_category_rel held
                                    WHERE held.partner_id = status.partner_id AND held.category_id = stage.tag_id)
                """,
                company=company.id,
                among=among,
            )
        )
        self.env["res.partner"].invalidate_model(["category_id"])
        self.env["res.partner.category"].invalidate_model(["partner_ids"])
