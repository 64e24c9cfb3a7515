"""Compare prices: products in several lists, for several customers, quantities and dates, in one grid."""

from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.osutil import clean_filename

from ..layout.preview import preview_of
from ..models.reader import beginning_of, quantities_of
from ..models.simulation_builder import Scenario, SimulationBuilder
from ..models.validity import valid_on

MOST_PRICES = 40  # columns of prices: what can still be read
OutsidePrices = namedtuple("OutsidePrices", "label by_product")


class ListinoSimulation(models.TransientModel):
    """Which products, in which lists, for whom, at which quantities and dates, and beside whose prices."""

    _name = "listino.simulation"
    _description = "Price Comparison"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_ids = fields.Many2many("product.category", string="Categories", help="With their subcategories.")
    product_ids = fields.Many2many(
        "product.product", string="Only These Products", check_company=True, domain="[('sale_ok', '=', True)]"
    )
    pricelist_ids = fields.Many2many("product.pricelist", string="Price Lists", check_company=True)
    partner_ids = fields.Many2many(
        "res.partner",
        "listino_simulation_customer_rel",
        string="Customers",
        check_company=True,
        help="Each with the price list that he has.",
    )
    quantities = fields.Char(required=True, default="1", help="Quantities separated by semicolons: 1; 10; 100")
    date_ids = fields.One2many(
        "listino.simulation.date", "simulation_id", string="Dates", help="Leave it empty for the prices of now."
    )
    show_margin = fields.Boolean(string="Margins", groups="listino_pricelist.group_listino_manager")
    vendor_ids = fields.Many2many(
        "res.partner",
        "listino_simulation_vendor_rel",
        string="Vendors",
        check_company=True,
        groups="listino_pricelist.group_listino_manager",
        help="Their prices, and how far ours are above them.",
    )
    competitor_ids = fields.Many2many(
        "res.partner",
        "listino_simulation_competitor_rel",
        string="Competitors",
        check_company=True,
        help="Their prices, as typed or imported, and how far ours are above or below.",
    )
    change_id = fields.Many2one(
        "listino.change",
        string="Try Out",
        check_company=True,
        domain="[('state', 'in', ('draft', 'previewed', 'approved'))]",
        groups="listino_pricelist.group_listino_manager",
        help="A prepared change of prices, as if it were applied: every price is shown as it is and as it would be.",
    )

    def _compute_display_name(self):
        self.display_name = self.env._("Price comparison")

    # === ACTIONS === #

    def action_compare(self):
        """Show the grid."""
        self.ensure_one()
        self._get_builder()  # what is wrong with the choice is said here, where a message can be shown
        return {
            "type": "ir.actions.client",
            "tag": "listino_pricelist.preview",
            "name": self.display_name,
            "params": {"model": self._name, "record_id": self.id, "url": f"/listino/simulation/{self.id}"},
        }

    @api.readonly
    def get_preview(self):
        """What the web client shows; see :meth:`..models.listino_document.ListinoDocument.get_preview`.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        builder = self._get_builder()
        return {**preview_of(builder.listing(), builder.blocks()), "prices": builder.explained()}

    def _write_file(self, extension, stream):
        """Write the grid as a file.

        :param str extension: pdf, xlsx or csv
        """
        builder = self._get_builder()
        self.env["listino.document"]._write_listing(extension, builder.listing(), builder.blocks(), stream)

    def _get_file_name(self, extension):
        return clean_filename(f"{self.display_name}.{extension}")

    # === WHAT IS COMPARED === #

    def _get_builder(self):
        """What lays the grid out.

        :raise UserError: where there is nothing to compare, or more than can be read
        """
        self.ensure_one()
        scenarios = self._get_scenarios()
        if not scenarios:
            raise UserError(self.env._("Choose at least one price list or customer."))
        if len(scenarios) * len(self._get_quantities()) > MOST_PRICES:
            raise UserError(
                self.env._(
                    "These are more than %(most)s columns of prices. Choose fewer lists, customers, quantities or "
                    "dates.",
                    most=MOST_PRICES,
                )
            )
        return SimulationBuilder(self.with_company(self.company_id), scenarios)

    def _get_scenarios(self):
        """Every list and customer at every date, each as it is and as it would be.

        :rtype: list[Scenario]
        """
        dates = self._get_dates()
        what_if = self._get_what_if()
        scenarios = []
        for date, date_label in dates:
            for pricelist, partner in self._get_readers():
                label = " · ".join(filter(None, [partner.display_name, self._get_list_label(pricelist), date_label]))
                scenarios.append(Scenario(pricelist, partner, label, date))
                if what_if:
                    after = self.env._("%(list)s, after the change", list=label)
                    scenarios.append(Scenario(pricelist, partner, after, date, what_if))
        return scenarios

    def _get_list_label(self, pricelist):
        """The name of a list, with its currency where that is not the one of the comparison."""
        currency = pricelist.currency_id
        return pricelist.name if currency == self.currency_id else f"{pricelist.name} ({currency.name})"

    def _get_readers(self):
        """Pairs of a price list and the customer it stands for, or none."""
        nobody = self.env["res.partner"]
        for pricelist in self.pricelist_ids.with_company(self.company_id):
            yield pricelist, nobody
        for partner in self.partner_ids.with_company(self.company_id):
            pricelist = partner.property_product_pricelist
            if not pricelist:
                raise UserError(self.env._("%(name)s has no price list. Give him one.", name=partner.display_name))
            yield pricelist, partner

    def _get_what_if(self):
        """The :class:`..models.what_if.WhatIf` of the change that is tried out, or None."""
        return self.change_id._get_what_if() if self._is_manager() and self.change_id else None

    def _is_manager(self):
        return self.env.user.has_group("listino_pricelist.group_listino_manager")

    def _get_dates(self):
        """Pairs of a moment and what to call it; now has no name."""
        days = sorted(filter(None, self.date_ids.mapped("price_date")))
        if not days:
            return [(fields.Datetime.now(), "")]
        return [(beginning_of(self.env, day), format_date(self.env, day)) for day in days]

    def _get_quantities(self):
        """The quantities in ascending order."""
        return quantities_of(self.env, self.quantities)

    def _shows_margin(self):
        """Whether margins are asked for by somebody who may see them."""
        return self._is_manager() and self.show_margin

    def _get_product_domain(self):
        """The domain of the products to compare."""
        Product = self.env["product.product"]
        domain = Domain("sale_ok", "=", True) & Domain(Product._check_company_domain(self.company_id))
        if self.category_ids:
            domain &= Domain("categ_id", "child_of", self.category_ids.ids)
        if self.product_ids:
            domain &= Domain("id", "in", self.product_ids.ids)
        return domain

    # === PRICES OF OTHERS === #

    def _get_outside_prices(self, quantity, day):
        """The prices of vendors and competitors at a quantity and a day, in the currency of the comparison.

        :rtype: list[OutsidePrices]
        """
        vendors = self.vendor_ids if self._is_manager() else self.env["res.partner"]
        outside = [(partner, self._get_vendor_prices(partner, quantity, day)) for partner in vendors]
        outside += [(partner, self._get_competitor_prices(partner, quantity, day)) for partner in self.competitor_ids]
        return [OutsidePrices(partner.display_name, prices) for partner, prices in outside]

    def _get_vendor_prices(self, partner, quantity, day):
        """The lowest price of a vendor, by variant id."""
        infos = self.env["product.supplierinfo"].search(
            Domain("partner_id", "=", partner.id)
            & Domain("company_id", "in", [False, self.company_id.id])
            & Domain("min_qty", "<=", quantity)
            & valid_on(day)
        )
        prices = {}
        for info in infos:
            price = self._convert(info.price_discounted, info.currency_id, day)
            for product in info.product_id or info.product_tmpl_id.product_variant_ids:
                prices[product.id] = min(price, prices.get(product.id, price))
        return prices

    def _get_competitor_prices(self, partner, quantity, day):
        """A competitor's price for that quantity, by variant id: of the highest minimum, then the last one seen."""
        found = self.env["listino.competitor.price"].search(
            Domain("partner_id", "=", partner.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("min_quantity", "<=", quantity)
            & valid_on(day),
            order="min_quantity, seen_date, id",
        )
        return {price.product_id.id: self._convert(price.price, price.currency_id, day) for price in found}

    def _convert(self, amount, currency, day):
        return currency._convert(amount, self.currency_id, self.company_id, day, round=False)


class ListinoSimulationDate(models.TransientModel):
    """A day whose prices are compared."""

    _name = "listino.simulation.date"
    _description = "Date of a Price Comparison"
    _order = "price_date"

    simulation_id = fields.Many2one("listino.simulation", required=True, ondelete="cascade")
    price_date = fields.Date(required=True, default=fields.Date.context_today)
