"""Tags of stages: what lists, limits, feeds and mailings can select by."""

from odoo import api, models
from odoo.exceptions import UserError

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
