"""The products of a quick quote, page by page, at the customer's own prices."""

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools.sql import escape_psql

from odoo.addons.listino_pricelist.models.price_facts import ids_of_path

from .quick_quote import PAGE

MOST_WORDS = 8
MOST_EXACT = 10  # on top of the first page


class QuoteQuick(models.AbstractModel):
    _inherit = "quote.quick"

    @api.model
    def _get_domain(self, search="", category_id=False):
        """The products that can be quoted; hook."""
        domain = Domain("active", "=", True) & Domain("sale_ok", "=", True) & Domain("type", "!=", "combo")
        domain &= Domain(self.env["product.product"]._check_company_domain(self.env.company))
        if category_id:
            domain &= Domain("categ_id", "child_of", int(category_id))
        for word in map(escape_psql, (search or "").split()[:MOST_WORDS]):
            domain &= (
                Domain("name", "ilike", word) | Domain("default_code", "ilike", word) | Domain("barcode", "ilike", word)
            )
        return domain

    @api.model
    def _get_page(self, order, *, search="", category_id=False, offset=0):
        """Those of exactly that code or barcode first, then the others in the order of products."""
        Product = self.env["product.product"].with_context(lang=self.env.user.lang)
        domain = self._get_domain(search, category_id)
        offset = max(int(offset), 0)
        exact = self._find_exact(Product, domain, search)
        products = exact[offset:]
        others = domain & Domain("id", "not in", exact.ids)
        products += Product.search(others, limit=PAGE - len(products), offset=max(offset - len(exact), 0))
        total = offset + len(products) if len(products) < PAGE else Product.search_count(domain)
        return {"products": self._describe_products(order, products), "total": total, "offset": offset}

    @api.model
    def _find_exact(self, products, domain, search):
        word = (search or "").strip()
        if not word:
            return products
        is_exact = Domain("barcode", "=", word) | Domain("default_code", "=ilike", escape_psql(word))
        return products.search(domain & is_exact, limit=MOST_EXACT)

    @api.model
    def _get_categories(self):
        """Categories with something to quote, for the filter: list of pairs of id and name."""
        groups = self.env["product.product"]._read_group(self._get_domain(), ["categ_id"])
        categories = self.env["product.category"].union(*(category for (category,) in groups))
        parents = {parent for category in categories for parent in ids_of_path(category.parent_path or "")}
        every = categories.browse(parents).sorted("complete_name")
        return [[category.id, category.complete_name] for category in every]

    @api.model
    def _describe_products(self, order, products):
        """The products as the grid shows them: each priced as a line of one unit of this order."""
        lines = self._get_unit_lines(order, products)
        last = self._get_last_prices(order.partner_id, products)
        return [
            {
                "id": product.id,
                "code": product.default_code or "",
                "name": product.with_context(display_default_code=False).display_name,
                "uom": product.uom_id.name,
                **self._describe_price(line),
                "last": last.get(product.id),
            }
            for product, line in zip(products, lines, strict=True)
        ]

    @api.model
    def _get_unit_lines(self, order, products):
        """A line of one unit of each product on a copy of the order in memory; empty where there is no product."""
        vals = {name: order[name].id for name in ("partner_id", "company_id", "opportunity_id") if order[name]}
        lines = [Command.create({"product_id": product.id, "product_uom_qty": 1.0}) for product in products]
        return self.env["sale.order"].new({**vals, "order_line": lines}).order_line
