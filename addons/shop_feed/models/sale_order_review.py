"""Buyers are asked for reviews: one mail a delivered order, never a second one, and only where the website says so."""

import logging
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

STILL_DAYS = 30  # after the day on which it is asked: what was delivered long before the setting is left alone
MOST_PRODUCTS = 6
MOST_ORDERS = 500  # looked up at once
TEMPLATE = "shop_feed.mail_template_review"
STOP_SCOPE = "shop_feed.review_stop"


class SaleOrder(models.Model):
    """Whoever is asked has bought: what he says of a product is kept as core keeps all ratings, and shown by it."""

    _inherit = "sale.order"

    feed_review_asked_on = fields.Datetime(
        string="Asked for Reviews",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
    )

    @api.model
    def _cron_ask_for_reviews(self):
        """Ask the buyers of orders that were delivered some days ago."""
        orders = self.browse()
        for website in self.env["website"].search([("feed_asks_reviews", "=", True)]):
            orders |= self.search(self._get_review_domain(website), limit=MOST_ORDERS, order="id")
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(orders))
        for order in orders:
            try:
                with self.env.cr.savepoint():
                    order._ask_for_reviews()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
                raise
            except Exception:
                _logger.exception("The buyer of order %s could not be asked for reviews", order.id)
            if not progress(1):
                break

    @api.model
    def _get_review_domain(self, website):
        """Orders of a website whose buyers are to be asked now: a hook."""
        until = fields.Datetime.now() - timedelta(days=website.feed_review_days)
        since = until - timedelta(days=STILL_DAYS)
        sent = Domain("state", "=", "done") & Domain("picking_type_code", "=", "outgoing")
        back = Domain("state", "=", "done") & Domain("picking_type_code", "=", "incoming")
        return Domain.AND(
            [
                [("website_id", "=", website.id), ("state", "=", "sale"), ("feed_review_asked_on", "=", False)],
                [("delivery_status", "=", "full"), ("effective_date", ">=", since)],
                [("picking_ids", "any", sent), ("picking_ids", "not any", sent & Domain("date_done", ">", until))],
                [("picking_ids", "not any", back)],
                [("partner_id.email_normalized", "!=", False), ("partner_id.is_blacklisted", "=", False)],
            ]
        )

    def _ask_for_reviews(self):
        """Ask once. The mail is queued by the transaction that notes it: there is none without the other.

        :return: whether there was somebody and something to ask
        """
        self.ensure_one()
        order = self.try_lock_for_update()  # another worker that holds it asks
        if not order or order.feed_review_asked_on:
            return False
        order.feed_review_asked_on = fields.Datetime.now()
        products = order._get_reviewable_products()
        if not products:
            return False
        self.env.ref(TEMPLATE).send_mail(order.id, force_send=False)
        return True

    def _get_reviewable_products(self):
        """Products that were bought, can be seen in the shop, and of which the buyer has not said anything yet."""
        self.ensure_one()
        lines = self.order_line.filtered(
            lambda line: line.qty_delivered > 0
            and not line.display_type
            and not line.reward_id
            and not line.is_delivery
        )
        goods = lines.sorted(lambda line: -line.price_total).product_id.product_tmpl_id
        said = self.env["rating.rating"].search(
            [
                ("res_model", "=", "product.template"),
                ("res_id", "in", goods.ids),
                ("partner_id", "=", self.partner_id.id),
                ("consumed", "=", True),
            ]
        )
        goods = goods.filtered(lambda product: product.is_published and product.id not in said.mapped("res_id"))
        return goods[:MOST_PRODUCTS]

    def _get_review_requests(self):
        """What the mail asks: each product with the link at which the buyer rates it. Called by its template.

        :return: pairs of a product and the token of its rating
        """
        self.ensure_one()
        return [(product, self._get_review_token(product)) for product in self._get_reviewable_products()]

    def _get_review_token(self, product):
        """The token of a rating that is known to be a buyer's."""
        token = product._rating_get_access_token(self.partner_id)
        rating = self.env["rating.rating"].search([("access_token", "=", token)], limit=1)
        rating.write({"feed_order_id": self.id, "feed_is_rewarded": self.website_id.feed_rewards_reviews})
        return token

    def _get_review_url(self, token, rate):
        """Where a product is rated; opening it says nothing yet."""
        return f"{self.website_id.get_base_url()}/rate/{token}/{rate}"

    # === NO MORE OF THESE === #

    def _get_review_stop_url(self):
        """Where the buyer says that he wants no such mails."""
        return f"{self.website_id.get_base_url()}/shop/reviews/stop/{self.id}/{self._get_review_stop_key()}"

    def _get_review_stop_key(self):
        self.ensure_one()
        return tools.hmac(self.sudo().env, STOP_SCOPE, self.id)  # signed by the server, whoever reads

    def _stop_reviews(self):
        """Never write to the buyer of this order again."""
        self.ensure_one()
        self.env["mail.blacklist"]._add(self.partner_id.email)


class RatingRating(models.Model):
    _inherit = "rating.rating"

    feed_order_id = fields.Many2one(
        "sale.order",
        string="Verified by Order",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The order with which whoever rates bought the product; empty: nobody knows whether he did.",
    )
