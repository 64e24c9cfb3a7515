"""Two fans who come for the last coupon at the same time."""

from psycopg2.errors import SerializationFailure

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.listino_pricelist.tests.race_common import CommittedCase

from .serve_common import create_feed


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestOfferRace(CommittedCase):
    def setUp(self):
        super().setUp()
        with self._environment() as env:
            feed = create_feed(env, name="Race")
            program = env["loyalty.program"].create(
                {
                    "name": "Race",
                    "program_type": "coupons",
                    "company_id": feed.company_id.id,
                    "rule_ids": [Command.clear()],
                    "reward_ids": [Command.clear(), Command.create({"discount": 10})],
                }
            )
            vals = {"name": "Race", "feed_id": feed.id, "program_id": program.id, "audience": "login", "fan_limit": 1}
            offer = env["shop.feed.offer"].create(vals)
            fans = env["res.partner"].create([{"name": "Race 1"}, {"name": "Race 2"}])
            self.made = [(records._name, records.ids) for records in (offer.utm_campaign_id, feed.pricelist_id, fans)]
            self.feed_id, self.program_id, self.offer_id, self.fan_ids = feed.id, program.id, offer.id, fans.ids
        self.addCleanup(self._clean)

    def _clean(self):
        with self._environment() as env:
            env["shop.feed"].browse(self.feed_id).unlink()
            program = env["loyalty.program"].browse(self.program_id)
            program.coupon_ids.unlink()
            program.active = False
            program.unlink()
            for model, ids in self.made:
                env[model].browse(ids).unlink()

    def _get_code(self, env, place):
        offer, fan = env["shop.feed.offer"].browse(self.offer_id), env["res.partner"].browse(self.fan_ids[place])
        return offer._get_fan_code(fan)

    def test_whoever_saw_the_last_coupon_before_another_took_it_begins_anew_and_gets_none(self):
        with self._environment() as late:
            self.assertFalse(late["shop.feed.offer"].browse(self.offer_id).fan_count)
            with self._environment() as early:
                self.assertTrue(self._get_code(early, 0))
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self._get_code(late, 1)
            late.cr.rollback()
            late.invalidate_all()
            self.assertEqual(self._get_code(late, 1), "")
            self.assertEqual(len(late["shop.feed.offer"].browse(self.offer_id).fan_ids), 1)
