"""What fans pay is no public price: whatever is offered to them, a feed sends what it sent."""

from odoo.fields import Command
from odoo.tests import tagged

from .build_common import BuildCommon


@tagged("post_install", "-at_install")
class TestOfferPrices(BuildCommon):
    def _offer(self, audience, **values):
        kind = "promo_code" if audience == "link" else "coupons"
        rule = {"mode": "with_code", "code": "FAN50", "minimum_qty": 0, "reward_point_amount": 1}
        program = self.env["loyalty.program"].create(
            {
                "name": "FAN-SENTINEL",
                "program_type": kind,
                "rule_ids": [Command.clear(), *([Command.create(rule)] if audience == "link" else [])],
                "reward_ids": [Command.clear(), Command.create({"discount": 50, "discount_applicability": "order"})],
            }
        )
        values = {"name": "FAN-SENTINEL", "feed_id": self.feed.id, "program_id": program.id, **values}
        return self.env["shop.feed.offer"].create({**values, "audience": audience})

    def _rebuild(self):
        self.env["shop.feed.item"].search([("feed_id", "=", self.feed.id)]).is_dirty = True
        self._refresh()
        return self._snapshot()

    def test_no_offer_is_in_a_price_or_anywhere_in_a_feed(self):
        self._refresh()
        before = self._snapshot()
        self.assertEqual(self._item(self.oil)["values"]["price"], "12.20 EUR")
        offers = self._offer("link") | self._offer("login", product_tmpl_id=self.oil.product_tmpl_id.id)
        offers[1]._get_fan_code(self.env["res.partner"].create({"name": "Rosa"}))
        self.feed.write({"is_shared": True, "share_offer_id": offers[0].id})
        self.assertEqual(self._rebuild(), before)
        for item in self.env["shop.feed.item"].search([("feed_id", "=", self.feed.id)]):
            for word in ("FAN50", "FAN-SENTINEL", "6.10", *offers.mapped("short_code")):
                self.assertNotIn(word, item.fragment or "")
