"""What the customer bought before: lines to begin a quick quote with, and the prices that he paid last."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

USUAL = 20
USUAL_MONTHS = 24


class QuoteQuick(models.AbstractModel):
    _inherit = "quote.quick"

    # === CALLS OF THE SCREEN === #

    @api.model
    def get_last_order_lines(self, partner_id, opportunity_id=False):
        """The products and quantities of the customer's last order, at today's prices.

        :return: see :meth:`_start_with`
        """
        order = self._get_last_order(self._get_partner(partner_id))
        sold = order.order_line.filtered(
            lambda line: line.product_id.sale_ok
            and line.product_id.active
            and not line.display_type
            and not line.is_downpayment
            and not line.free_goods
            and line.price_subtotal > 0
            and line.product_type != "combo"
            and not line.combo_item_id
        )
        quantities = [(line.product_id, line.product_uom_qty, line.product_uom_id) for line in sold]
        return self._start_with(partner_id, opportunity_id, quantities)

    @api.model
    def get_usual_lines(self, partner_id, opportunity_id=False):
        """The products that the customer orders most often, each in the quantity that he ordered last.

        :return: see :meth:`_start_with`
        """
        partner = self._get_partner(partner_id)
        since = fields.Datetime.now() - relativedelta(months=USUAL_MONTHS)
        sold = self._get_sold_query(partner, Domain("order_id.date_order", ">=", since))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.product_id,
                       (array_agg(line.product_uom_qty ORDER BY quote.date_order DESC, line.id DESC))[1],
                       (array_agg(line.product_uom_id ORDER BY quote.date_order DESC, line.id DESC))[1]
                  FROM sale_order_line line
                  JOIN sale_order quote ON quote.id = line.order_id
                 WHERE line.id IN %(sold)s
              GROUP BY line.product_id
              ORDER BY count(DISTINCT line.order_id) DESC, max(quote.date_order) DESC, line.product_id
                 LIMIT %(most)s
                """,
                sold=sold.subselect(),
                most=USUAL,
            )
        )
        products = self.env["product.product"].browse(row[0] for row in rows).filtered_domain(self._get_domain())
        units = self.env["uom.uom"]
        quantities = [
            (product, quantity, units.browse(uom_id))
            for product_id, quantity, uom_id in rows
            if (product := products.browse(product_id)) in products
        ]
        return self._start_with(partner_id, opportunity_id, quantities)

    @api.model
    def _start_with(self, partner_id, opportunity_id, quantities):
        """Lines to begin the quote with.

        :param quantities: triples of product, quantity and unit
        :return: ``lines``: list of ``{"product_id", "quantity", "uom_id", "product"}``, products as the grid has them
        """
        products = self.env["product.product"].union(*(product for product, _quantity, _uom in quantities))
        order = self._new_order(partner_id, opportunity_id)
        described = {product["id"]: product for product in self._describe_products(order, products)}
        return {
            "lines": [
                {
                    "product_id": product.id,
                    "quantity": quantity,
                    "uom_id": uom.id,
                    "product": {**described[product.id], "uom": uom.name},
                }
                for product, quantity, uom in quantities
            ]
        }

    # === WHAT THE CUSTOMER BOUGHT === #

    @api.model
    def _get_sold_query(self, partner, domain=Domain.TRUE):
        """The confirmed lines that the customer's company paid for and the user may read, as a query of ids."""
        commercial = partner.commercial_partner_id
        domain &= (
            Domain("state", "=", "sale")
            & Domain("order_id.partner_id", "child_of", commercial.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
            & Domain("free_goods", "=", False)
            & Domain("price_subtotal", ">", 0)
            & Domain("product_id", "!=", False)
        )
        lines = self.env["sale.order.line"]
        lines.flush_model(["product_id", "product_uom_qty", "product_uom_id", "order_id"])
        self.env["sale.order"].flush_model(["date_order"])
        return lines._search(domain)

    @api.model
    def _get_last_prices(self, partner, products):
        """What the customer paid last for each product: one query for the page, one for the lines found.

        :return: ``{"price", "discount", "date"}`` as text by product id
        :rtype: dict[int, dict]
        """
        if not products:
            return {}
        sold = self._get_sold_query(partner, Domain("product_id", "in", products.ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (line.product_id) line.id
                  FROM sale_order_line line
                  JOIN sale_order quote ON quote.id = line.order_id
                 WHERE line.id IN %(sold)s
              ORDER BY line.product_id, quote.date_order DESC, line.id DESC
                """,
                sold=sold.subselect(),
            )
        )
        lines = self.env["sale.order.line"].browse(row[0] for row in rows)
        return {line.product_id.id: self._describe_last_price(line) for line in lines}

    @api.model
    def _describe_last_price(self, line):
        price = line.product_uom_id._compute_price(line.net_price, line.product_id.uom_id)
        return {
            "price": self._format_price(price, line.currency_id),
            "discount": line.discount_text or "",
            "date": format_date(self.env, line.order_id.date_order),
        }

    @api.model
    def _get_last_order(self, partner):
        domain = Domain("state", "=", "sale") & Domain("partner_id", "child_of", partner.commercial_partner_id.id)
        domain &= Domain("company_id", "=", self.env.company.id)
        return self.env["sale.order"].search(domain, order="date_order desc, id desc", limit=1)
