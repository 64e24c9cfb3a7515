"""Categories and tags by which feeds are limited: without its last one a feed would be of all products."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ProductPublicCategory(models.Model):
    _inherit = "product.public.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_limiting_feeds(self):
        """What is below goes along by PostgreSQL's hand."""
        below = Domain("public_category_ids", "child_of", self.ids)
        self.env["shop.feed"]._refuse_loss(below | Domain("excluded_category_ids", "child_of", self.ids))


class ProductTag(models.Model):
    _inherit = "product.tag"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_limiting_feeds(self):
        self.env["shop.feed"]._refuse_loss(
            Domain("tag_ids", "in", self.ids) | Domain("excluded_tag_ids", "in", self.ids)
        )


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    @api.model
    def _refuse_loss(self, domain):
        """Feeds that would be others without what is to be deleted."""
        feeds = self.sudo().with_context(active_test=False)  # whoever tidies up need not see feeds
        if feed := feeds.search(domain, limit=1):
            raise UserError(
                self.env._(
                    "The products of the feed %(feed)s are limited by this. Change the feed first: otherwise it would "
                    "have other products.",
                    feed=feed.name,
                )
            )
