"""What an offer brought: orders through its link, and orders with its discount."""

from odoo import fields, models
from odoo.tools import SQL

RESULTS = ("order_count", "link_order_count", "discount_order_count", "revenue", "discount_given")


class ShopFeedOffer(models.Model):
    """Two traces, as either gets lost: cookies that are refused take the campaign away, a code is also typed in.

    An order counts once, whichever of them it has; amounts are without tax, in the company's currency.
    """

    _inherit = "shop.feed.offer"

    currency_id = fields.Many2one(related="company_id.currency_id")
    order_count = fields.Integer(string="Orders", compute="_compute_results")
    link_order_count = fields.Integer(string="Through the Link", compute="_compute_results")
    discount_order_count = fields.Integer(string="With the Discount", compute="_compute_results")
    revenue = fields.Monetary(compute="_compute_results", help="Of these orders, without tax, the discount taken off.")
    discount_given = fields.Monetary(compute="_compute_results", help="What the discount took off, without tax.")
    click_rate = fields.Float(string="Orders by Click (%)", compute="_compute_results")

    def _compute_results(self):
        found = self._get_results()
        for offer in self:
            offer.update(found.get(offer._origin.id) or dict.fromkeys(RESULTS, 0))
            offer.click_rate = 100 * offer.link_order_count / offer.click_count if offer.click_count else 0

    def _get_results(self):
        """The results by the offer's id: sums alone, of orders that whoever looks need not see one by one."""
        if not self.ids:
            return {}
        for model, names in self._get_flushed().items():
            self.env[model].flush_model(names)
        rows = self.env.execute_query(self._get_results_query())
        return {row[0]: dict(zip(RESULTS, row[1:], strict=True)) for row in rows}

    def _get_flushed(self):
        return {
            "shop.feed.offer": None,
            "shop.feed.offer.fan": None,
            "sale.order": [
                "company_id",
                "state",
                "date_order",
                "campaign_id",
                "source_id",
                "medium_id",
                "amount_untaxed",
            ],
            "sale.order.line": ["order_id", "reward_id", "coupon_id", "price_subtotal"],
            "loyalty.reward": ["program_id"],
            "res.company": ["partner_id"],
            "res.partner": ["tz"],
        }

    def _get_results_query(self):
        return SQL(
            """
            WITH found AS (
                SELECT offer.id AS offer_id, sale.id AS order_id, TRUE AS by_link, 0.0 AS given
                  FROM shop_feed_offer offer
                  JOIN sale_order sale ON sale.campaign_id = offer.utm_campaign_id
                   AND (offer.utm_source_id IS NULL OR sale.source_id = offer.utm_source_id)
                   AND (offer.utm_medium_id IS NULL OR sale.medium_id = offer.utm_medium_id)
                 WHERE offer.id IN %(ids)s
             UNION ALL
                SELECT offer.id, line.order_id, FALSE, -line.price_subtotal
                  FROM shop_feed_offer offer
                  JOIN loyalty_reward reward ON reward.program_id = offer.program_id
                  JOIN sale_order_line line ON line.reward_id = reward.id
             LEFT JOIN shop_feed_offer_fan fan ON fan.offer_id = offer.id AND fan.card_id = line.coupon_id
                 WHERE offer.id IN %(ids)s AND (offer.audience = 'link' OR fan.id IS NOT NULL)
            ), traced AS (
                SELECT offer_id, order_id, BOOL_OR(by_link) AS by_link, BOOL_OR(NOT by_link) AS discounted,
                       SUM(given) AS given
                  FROM found GROUP BY offer_id, order_id
            )
            SELECT offer.id, COUNT(*), COUNT(*) FILTER (WHERE by_link), COUNT(*) FILTER (WHERE discounted),
                   SUM(sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1)),
                   SUM(given / COALESCE(NULLIF(sale.currency_rate, 0), 1))
              FROM traced
              JOIN shop_feed_offer offer ON offer.id = traced.offer_id
              JOIN sale_order sale ON sale.id = traced.order_id
              JOIN res_company company ON company.id = offer.company_id
              JOIN res_partner seller ON seller.id = company.partner_id
        CROSS JOIN LATERAL (SELECT COALESCE(seller.tz, %(zone)s) AS zone) clock
        CROSS JOIN LATERAL (
                SELECT COALESCE(offer.date_from::timestamp, DATE_TRUNC('day', offer.create_date AT TIME ZONE 'UTC'
                                                                              AT TIME ZONE clock.zone)) AS day) first
             WHERE sale.state = 'sale' AND sale.company_id = offer.company_id
               AND sale.date_order >= first.day AT TIME ZONE clock.zone AT TIME ZONE 'UTC'
             GROUP BY offer.id""",
            ids=tuple(self.ids),
            zone=self.env.user.tz or "Europe/Rome",  # as :meth:`_get_zone` says
        )
