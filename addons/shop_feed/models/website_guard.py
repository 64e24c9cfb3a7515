"""The shop's pages strike out no price that the feed may not announce: both tell the same reduction, or none."""

from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ..pricing.reduction import NEW


class Announced(NamedTuple):
    """What may be told of a reduction.

    :param float share: how much of the price that the shop would strike out may be struck out; 0: nothing
    :param int days: for how many days new goods have been sold, which is named beside the price; 0 for others
    """

    share: float
    days: int = 0


ALL = Announced(1.0)


class Website(models.Model):
    _inherit = "website"

    feed_guards_reductions = fields.Boolean(
        string="Only True Reductions",
        default=True,
        help="Old prices are struck out only where the prices of the thirty days before bear them out (art. 17-bis "
        "Codice del consumo), on price lists of which a feed of this website keeps the history; in a shop without "
        "lists, where a feed has one without rules.",
    )

    def _get_announced(self, records, pricelist, fiscal_position):
        """What of the prices that the shop would strike out may be struck out.

        :param records: variants or templates; of a template, what holds for each of its variants
        :param pricelist: the visitor's
        :param fiscal_position: the visitor's; where its VAT differs from the feed's, the share is still the same
        :return: :class:`Announced` by record id; nothing where the guard does not know of a reduction, such as one for
            larger quantities
        :rtype: dict
        """
        feed = self._get_guarding_feed(pricelist, fiscal_position) if records else None
        if not feed:
            return {}
        records = records.with_env(feed.env)
        is_template = records._name == "product.template"
        variants = records.product_variant_ids if is_template else records
        announced = {}
        for variant_id, stand in feed._get_price_stands(variants, fields.Datetime.now()).items():
            if stand.shown.is_reduced:
                key = variants.browse(variant_id).product_tmpl_id.id if is_template else variant_id
                days = stand.offer.days if stand.offer.reason == NEW else 0
                found = Announced(stand.announced_share, days)
                announced[key] = min(found, announced.get(key, found))
        return announced

    def _get_guarding_feed(self, pricelist, fiscal_position):
        """The feed that keeps the history of a list on this website, that with the visitor's VAT first."""
        self.ensure_one()
        if not self.feed_guards_reductions:
            return self.env["shop.feed"]
        feeds = self.env["shop.feed"].sudo()  # visitors read no feeds
        found = feeds.search(Domain("website_id", "=", self.id) & self._get_guarding_domain(pricelist))
        feed = found.sorted(lambda feed: feed.fiscal_position_id != fiscal_position)[:1]
        return feed and feed._in_own_terms()

    def _get_guarding_domain(self, pricelist):
        """Feeds that know what a visitor's list cost; without one he pays what a list without rules says."""
        if pricelist:
            return Domain("pricelist_id", "=", pricelist.id)
        plain = Domain("pricelist_id.item_ids", "=", False)
        return plain & Domain("pricelist_id.currency_id", "=", self.company_id.currency_id.id)
