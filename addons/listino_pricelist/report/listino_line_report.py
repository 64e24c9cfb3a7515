"""What analyses of order lines have in common: who bought what from whom, and amounts in one currency."""

from odoo import fields, models
from odoo.tools import SQL


class ListinoLineReport(models.AbstractModel):
    """Order lines with their order, customer and product, amounts in the currency of the reader's company.

    In the query an order line is ``l``, its order ``s``, the customer ``partner``, the product ``p``, its template
    ``t``, the units of the line and of the product ``u`` and ``u2``.
    """

    _name = "listino.line.report"
    _inherit = "listino.report.shares"
    _description = "Analysis of Order Lines"

    date = fields.Datetime(string="Order Date", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer Entity", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    product_id = fields.Many2one("product.product", string="Product Variant", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)

    def action_open_order(self):
        """Open the order of a row."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL(
            "SELECT *, %s FROM (SELECT %s, %s FROM %s WHERE %s) AS counted",
            self._get_shares(),
            self._get_keys(),
            self._get_amounts(),
            self._get_source(),
            self._get_condition(),
        )

    def _get_keys(self):
        """What the amounts are grouped by; hook for further columns, first of all ``id``."""
        return SQL(
            """
            s.date_order AS date, l.order_id, s.company_id, %s AS currency_id, s.partner_id,
            partner.commercial_partner_id, s.user_id, s.team_id, l.product_id, p.product_tmpl_id, t.categ_id
            """,
            self.env.company.currency_id.id,
        )

    def _get_amounts(self):
        """The amounts of a row; hook."""
        raise NotImplementedError

    def _get_source(self):
        """The tables behind the report; hook for further joins."""
        return SQL(
            """
            sale_order_line l
            JOIN sale_order s ON s.id = l.order_id
            JOIN res_partner partner ON partner.id = s.partner_id
            JOIN product_product p ON p.id = l.product_id
            JOIN product_template t ON t.id = p.product_tmpl_id
            JOIN uom_uom u ON u.id = l.product_uom_id
            JOIN uom_uom u2 ON u2.id = t.uom_id
            JOIN %s ON account_currency_table.company_id = s.company_id
            """,
            self.env["res.currency"]._get_simple_currency_table(self.env.companies),
        )

    def _get_condition(self):
        """Which order lines count; hook."""
        return SQL("l.display_type IS NULL AND l.is_downpayment IS NOT TRUE")

    # === PARTS OF COLUMNS === #

    def _convert_amount(self, amount):
        """An amount of the order's currency in that of the reader's company; rates as ``sale.report`` takes them."""
        return SQL("%s / COALESCE(NULLIF(s.currency_rate, 0), 1.0) * account_currency_table.rate", amount)

    def _get_cost(self):
        """What the line had cost when it was sold; see ``listino_unit_cost``."""
        return SQL("l.listino_unit_cost * l.product_uom_qty * account_currency_table.rate")

    def _get_quantity(self):
        """The quantity in the product's own unit."""
        return SQL("l.product_uom_qty * u.factor / u2.factor")
