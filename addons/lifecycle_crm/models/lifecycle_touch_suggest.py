"""What else a customer might like: what others buy, of kinds that he has never bought."""

from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

MOST = 3  # products in a message
DAYS = 365  # in which what sells well is looked at


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    offer_ids = fields.Many2many(
        "product.product",
        string="What Else We Sell",
        compute="_compute_offer_ids",
        help="The best-selling products of the categories that sell best and that the customer has never bought.",
    )

    def _compute_offer_ids(self):
        """For all contacts of a batch at once: two queries a company."""
        for company, touches in self.grouped("company_id").items():
            best = company._get_lifecycle_best_sellers() if company else []
            bought = company._get_lifecycle_bought_categories(touches.partner_id) if best else {}
            for touch in touches:
                known = bought.get(touch.partner_id.id, ())
                touch.offer_ids = [product for product, category in best if category not in known][:MOST]

    def _do_mail(self):
        # OVERRIDE: a message that has nothing to propose is not written.
        empty = self.filtered(lambda touch: touch.step_id.is_offer and not touch.offer_ids)
        empty._note("skipped", remark=self.env._("The customer has bought of every category that sells well."))
        return super(LifecycleTouch, self - empty)._do_mail() if self - empty else None


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    is_offer = fields.Boolean(
        string="Proposes Products", help="Categories that the customer has not bought yet; he is skipped if he has all."
    )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_lifecycle_best_sellers(self):
        """The best-selling product of each category, the best-selling category first.

        Of the last year, what may still be sold; gifts, discounts and down payments are left out.

        :return: a list of pairs of product id and category id
        """
        for model in ("sale.order", "sale.order.line", "product.product", "product.template"):
            self.env[model].flush_model()
        query = SQL(
            """
            WITH sold AS (
                SELECT p.id, t.categ_id, sum(l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1)) AS revenue
                FROM sale_order o
                JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL AND l.reward_id IS NULL
                    AND l.is_downpayment IS NOT TRUE
                JOIN product_product p ON p.id = l.product_id AND p.active
                JOIN product_template t ON t.id = p.product_tmpl_id AND t.active AND t.sale_ok
                    AND (t.company_id IS NULL OR t.company_id = o.company_id) AND t.categ_id IS NOT NULL
                WHERE o.company_id = %(company)s AND o.state = 'sale' AND o.date_order >= %(since)s
                GROUP BY p.id, t.categ_id HAVING sum(l.price_subtotal) > 0
            ), best AS (
                SELECT DISTINCT ON (categ_id) id, categ_id, sum(revenue) OVER (PARTITION BY categ_id) AS total
                FROM sold ORDER BY categ_id, revenue DESC, id
            )
            SELECT id, categ_id FROM best ORDER BY total DESC, categ_id
            """,
            company=self.id,
            since=fields.Datetime.now() - timedelta(DAYS),
        )
        return self.env.execute_query(query)

    def _get_lifecycle_bought_categories(self, partners):
        """What categories customers have ever bought of: sets of ids by the customer's id."""
        query = SQL(
            """
            SELECT c.commercial_partner_id, array_agg(DISTINCT t.categ_id)
            FROM res_partner c
            JOIN sale_order o ON o.partner_id = c.id AND o.state = 'sale' AND o.company_id = %(company)s
            JOIN sale_order_line l ON l.order_id = o.id
            JOIN product_product p ON p.id = l.product_id
            JOIN product_template t ON t.id = p.product_tmpl_id
            WHERE c.commercial_partner_id = ANY(%(partners)s)
            GROUP BY 1
            """,
            company=self.id,
            partners=partners.ids,
        )
        return {partner_id: set(categories) for partner_id, categories in self.env.execute_query(query)}
