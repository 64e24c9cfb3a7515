"""Which products are in a feed."""

from odoo import SUPERUSER_ID, models
from odoo.fields import Domain
from odoo.tools import SQL


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _in_own_terms(self):
        """The feed in its own language and company, with nothing of whoever asks: all get the same file."""
        feed = self.sudo()  # whose feed it is decides, not who asks; what goes out is limited by domain and whitelist
        feed.ensure_one()
        context = {"lang": feed.lang_id.code, "allowed_company_ids": feed.company_id.ids}
        return feed.with_env(feed.env(user=SUPERUSER_ID, su=True, context=context))

    def _get_product_domain(self):
        """The products that may be in the feed; as no record rule holds for the server, it says all itself. A hook.

        *Published* means for everybody to see, in a shop elsewhere as on a website of ours.
        """
        self.ensure_one()
        parts = [
            Domain("active", "=", True),
            Domain("product_tmpl_id.active", "=", True),
            Domain("sale_ok", "=", True),
            Domain("is_published", "=", True),
            Domain("feed_is_excluded", "=", False),
            Domain("type", "in", ("consu", "combo")),  # as in core's own feed: channels are for goods
            Domain("company_id", "in", (False, self.company_id.id)),
            self._get_tag_domain(),
        ]
        if self.shop == "website":
            parts.append(Domain("website_id", "in", (False, self.website_id.id)))
        if self.public_category_ids:
            parts.append(Domain("public_categ_ids", "child_of", self.public_category_ids.ids))
        if self.excluded_category_ids:
            parts.append(~Domain("public_categ_ids", "child_of", self.excluded_category_ids.ids))
        return Domain.AND(parts)

    def _get_tag_domain(self):
        """Tags of a product are its own and those of the whole."""

        def tagged(tags):
            own = Domain("product_tmpl_id.product_tag_ids", "in", tags.ids)
            return own | Domain("additional_product_tag_ids", "in", tags.ids)

        domain = tagged(self.tag_ids) if self.tag_ids else Domain.TRUE
        return domain & ~tagged(self.excluded_tag_ids) if self.excluded_tag_ids else domain

    def _select_products(self, domain=Domain.TRUE):
        """The products of the feed as a query for their ids.

        :param domain: which of them are asked about; where one variant stands for a product, of whole products
        :rtype: SQL
        """
        self.ensure_one()
        query = self.env["product.product"]._search(self._get_product_domain() & domain, order="id")
        if self.variants == "all":
            return query.select()
        return SQL(
            "SELECT MIN(id) AS id FROM product_product WHERE id IN (%s) GROUP BY product_tmpl_id", query.select()
        )

    def _get_offered(self, products):
        """Those of some products that are in the feed now."""
        self.ensure_one()
        whole = Domain("product_tmpl_id", "in", products.product_tmpl_id.ids)
        domain = Domain("id", "in", products.ids) if self.variants == "all" else whole
        rows = self.env.execute_query(self._select_products(domain))
        return products.browse(product_id for (product_id,) in rows) & products
