"""An order line in parts that add up: its price, what was changed by hand, each discount, and what none explains."""

from odoo import models
from odoo.tools import SQL


class QuoteDiscountReport(models.Model):
    _inherit = "quote.discount.report"

    def _get_values(self):
        """The untaxed amounts of a line at its list price and at its unit price, and the taxes inside its prices."""
        return SQL(
            """
            SELECT
                ROUND(%(list_price)s * l.product_uom_qty / inside.factor, currency.decimal_places) AS listed,
                ROUND(l.price_unit * l.product_uom_qty / inside.factor, currency.decimal_places) AS asked
            FROM (
                SELECT 1 + COALESCE(SUM(tax.amount), 0) / 100 AS factor
                FROM (
                    SELECT account_tax_id FROM account_tax_sale_order_line_rel
                    WHERE sale_order_line_id = l.id AND l.free_goods IS NULL
                    UNION ALL
                    SELECT tax_id FROM product_taxes_rel  -- free goods have another tax, but the product's price
                    WHERE l.free_goods IS NOT NULL
                        AND prod_id = (SELECT product_tmpl_id FROM product_product WHERE id = l.product_id)
                ) AS taxes
                JOIN account_tax tax ON tax.id = taxes.account_tax_id
                WHERE
                    tax.amount_type = 'percent'
                    AND COALESCE(tax.price_include_override, company.account_price_include) = 'tax_included'
                    AND POSITION('/' || tax.company_id || '/' IN '/' || company.parent_path) > 0
            ) AS inside
            """,
            list_price=self._get_list_price(),
        )

    def _get_list_price(self):
        """The list's price of one unit, before the discount that the list shows.

        A price that lies more than a rounding off the list's was changed by hand; one below zero is a discount itself.
        """
        return SQL(
            """
            CASE
                WHEN l.price_unit < 0 THEN 0
                WHEN l.listino_price_date IS NULL OR l.list_discount >= 100
                    OR ABS(l.price_unit * (1 - COALESCE(l.list_discount, 0) / 100) - l.listino_price) <= 0.005
                    THEN l.price_unit
                ELSE l.listino_price / (1 - COALESCE(l.list_discount, 0) / 100)
            END
            """
        )

    def _get_parts(self):
        """The rows of a line: its price, what was changed by hand, each step, and what no step explains."""
        rows = (self._get_price_row(), self._get_row_by_hand(), self._get_row_of_rest(), self._get_rows_of_steps())
        return SQL(" UNION ALL ").join(rows)

    def _get_price_row(self):
        return SQL(
            """
            SELECT l.id * 3 AS id, 'sold' AS kind, NULL::int4 AS reason_id, value.listed AS list_value,
                l.price_subtotal AS net, NULL::numeric AS discount
            """
        )

    def _get_row_by_hand(self):
        return SQL(
            """
            SELECT l.id * 3 + 1,
                CASE
                    WHEN l.reversal_of_id IS NOT NULL THEN 'free_goods'
                    WHEN l.price_unit < 0 THEN 'line'
                    ELSE 'by_hand'
                END,
                l.discount_reason_id, NULL, NULL, value.listed - value.asked
            WHERE value.listed <> value.asked
            """
        )

    def _get_row_of_rest(self):
        return SQL(
            """
            SELECT -l.id * 3, 'other', NULL, NULL, NULL, rest.amount
            FROM (
                SELECT %s - l.price_subtotal AS amount
                FROM quote_discount_step WHERE order_line_id = l.id
            ) AS rest
            WHERE rest.amount <> 0
            """,
            self._get_amount_left(SQL("COALESCE(SUM(share), 0)")),
        )

    def _get_rows_of_steps(self):
        return SQL(
            """
            SELECT step.id * 3 + 2, step.kind, step.reason_id, NULL, NULL, %(before)s - %(after)s
            FROM (
                SELECT id, kind, reason_id, share, SUM(share) OVER (ORDER BY sequence, id) AS reached
                FROM quote_discount_step WHERE order_line_id = l.id
            ) AS step
            """,
            before=self._get_amount_left(SQL("(step.reached - step.share)")),
            after=self._get_amount_left(SQL("step.reached")),
        )

    def _get_amount_left(self, share):
        """What steps leave that took a share off, rounded, so that the steps of a line add up to what it costs."""
        return SQL("ROUND(value.asked * (1 - %s)::numeric, currency.decimal_places)", share)
