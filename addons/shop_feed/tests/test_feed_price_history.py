"""What is written down of prices: every one that begins to hold, once, as far back as is known for sure."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

from ..models import shop_feed_price, shop_feed_price_cron
from .price_common import START, PriceCommon, day

CRON_LOG = "odoo.addons.shop_feed.models.shop_feed_price_cron"


@tagged("post_install", "-at_install")
class TestFeedPriceHistory(PriceCommon):
    def test_a_price_is_written_when_it_begins_to_hold_and_not_again(self):
        product = self._create_product(10.0)
        for number in range(3):
            self._record(product, day(number))
        product.list_price = 20.0
        self._record(product, day(3))
        product.list_price = 10.0
        self._record(product, day(4))
        self.assertEqual(self._rows(product), [(0, 1220, False), (3, 2440, False), (4, 1220, False)])

    def test_the_same_price_in_a_sale_is_another_one(self):
        """12.20 that were the full price, and 12.20 that are 24.40 less one half, then those of another sale."""
        product = self._create_product(10.0)
        self._record(product, day(0))
        product.list_price = 20.0
        rule = self._create_rule(50)
        self._record(product, day(1))
        rule.feed_campaign = "spring"
        self._record(product, day(2))
        self.assertEqual(self._rows(product), [(0, 1220, False), (1, 1220, True), (2, 1220, True)])

    def test_looking_at_prices_writes_nothing(self):
        product = self._create_product(10.0)
        self._get_facts(product, day(0))
        self.assertEqual(self._rows(product), [])

    def test_feeds_with_the_same_list_and_vat_share_a_history_and_others_do_not(self):
        product = self._create_product(10.0)
        position = self.env["account.fiscal.position"].create({"name": "No VAT", "company_id": self.company.id})
        abroad = self._create_feed(fiscal_position_id=position.id)
        for feed in (self.feed, self._create_feed(), abroad, self.feed, abroad):
            self._record(product, day(0), feed)
        rows = self.env["shop.feed.price"].search([("product_id", "=", product.id)])
        self.assertEqual(
            sorted((row.units, row.fiscal_position_id.name) for row in rows), [(1000, "No VAT"), (1220, False)]
        )

    def test_two_prices_within_a_second_are_told_apart_in_the_next_one(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        product.list_price = 20.0
        self._record(product, day(0))
        self.assertEqual(self._rows(product), [(0, 1220, False)])
        self._record(product, day(0) + timedelta(seconds=1))
        self.assertEqual(self._rows(product), [(0, 1220, False), (0, 2440, False)])

    def test_a_price_that_is_written_late_is_compared_with_its_own_time(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        self._record(product, day(2))
        product.list_price = 20.0
        self._record(product, day(1))
        self.assertEqual(self._rows(product), [(0, 1220, False), (1, 2440, False)])

    def test_another_currency_of_the_list_begins_a_history(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.pricelist.currency_id = dollar
        self._record(product, day(1))
        self.assertEqual(len(self._rows(product)), 2)
        series = self.feed._get_price_series()
        [events] = self.env["shop.feed.price"]._read_events(series, product.ids, day(2)).values()
        self.assertEqual(len(events), 1, "prices in another currency are not compared")

    # === EVERY NIGHT === #

    def test_prices_are_written_every_night_without_any_build(self):
        product = self._create_product(10.0)
        for number in (0, 1, 2):
            self._run_night(day(number))
        product.list_price = 20.0
        self._run_night(day(3))
        self.assertEqual(self._rows(product), [(0, 1220, False), (3, 2440, False)])
        self.assertEqual(self.feed.prices_noted_on, day(3).date())

    def test_a_list_is_gone_through_once_however_many_feeds_it_has(self):
        self._create_feed()
        self._create_product(10.0)
        with patch.object(type(self.feed), "_note_prices_of", autospec=True) as noted:
            self._run_night(day(0))
            self._run_night(day(0, 2))
        self.assertEqual(len(noted.mock_calls), 1)

    def test_products_of_each_website_that_has_a_feed_with_the_list_are_looked_at(self):
        other = self.env["website"].create({"name": "Other", "company_id": self.company.id})
        third = self.env["website"].create({"name": "Third", "company_id": self.company.id})
        products = [self._create_product(10.0, website_id=website.id) for website in (self.website, other, third)]
        self._create_feed(website_id=other.id)
        self._run_night(day(0))
        self.assertEqual([len(self._rows(product)) for product in products], [1, 1, 0])

    def test_a_run_that_is_out_of_time_goes_on_where_it_stopped(self):
        products = self._create_product(10.0) + self._create_product(20.0) + self._create_product(30.0)
        with patch.object(shop_feed_price_cron, "BATCH", 1):
            self._run_night(day(0), time_left=0)
        self.assertEqual(self.env["shop.feed.price"].search_count([("pricelist_id", "=", self.pricelist.id)]), 1)
        self.assertFalse(self.feed.prices_noted_on)
        self._run_night(day(0, 1))
        self.assertEqual([len(self._rows(product)) for product in products], [1, 1, 1])
        self.assertEqual(self.feed.prices_noted_to, 0)

    def test_a_list_that_can_not_be_priced_keeps_no_other_from_it(self):
        product = self._create_product(10.0)
        broken = self._create_list("Broken")
        below = self._create_list("Below")
        self._create_rule(5, pricelist_id=below.id, base="pricelist", base_pricelist_id=self.pricelist.id)
        rule = self._create_rule(5, pricelist_id=broken.id, base="pricelist", base_pricelist_id=below.id)
        first = self._create_feed(pricelist_id=broken.id, sequence=1)
        self.feed.unlink()
        last = self._create_feed()
        rule.flush_recordset()
        self.env.cr.execute(
            "UPDATE product_pricelist_item SET base_pricelist_id = %s WHERE id = %s", [broken.id, rule.id]
        )
        rule.invalidate_recordset()
        with mute_logger(CRON_LOG):
            self._run_night(day(0))
        self.assertIn("Broken", first.prices_problem)
        self.assertEqual(first.prices_noted_on, day(0).date(), "it is not tried again all night")
        self.assertFalse(last.prices_problem)
        self.assertEqual(self._rows(product), [(0, 1220, False)])

    def test_products_that_nobody_can_buy_have_no_history(self):
        hidden, sold = self._create_product(10.0, is_published=False), self._create_product(10.0)
        kept = self._create_product(10.0, sale_ok=False)
        archived = self._create_product(10.0)
        archived.product_tmpl_id.active = False
        self._run_night(day(0))
        self.assertEqual([len(self._rows(product)) for product in (hidden, kept, archived, sold)], [0, 0, 0, 1])

    def test_a_new_feed_has_its_prices_written_without_waiting_for_the_night(self):
        cron = self.env.ref("shop_feed.ir_cron_feed_prices")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self._create_feed()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_the_scheduled_action_itself_runs(self):
        product = self._create_product(10.0)
        with self.enter_registry_test_mode(), freeze_time(day(0)):
            self.env.ref("shop_feed.ir_cron_feed_prices").method_direct_trigger()
        self.assertEqual(self._rows(product), [(0, 1220, False)])

    # === GAPS === #

    def test_what_nobody_looked_at_is_not_known(self):
        """Nights until day 2, none until day 40: what it cost in between may have been less."""
        product = self._create_product(10.0)
        for number in (0, 1, 2, 40):
            self._run_night(day(number))
        self.assertEqual(self._rows(product), [(0, 1220, False), (2, 0, False), (40, 1220, False)])

    def test_a_night_that_is_missed_is_no_gap(self):
        product = self._create_product(10.0)
        for number in (0, 2, 4):
            self._run_night(day(number))
        self.assertEqual(self._rows(product), [(0, 1220, False)])

    def test_a_reduction_after_a_gap_is_withheld_until_thirty_days_are_known_again(self):
        product = self._create_product(10.0)
        for first, last in ((45, 46), (78, 80)):
            self._create_rule(20, date_start=day(first), date_end=day(last))
        for number in (0, *range(40, 80)):
            self._run_night(day(number))
            if number == 45:
                self.assertEqual(self._codes(product, day(45)), ["reduction_unknown"])
        self.assertEqual(self._facts(product, day(79))["sale_price"], "9.76 EUR")

    def test_the_log_of_prices_bridges_a_gap(self):
        product = self._log_prices((0, 10.0))
        for number in (0, 1, 2):
            self._run_night(day(number))
        with freeze_time(day(20)):
            product.list_price = 8.0
            self._commit_log()
        with freeze_time(day(25)):
            product.list_price = 10.0
            self._commit_log()
        self._run_night(day(60))
        rows = [(number, units) for number, units, _is_reduced in self._rows(product)]
        self.assertEqual(rows, [(0, 1220), (2, 0), (2, 1220), (20, 976), (25, 1220)])

    def test_another_feed_of_the_list_goes_on_where_the_first_one_ended(self):
        product = self._create_product(10.0)
        self._run_night(day(0))
        self.feed.active = False
        self._create_feed()
        self._run_night(day(1))
        self.assertEqual(self._rows(product), [(0, 1220, False)])
        self._run_night(day(30))
        self.assertEqual(len(self._rows(product)), 3, "a gap, and the price after it")

    def test_rows_of_feeds_that_are_gone_tell_nothing_of_the_time_after_them(self):
        product = self._create_product(10.0)
        self._run_night(day(0))
        self.feed.unlink()
        self.feed = self._create_feed()
        self._run_night(day(40))
        self.assertEqual(self._rows(product), [(0, 1220, False), (0, 0, False), (40, 1220, False)])

    def test_what_the_log_tells_has_the_items_built_anew(self):
        product = self._create_product(10.0)
        self.env["shop.feed.mark"].search([]).unlink()
        self._run_night(day(0))
        marks = self.env["shop.feed.mark"].search([("kind", "=", "product.product")])
        self.assertIn(product.id, marks.mapped("res_id"))

    # === THIRTEEN MONTHS === #

    def test_thirteen_months_are_kept_and_the_price_that_held_when_they_began(self):
        product, quiet = self._create_product(10.0), self._create_product(10.0)
        self._record(product + quiet, day(0))
        for number in (10, 20, 420):
            product.list_price += 10.0
            self._record(product, day(number))
        with freeze_time(day(420)):  # thirteen months before that day, its 25th
            self.env["shop.feed.price"]._gc_old_prices()
        self.assertEqual(self._rows(product), [(20, 3660, False), (420, 4880, False)])
        self.assertEqual(self._rows(quiet), [(0, 1220, False)])

    # === WHO MAY === #

    def test_a_feed_opens_the_history_of_its_own_prices(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        position = self.env["account.fiscal.position"].create({"name": "No VAT", "company_id": self.company.id})
        abroad = self._create_feed(fiscal_position_id=position.id)
        self._record(product, day(0), abroad)
        for feed, price in ((self.feed, 12.2), (abroad, 10.0)):
            action = feed.with_user(
                new_test_user(self.env, f"o{feed.id}", "shop_feed.group_feed_user")
            ).action_open_prices()
            self.assertEqual(self.env["shop.feed.price"].search(action["domain"]).mapped("price"), [price])

    def test_people_read_the_history_of_their_companies_and_write_none(self):
        product = self._create_product(10.0)
        self._record(product, day(0))
        row = self.env["shop.feed.price"].search([("product_id", "=", product.id)])
        user = new_test_user(self.env, "reads", "shop_feed.group_feed_manager")
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "shop_feed.group_feed_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertEqual(row.with_user(user).units, 1220)
        for attempt in (
            lambda: row.with_user(user).write({"units": 5}),
            lambda: row.with_user(user).unlink(),
            lambda: row.with_user(user).copy(),
            lambda: row.with_user(stranger).read(["units"]),
        ):
            with self.assertRaises(AccessError):
                attempt()
        for name in ("prices_noted_on", "prices_noted_to", "prices_problem"):
            with self.assertRaises(AccessError):
                self.feed.with_user(user).write({name: False})

    # === THE LOG OF LISTS === #

    def test_the_history_begins_with_what_the_log_of_prices_knows(self):
        """10.00, from day 5 on 8.00, from day 9 on 12.00; the log began the day before."""
        product = self._log_prices((0, 10.0), (5, 8.0), (9, 12.0))
        self._start(product, 20)
        self.assertEqual(self._rows(product), [(0, 1220, False), (5, 976, False), (9, 1464, False)])

    def test_a_rule_that_began_and_ended_in_the_past_is_known_too(self):
        product = self._log_prices((0, 10.0))
        with freeze_time(day(1)):
            self._create_rule(50, date_start=day(4), date_end=day(6))
            self._commit_log()
        self._start(product, 20)
        self.assertEqual(self._rows(product), [(1, 1220, False), (4, 610, True), (6, 1220, False)])

    def test_a_rule_that_changed_hides_what_was_before(self):
        product = self._log_prices((0, 10.0))
        with freeze_time(day(7)):
            self._create_rule(10)
            self._commit_log()
        self._start(product, 20)
        self.assertEqual(self._rows(product), [(7, 1098, True)])

    def test_what_the_log_does_not_know_for_sure_begins_with_today(self):
        product = self._log_prices((0, 10.0), (5, 8.0))
        category = self.env["product.category"].create({"name": "Oil"})
        with freeze_time(day(6)):
            self._create_rule(1, applied_on="2_product_category", categ_id=category.id)
            self._commit_log()
        self._start(product, 20)
        self.assertEqual(self._rows(product), [])

    def test_the_first_night_takes_over_the_log_and_later_ones_do_not(self):
        product = self._log_prices((0, 10.0), (5, 8.0))
        self._run_night(day(20))
        self.assertEqual(self._rows(product), [(0, 1220, False), (5, 976, False)])
        with patch.object(type(self.feed), "_start_prices", autospec=True) as start:
            self._run_night(day(21))
        self.assertFalse(start.mock_calls)

    def _log_prices(self, *prices):
        """A product whose sales price changed on the days, the log of which the day before the first one begins."""
        product = self._create_product(prices[0][1])
        self.env.cr.execute("UPDATE product_product SET create_date = %s", [START - timedelta(1)])
        self.env.cr.execute("DELETE FROM listino_price_history")
        product.invalidate_recordset()
        other = self._create_product(1.0)
        for number, price in ((0, None), *prices[1:]):
            with freeze_time(day(number)):
                if price is None:
                    other.list_price = 2.0
                else:
                    product.list_price = price
                self._commit_log()
        return product

    def _commit_log(self):
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _start(self, product, number):
        feed, product, moment = self._ask(product, day(number))
        feed._start_prices(product, None, moment)


@tagged("post_install", "-at_install")
class TestPriceRace(BaseCase):
    """Two workers on connections of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            pricelist = env["product.pricelist"].create({"name": "Race", "currency_id": env.ref("base.EUR").id})
            product = env["product.product"].create({"name": "Race", "list_price": 10.0})
            self.series = shop_feed_price.PriceSeries(env.company.id, pricelist.id, None, pricelist.currency_id.id)
            self.pricelist_id, self.product_id = pricelist.id, product.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["product.pricelist"].browse(self.pricelist_id).unlink()
            env["product.product"].browse(self.product_id).product_tmpl_id.unlink()

    def _append(self, cr, moment):
        env = api.Environment(cr, SUPERUSER_ID, {})
        env["shop.feed.price"]._append(self.series, moment, {self.product_id: (1220, False, None)})

    def test_two_workers_at_the_same_moment_write_a_price_once(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            for cr in (first, second):
                cr.execute("SELECT count(*) FROM shop_feed_price")  # both have looked before either writes
            self._append(first, day(0))
            first.commit()
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):  # it is tried again, by Odoo
                self._append(second, day(0))
            second.rollback()
            self._append(second, day(0))
            second.commit()
            second.execute("SELECT count(*) FROM shop_feed_price WHERE pricelist_id = %s", [self.pricelist_id])
            self.assertEqual(second.fetchone(), (1,))
