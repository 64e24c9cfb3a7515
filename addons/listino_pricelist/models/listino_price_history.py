"""Every change of a sales price or price rule: who, when, why, from what to what."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount


class ListinoPriceHistory(models.Model):
    """One change of one price. Written by the server alone (see :mod:`.price_watch`), never changed afterwards."""

    _name = "listino.price.history"
    _description = "Change of a Price"
    _order = "date desc, id desc"
    _rec_name = "scope"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True, index=True)
    user_id = fields.Many2one("res.users", string="Changed By", readonly=True, ondelete="restrict")
    origin = fields.Selection(
        [("hand", "By hand"), ("import", "Import"), ("change", "Price change"), ("rollback", "Rolled back")],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    change_id = fields.Many2one("listino.change", string="Price Change", readonly=True, ondelete="set null", index=True)
    action = fields.Selection(
        [("added", "New"), ("changed", "Changed"), ("removed", "Removed")], string="What", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price List",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Empty: the sales price of the product.",
    )
    scope = fields.Char(string="For", readonly=True, help="What the price is for: a product, a category or all.")
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", readonly=True, ondelete="set null", index="btree_not_null"
    )
    product_id = fields.Many2one("product.product", string="Variant", readonly=True, ondelete="set null")
    categ_id = fields.Many2one("product.category", string="Category", readonly=True, ondelete="set null")
    min_quantity = fields.Float(string="From Quantity", digits="Product Unit", readonly=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", readonly=True)
    old_price = fields.Float(
        string="Old Price Number", min_display_digits="Product Price", readonly=True, aggregator="avg"
    )
    new_price = fields.Float(min_display_digits="Product Price", readonly=True, aggregator="avg")
    old_text = fields.Char(readonly=True)
    new_text = fields.Char(readonly=True)
    old_value = fields.Char(string="Old", compute="_compute_values")
    new_value = fields.Char(string="New", compute="_compute_values")
    variation = fields.Float(string="Change %", digits=(16, 1), readonly=True, aggregator="avg")

    @api.depends("old_price", "new_price", "old_text", "new_text", "currency_id", "action")
    def _compute_values(self):
        for row in self:
            row.old_value = row._get_value_text(row.old_text, row.old_price, row.action == "added")
            row.new_value = row._get_value_text(row.new_text, row.new_price, row.action == "removed")

    def _get_value_text(self, text, price, is_nothing):
        """A price or rule as a person reads it; nothing where there was none."""
        if is_nothing:
            return False
        return text or format_amount(self.env, price, self.currency_id or self.env.company.currency_id)

    @api.model
    def _get_domain_for_products(self, templates):
        """The changes that concern products: their own, those of their categories and of all products of a list."""
        categories = templates.categ_id
        return (
            Domain("product_tmpl_id", "in", templates.ids)
            | (Domain("product_tmpl_id", "=", False) & Domain("categ_id", "parent_of", categories.ids))
            | (
                Domain("product_tmpl_id", "=", False)
                & Domain("categ_id", "=", False)
                & Domain("pricelist_id", "!=", False)
            )
        )

    @api.model
    def _open_for(self, domain, **context):
        """The action that shows changes.

        :param domain: which ones
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_price_history_action")
        return {**action, "domain": list(domain), "context": context}
