"""Notes of what has changed: nothing is built, looked for or waited for while somebody sells, receives goods or writes.

A note names a record. Which items that concerns is asked later, once for many notes, by :meth:`ShopFeedMark._take`.
Notes are only ever added, by whoever changes something, and deleted, by whoever has dealt with them; so a change that
is made while an item is being built is not lost, and a checkout never waits for a build.
"""

from odoo import api, fields, models
from odoo.tools import SQL

ASSEMBLY = "assembly"  # an item is gone for good: nothing is to be built, but the file is another one


class ShopFeedMark(models.Model):
    """A record that has changed since its items were built."""

    _name = "shop.feed.mark"
    _description = "Change that Feeds Have to Follow"
    _log_access = False
    _rec_name = "kind"

    kind = fields.Char(required=True, readonly=True, help="Model of the record.")
    res_id = fields.Integer(string="Record", required=True, readonly=True, aggregator=None)

    # === WRITE === #

    @api.model
    def _add(self, records):
        """Note that records have changed, or are about to go.

        :param records: of a model of :meth:`_get_conditions`
        """
        if not records.ids:
            return
        self.env.cr.execute(
            SQL(
                """INSERT INTO shop_feed_mark (kind, res_id)
                   SELECT %s, unnest(%s::int[]) WHERE EXISTS (SELECT FROM shop_feed WHERE active)""",
                records._name,
                records.ids,
            )
        )
        if records._name.startswith("shop.feed"):
            # whoever sets a feed up waits for it, and need not have rights on what the server does
            action = self.env.ref("shop_feed.ir_cron_feed_refresh", raise_if_not_found=False)
            if action:  # not yet while the addon is being installed
                action.sudo()._trigger()

    @api.model
    def _add_concerned(self, records):
        """Note what records concern now, which nothing will tell once they are gone, or concern others.

        :param records: of a model of :data:`PRODUCT_QUERIES` or :data:`FEED_QUERIES`; of others nothing is to be done
        """
        if not records.ids:
            return
        if query := FEED_QUERIES.get(records._name):
            self.env.flush_all()
            self._insert("shop.feed", SQL(query, records._ids))
        elif query := PRODUCT_QUERIES.get(records._name):
            self.env.flush_all()
            items = SQL("SELECT product_id FROM shop_feed_item WHERE product_id IN (%s)", SQL(query, records._ids))
            self._insert("product.product", items)

    @api.model
    def _insert(self, kind, query):
        """Note each of the records once, without reading them into Python.

        :param SQL query: for ids of records
        """
        self.env.cr.execute(
            SQL("INSERT INTO shop_feed_mark (kind, res_id) SELECT %s, id FROM (%s) found(id) GROUP BY id", kind, query)
        )

    @api.model
    def _add_gone(self, products):
        """Note that products go for good: their feeds are to be put together without them."""
        if products.ids:
            self._insert(ASSEMBLY, SQL("SELECT feed_id FROM shop_feed_item WHERE product_id IN %s", products._ids))

    # === READ === #

    @api.model
    def _take(self):
        """Have the items built that notes concern, and delete these notes.

        Items that are to be built already are written again: if another worker has built one meanwhile, on what he
        saw, this is refused by PostgreSQL and the notes stay.
        """
        self.env.flush_all()
        taken = {}
        for mark_id, kind, res_id in self.env.execute_query(
            SQL("SELECT id, kind, res_id FROM shop_feed_mark ORDER BY id FOR UPDATE SKIP LOCKED")
        ):
            taken.setdefault(kind, {})[mark_id] = res_id
        conditions = self._get_conditions()
        for kind, marks in taken.items():
            ids = tuple(set(marks.values()))
            if kind == ASSEMBLY:
                self.env["shop.feed"].browse(ids).exists()._count_change()
            elif kind in conditions:
                self._set_dirty(conditions[kind](ids), is_reshaped=kind.startswith("shop.feed"))
            self.env.cr.execute(SQL("DELETE FROM shop_feed_mark WHERE id IN %s", tuple(marks)))
        if taken:
            self.env["shop.feed.item"].invalidate_model(["is_dirty", "content_hash"])

    @api.model
    def _set_dirty(self, condition, *, is_reshaped=False):
        """Have items built anew; of those that are reshaped even what turns out the same is written.

        :param SQL condition: on ``item``
        :param bool is_reshaped: whether an item may be another one though it says the same
        """
        self.env.cr.execute(
            SQL(
                "UPDATE shop_feed_item item SET is_dirty = TRUE%s WHERE %s",
                SQL(", content_hash = NULL") if is_reshaped else SQL(),
                condition,
            )
        )

    # === WHOM IT CONCERNS === #

    @api.model
    def _get_conditions(self):
        """For each kind of note which items it concerns: functions of ids that give a condition on ``item``; a hook.

        :rtype: dict[str, Callable[[tuple], SQL]]
        """
        return {
            "product.product": lambda ids: SQL("item.product_id IN %s", ids),
            **{kind: _of_products(query) for kind, query in PRODUCT_QUERIES.items()},
            **{kind: _of_feeds(query) for kind, query in FEED_QUERIES.items()},
            "product.pricelist": self._of_pricelists,
            "res.currency.rate": lambda _ids: SQL("TRUE"),
            "stock.location": lambda _ids: SQL("TRUE"),
            "delivery.carrier": lambda _ids: SQL("TRUE"),
            "payment.provider": lambda _ids: SQL("TRUE"),
            "ir.config_parameter": lambda _ids: SQL("TRUE"),
        }

    @api.model
    def _of_pricelists(self, ids):
        """Feeds of lists, and of those that take prices or quantity discounts from them."""
        bases = self.env["product.pricelist"].sudo()._get_bases()  # every list's, whoever runs it
        concerned, waiting = set(), set(ids)
        while waiting:
            concerned |= waiting
            waiting = {each for each, below in bases.items() if below & waiting} - concerned
        return _of_feeds("SELECT id FROM shop_feed WHERE pricelist_id IN %s")(tuple(concerned))


# Ids of products by the ids of what has changed.
PRODUCT_QUERIES = {
    "product.template": "SELECT id FROM product_product WHERE product_tmpl_id IN %s",
    "product.attribute": """
        SELECT product.id FROM product_product product
          JOIN product_template_attribute_value value ON value.product_tmpl_id = product.product_tmpl_id
         WHERE value.attribute_id IN %s""",
    "product.attribute.value": """
        SELECT product.id FROM product_product product
          JOIN product_template_attribute_value value ON value.product_tmpl_id = product.product_tmpl_id
         WHERE value.product_attribute_value_id IN %s""",
    "product.category": """
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
          JOIN product_category category ON category.id = template.categ_id
          JOIN product_category above ON category.parent_path LIKE above.parent_path || '%%'
         WHERE above.id IN %s""",
    "product.public.category": """
        SELECT product.id FROM product_product product
          JOIN product_public_category_product_template_rel rel ON rel.product_template_id = product.product_tmpl_id
          JOIN product_public_category category ON category.id = rel.product_public_category_id
          JOIN product_public_category above ON category.parent_path LIKE above.parent_path || '%%'
         WHERE above.id IN %s""",
    "product.tag": """
        SELECT product_id FROM (
            SELECT product.id AS product_id, rel.product_tag_id AS tag_id FROM product_product product
              JOIN product_tag_product_template_rel rel ON rel.product_template_id = product.product_tmpl_id
         UNION ALL
            SELECT product_product_id, product_tag_id FROM product_tag_product_product_rel
          ) tagged WHERE tag_id IN %s""",
    "product.ribbon": """
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE COALESCE(product.variant_ribbon_id, template.website_ribbon_id) IN %s""",
    "uom.uom": """
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE template.uom_id IN %s""",
    "shop.feed.taxonomy": """
        SELECT product.id FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
     LEFT JOIN product_public_category_product_template_rel rel ON rel.product_template_id = template.id
     LEFT JOIN product_public_category category ON category.id = rel.product_public_category_id
     LEFT JOIN product_public_category above ON category.parent_path LIKE above.parent_path || '%%'
          JOIN shop_feed_taxonomy taxonomy ON taxonomy.id IN (template.feed_taxonomy_id, above.feed_taxonomy_id,
               template.feed_facebook_taxonomy_id, above.feed_facebook_taxonomy_id)
         WHERE taxonomy.id IN %s""",
    "website.base.unit": "SELECT id FROM product_product WHERE base_unit_id IN %s",
}
# Ids of feeds likewise: all of their items.
FEED_QUERIES = {
    "shop.feed": "SELECT id FROM shop_feed WHERE id IN %s",
    "shop.feed.channel": "SELECT id FROM shop_feed WHERE channel_id IN %s",
    "website": "SELECT id FROM shop_feed WHERE website_id IN %s",
    "res.company": "SELECT id FROM shop_feed WHERE company_id IN %s",
    "res.lang": "SELECT id FROM shop_feed WHERE lang_id IN %s",
    "res.currency": """
        SELECT feed.id FROM shop_feed feed JOIN product_pricelist list ON list.id = feed.pricelist_id
         WHERE list.currency_id IN %s""",
    "account.tax": """
        SELECT feed.id FROM shop_feed feed JOIN res_company company ON company.id = feed.company_id
          JOIN account_tax tax ON '/' || company.parent_path LIKE '%%/' || tax.company_id || '/%%'
         WHERE tax.id IN %s""",
    "account.fiscal.position": "SELECT id FROM shop_feed WHERE fiscal_position_id IN %s",
    "utm.source": "SELECT id FROM shop_feed WHERE utm_source_id IN %s",
    "utm.medium": "SELECT id FROM shop_feed WHERE utm_medium_id IN %s",
    "utm.campaign": "SELECT id FROM shop_feed WHERE utm_campaign_id IN %s",
}


def _of_products(query):
    return lambda ids: SQL("item.product_id IN (%s)", SQL(query, ids))


def _of_feeds(query):
    return lambda ids: SQL("item.feed_id IN (%s)", SQL(query, ids))
