"""In which feeds a product is, and what is wrong there."""

from odoo import fields, models

GROUP = "shop_feed.group_feed_user"


class ProductTemplate(models.Model):
    _inherit = "product.template"

    feed_item_ids = fields.Many2many(
        "shop.feed.item", string="In Feeds", compute="_compute_feed_items", groups=GROUP, compute_sudo=False
    )
    feed_issue_ids = fields.Many2many(
        "shop.feed.issue", string="Problems in Feeds", compute="_compute_feed_items", groups=GROUP, compute_sudo=False
    )

    def _compute_feed_items(self):
        found = self.env["shop.feed.item"].search([("product_id.product_tmpl_id", "in", self.ids)])
        by_template = found.grouped("product_tmpl_id")
        for template in self:
            template.feed_item_ids = by_template.get(template._origin, found.browse())
            template.feed_issue_ids = template.feed_item_ids.issue_ids


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_feed_mended(self):
        """What mends a problem was saved: have it built without waiting for the next round."""
        self.check_access("read")
        return self.env["shop.feed"]._get_mended_action()


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    def action_feed_mended(self):
        """What mends a problem was saved: have it built without waiting for the next round."""
        self.check_access("read")
        return self.env["shop.feed"]._get_mended_action()
