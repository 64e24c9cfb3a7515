"""Quotes typed at the telephone: a page of products at the customer's own prices, a total as it will be, one call to
write the quote.

Every figure comes from an order that is built in memory by the fields of ``sale.order`` themselves, so what the screen
shows is what the quote then says, to the cent. All methods run with the rights of whoever asks.
"""

import math

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL, format_date, formatLang

from ..cascade.steps import CascadeError

PAGE = 80
MOST_LINES = 500
MOST_WORDS = 8
USUAL = 20
USUAL_MONTHS = 24
LARGEST_QUANTITY = 1e9
MOST_DECIMALS = 4
NO_LIMIT = 100.0


class QuoteQuick(models.AbstractModel):
    """The server's half of the quick quote screen."""

    _name = "quote.quick"
    _description = "Quick Quote"

    # === CALLS OF THE SCREEN === #

    @api.model
    def _open(self, **params):
        """The action that opens the screen for a customer or an opportunity."""
        action = self.env["ir.actions.client"]._for_xml_id("quote_discounts.quick_quote_action")
        return {**action, "params": params}

    @api.model
    def open_quote(self, partner_id, opportunity_id=False):
        """What the screen opens with: the head of the quote, the categories and the first page of products.

        :rtype: dict
        """
        order = self._new_order(partner_id, opportunity_id)
        return {
            "partner": {"id": order.partner_id.id, "name": order.partner_id.display_name},
            "opportunity": order.opportunity_id.display_name if order.opportunity_id else "",
            "pricelist": order.pricelist_id.display_name or "",
            "categories": self._get_categories(),
            "page": self._get_page(order),
            "totals": self._describe_totals(order),
            "has_history": bool(self._get_last_order(order.partner_id)),
        }

    @api.model
    def get_products(self, partner_id, opportunity_id=False, *, search="", category_id=False, offset=0):
        """A page of products with the customer's prices.

        :param str search: words that all have to be in name, code or barcode
        :return: ``products``: list of dictionaries; ``total``: how many there are; ``offset``
        :rtype: dict
        """
        order = self._new_order(partner_id, opportunity_id)
        return self._get_page(order, search=search, category_id=category_id, offset=offset)

    @api.model
    def compute_quote(self, partner_id, opportunity_id, lines):
        """What the lines and the quote would come to.

        :param lines: list of ``{"product_id", "quantity", "discount", "uom_id"}``
        :return: ``lines``: what each comes to, with ``error`` where it can't be written so; ``totals``
        :rtype: dict
        """
        errors = [self._find_error(line) for line in self._read_lines(lines)]
        good = [line for line, error in zip(lines, errors, strict=True) if not error]
        order = self._new_order(partner_id, opportunity_id, good)
        described = iter(self._describe_line(line) for line in order.order_line)
        return {
            "lines": [{"error": error} if error else next(described) for error in errors],
            "totals": self._describe_totals(order),
        }

    @api.model
    def create_quote(self, partner_id, opportunity_id, lines):
        """Write the quote.

        :return: id of the draft order
        :rtype: int
        :raise UserError: where there is no line, or one can't be written so
        """
        lines = self._read_lines(lines)
        if not lines:
            raise UserError(self.env._("Add a product first: search it, then press Enter."))
        for line in lines:
            if error := self._find_error(line):
                raise UserError(error)
        return self.env["sale.order"].create(self._prepare_order_vals(partner_id, opportunity_id, lines)).id

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
            and line.product_uom_qty > 0
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

    # === THE ORDER IN MEMORY === #

    @api.model
    def _new_order(self, partner_id, opportunity_id, lines=()):
        """An order that is written nowhere, with the figures that it would have.

        Its lines look for no analytic distribution: it has no say in the figures, and costs a query a line.
        """
        self.env["sale.order"].check_access("create")
        vals = self._prepare_order_vals(partner_id, opportunity_id, self._read_lines(lines))
        for _command, _id, line in vals["order_line"]:
            line["analytic_distribution"] = False
        return self.env["sale.order"].new(vals)

    @api.model
    def _prepare_order_vals(self, partner_id, opportunity_id, lines):
        """Values of the quote; those of an opportunity as its own button gives them."""
        partner = self._get_partner(partner_id)
        vals = {"company_id": self.env.company.id}
        if lead := self._get_opportunity(opportunity_id, partner):
            defaults = lead._prepare_opportunity_quotation_context()
            vals |= {name.removeprefix("default_"): value for name, value in defaults.items()}
        vals["partner_id"] = partner.id
        vals["order_line"] = [Command.create(self._prepare_line_vals(line)) for line in lines]
        return vals

    @api.model
    def _prepare_line_vals(self, line):
        vals = {"product_id": line["product_id"], "product_uom_qty": line["quantity"]}
        if line["uom_id"]:
            vals["product_uom_id"] = line["uom_id"]
        if line["discount"]:
            vals["discount_text"] = line["discount"]
        return vals

    @api.model
    def _get_partner(self, partner_id):
        partner = self.env["res.partner"].browse(partner_id if isinstance(partner_id, int) else ()).exists()
        if not partner:
            raise UserError(self.env._("Choose the customer first."))
        partner.check_access("read")
        return partner

    @api.model
    def _get_opportunity(self, opportunity_id, partner):
        """The opportunity, if it is still there and this customer's."""
        lead = self.env["crm.lead"].browse(opportunity_id if isinstance(opportunity_id, int) else ()).exists()
        if lead:
            lead.check_access("read")
            if lead.partner_id and lead.partner_id.commercial_partner_id != partner.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "The opportunity %(opportunity)s belongs to another customer. Open the quick quote from it "
                        "again.",
                        opportunity=lead.display_name,
                    )
                )
        return lead

    # === WHAT THE SCREEN SENDS === #

    @api.model
    def _read_lines(self, lines):
        """The lines as sent, in one shape.

        :raise UserError: where there are more than a screen can have made
        """
        if len(lines) > MOST_LINES:
            raise UserError(self.env._("A quick quote takes up to %(most)s lines.", most=MOST_LINES))
        return [
            {
                "product_id": int(line["product_id"]),
                "quantity": line.get("quantity"),
                "discount": (line.get("discount") or "").strip(),
                "uom_id": int(line.get("uom_id") or 0),
            }
            for line in lines
        ]

    @api.model
    def _find_error(self, line):
        """What is wrong with a line as typed, or nothing."""
        quantity = line["quantity"]
        is_number = isinstance(quantity, (int, float)) and not isinstance(quantity, bool) and math.isfinite(quantity)
        if not is_number or not 0 < quantity <= LARGEST_QUANTITY:
            return self.env._("Type a quantity above zero.")
        try:
            self.env["sale.order.line"]._read_discount_text(line["discount"])
        except CascadeError as error:
            return self.env["sale.order.line"]._explain_cascade_error(error)
        return ""

    # === PRODUCTS === #

    @api.model
    def _get_domain(self, search="", category_id=False):
        """The products that can be quoted; hook."""
        domain = Domain("sale_ok", "=", True) & Domain("type", "!=", "combo")
        domain &= Domain(self.env["product.product"]._check_company_domain(self.env.company))
        if category_id:
            domain &= Domain("categ_id", "child_of", int(category_id))
        for word in (search or "").split()[:MOST_WORDS]:
            domain &= (
                Domain("name", "ilike", word) | Domain("default_code", "ilike", word) | Domain("barcode", "ilike", word)
            )
        return domain

    @api.model
    def _get_page(self, order, *, search="", category_id=False, offset=0):
        Product = self.env["product.product"].with_context(lang=self.env.user.lang)
        domain = self._get_domain(search, category_id)
        exact = Product
        if search and not offset:
            word = search.strip()
            exact = Product.search(domain & (Domain("barcode", "=", word) | Domain("default_code", "=ilike", word)))
        found = Product.search(domain, limit=PAGE, offset=max(int(offset), 0))
        products = (exact + (found - exact))[:PAGE]
        total = offset + len(found) if len(found) < PAGE else Product.search_count(domain)
        return {"products": self._describe_products(order, products), "total": total, "offset": offset}

    @api.model
    def _get_categories(self):
        """Categories with something to quote, for the filter: list of pairs of id and name."""
        groups = self.env["product.product"]._read_group(self._get_domain(), ["categ_id"])
        categories = self.env["product.category"].union(*(category for (category,) in groups))
        parents = {int(part) for category in categories for part in (category.parent_path or "").split("/") if part}
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

    # === WHAT THE CUSTOMER BOUGHT === #

    @api.model
    def _get_sold_query(self, partner, domain=Domain.TRUE):
        """The confirmed lines of the customer's company that the user may read, as a query of ids."""
        commercial = partner.commercial_partner_id
        domain &= (
            Domain("state", "=", "sale")
            & Domain("order_id.partner_id", "child_of", commercial.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("display_type", "=", False)
            & Domain("is_downpayment", "=", False)
            & Domain("product_uom_qty", ">", 0)
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

    # === FIGURES === #

    @api.model
    def _format_price(self, price, currency):
        """A unit price with all its decimals, as far as four; a net price often has more than two."""
        written = len(f"{price:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2])
        digits = max(written, self.env["decimal.precision"].precision_get("Product Price"))
        amount = formatLang(self.env, price, digits=digits)
        return f"{currency.symbol} {amount}" if currency.position == "before" else f"{amount} {currency.symbol}"

    @api.model
    def _describe_price(self, line):
        """The price of one unit before what the seller negotiates, and what management gives on it; hook."""
        given = [line.list_discount and f"{line.list_discount:g}", line.promotion_discount, line.agreement_discount]
        return {
            "price": self._format_price(line.net_price, line.currency_id),
            "list_price": self._format_price(line.price_unit, line.currency_id),
            "given": "+".join(filter(None, given)),
        }

    @api.model
    def _describe_line(self, line):
        """A line as the quote will have it; hook.

        :return: ``limit_left``: the percent that can still be given, or None where nobody said
        """
        return {
            "error": "",
            "net_price": self._format_price(line.net_price, line.currency_id),
            "subtotal": formatLang(self.env, line.price_subtotal, currency_obj=line.currency_id),
            "given": self._describe_price(line)["given"],
            "limit_left": self._get_limit_left(line),
        }

    @api.model
    def _get_limit_left(self, line):
        """How much more the seller may give on a line; hook.

        :return: percent, below zero where he gave too much; None where there is no limit, or no one sets limits here
        """
        if "limit_left" not in line._fields or line.limit_left >= NO_LIMIT:
            return None
        return -1.0 if line.beyond_limit else round(line.limit_left, 2)

    @api.model
    def _describe_totals(self, order):
        currency = order.currency_id
        return {
            "untaxed": formatLang(self.env, order.amount_untaxed, currency_obj=currency),
            "tax": formatLang(self.env, order.amount_tax, currency_obj=currency),
            "total": formatLang(self.env, order.amount_total, currency_obj=currency),
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_quick_quote(self):
        """Open the quick quote for the customer."""
        self.ensure_one()
        return self.env["quote.quick"]._open(partner_id=self.id)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def action_quick_quote(self):
        """Open the quick quote for the opportunity."""
        self.ensure_one()
        return self.env["quote.quick"]._open(partner_id=self.partner_id.id, opportunity_id=self.id)
