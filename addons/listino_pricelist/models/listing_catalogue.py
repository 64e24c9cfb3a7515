"""The current prices of a document, to leaf through: only the products of a page are priced."""

from odoo.fields import Domain
from odoo.tools import escape_psql

from ..layout.catalogue import Catalogue, words_of
from ..layout.listing import IMAGE

SEARCHED_FIELDS = ("name", "default_code", "barcode", "product_template_variant_value_ids.name")
MOST_DOUBTFUL = 2000  # products of sales price zero, priced to know whether they have a price at all


class LiveCatalogue(Catalogue):
    """The catalogue over a :class:`.listing_builder.ListingBuilder`: the order of all products, the prices of a few.

    :param builder: the builder of the document; its pictures are left out
    :param str search: words that a product has to have, all of them
    """

    def __init__(self, builder, search=""):
        self._builder = builder
        builder.columns = [column for column in builder.columns if column.kind != IMAGE]
        plan, groups = builder.outline(self._get_search_domain(search))
        super().__init__(plan, self._with_price(groups))

    @staticmethod
    def _get_search_domain(search):
        return Domain.AND(
            Domain.OR(Domain(name, "ilike", escape_psql(word)) for name in SEARCHED_FIELDS) for word in words_of(search)
        )

    def _with_price(self, groups):
        """Without the products that the document leaves out for having no price, so that the counts are right.

        A sales price of zero is what makes one doubtful; a rule may still give it a price, so those few are priced.
        """
        document = self._builder.document
        if not document.only_priced:
            return groups
        domain = document._get_product_domain() & Domain("product_tmpl_id.list_price", "=", 0)
        doubtful_ids = set(document.env["product.product"].search(domain, limit=MOST_DOUBTFUL)._ids)
        doubtful = [group for group in groups if not doubtful_ids.isdisjoint(group[1])]
        priced_ids = {variant_id for _category, row in self._builder.rows(doubtful) for variant_id in row.variant_ids}
        without = {ids[0] for _category_id, ids in doubtful if priced_ids.isdisjoint(ids)}
        return [group for group in groups if group[1][0] not in without]

    def _products(self, row):
        return row

    def _lay_out(self, rows):
        return self._builder.lay_out(self._plan, rows)
