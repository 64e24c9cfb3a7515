"""Won and lost quotes: what became of those that left, by the band of their discount."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import QuoteCommon

NOW = "2026-03-12 10:00:00"
LATER = "2026-05-20 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(LATER)
class TestWinReport(QuoteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            # Of the seller: at list price one won, one lost; at 10 % one won, one expired; at 12 % one open.
            cls.at_list = cls._quote(False, "sale") + cls._quote(False, "cancel")
            cls.at_ten = cls._quote("10", "sale") + cls._quote("10", "sent", validity_date="2026-04-01")
            cls.at_twelve = cls._quote("12", "sent", validity_date="2026-12-31")
            cls.draft = cls._quote("10", "draft")
            cls.of_manager = cls._quote("60", "sale", user=cls.manager)
            cls.quotes = cls.at_list + cls.at_ten + cls.at_twelve + cls.draft + cls.of_manager
            cls.env.flush_all()

    @classmethod
    def _quote(cls, discount, state, user=None, **values):
        """A quote of a machine that left, unless it is to stay a draft, and became what is asked for."""
        values = {"validity_date": "2026-12-31", **values}
        order = cls._create_order({"product_id": cls.machine.id, "discount_text": discount}, user=user, **values)
        if state != "draft":
            order.action_quotation_sent()
        if state == "sale":
            order.action_confirm()
        if state == "cancel":
            order._action_cancel()
        return order.with_env(cls.env)

    def _rows(self, user=None):
        return self.env["quote.win.report"].with_user(user or self.manager), [("order_id", "in", self.quotes.ids)]

    def _by(self, group, *measures, user=None):
        Report, domain = self._rows(user)
        rows = Report._read_group(domain, [group], measures)
        return {row[0]: [round(value or 0.0, 2) for value in row[1:]] for row in rows}

    def test_outcomes_of_quotes_that_left(self):
        Report, domain = self._rows()
        outcomes = {row.order_id: row.outcome for row in Report.search(domain)}
        self.assertEqual([outcomes[order] for order in self.at_list + self.at_ten], ["won", "lost", "won", "expired"])
        self.assertEqual(outcomes[self.at_twelve], "open")
        self.assertNotIn(self.draft, outcomes)

    def test_win_rate_by_band(self):
        self.assertEqual(
            self._by("given_band", "won:sum", "lost:sum", "expired:sum", "open:sum", "won_share:avg"),
            {
                "1_none": [1, 1, 0, 0, 50.0],
                "3_to_10": [1, 0, 1, 0, 50.0],
                "4_to_15": [0, 0, 0, 1, 0],
                "8_over_50": [1, 0, 0, 0, 100.0],
            },
        )

    def test_bands_come_in_their_order(self):
        bands = list(self._by("discount_band", "won:sum"))
        self.assertEqual(bands, sorted(bands))

    def test_shares_are_of_what_is_decided(self):
        Report, domain = self._rows()
        [shares] = Report._read_group(domain, [], ["won_share:avg", "won_value_share:avg", "discount_share:avg"])
        won, decided = 10000 + 9000 + 4000, 10000 + 10000 + 9000 + 9000 + 4000
        discount = 1000 + 1000 + 1200 + 6000
        expected = [100 * 3 / 5, 100 * won / decided, 100 * discount / 60000]
        self.assertEqual([round(share, 4) for share in shares], [round(share, 4) for share in expected])

    def test_a_list_s_discount_is_not_given_by_the_seller(self):
        shown = self._create_promotional_list(20)
        order = self._create_order(
            {"product_id": self.machine.id, "discount_text": "5"}, pricelist_id=shown.id, validity_date="2026-12-31"
        )
        order.action_quotation_sent()
        self.env.flush_all()
        row = self.env["quote.win.report"].search([("order_id", "=", order.id)])
        self.assertRecordValues(
            row, [{"discount_band": "6_to_30", "given_band": "2_to_5", "list_value": 10000, "value": 7600}]
        )

    def test_a_surcharge_has_a_band_of_its_own(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "-2"}, user=self.manager)
        order.action_quotation_sent()
        self.env.flush_all()
        self.assertEqual(self.env["quote.win.report"].search([("order_id", "=", order.id)]).given_band, "0_above")

    def test_a_quote_expires_by_itself(self):
        Report, _domain = self._rows()
        with freeze_time("2027-01-01 10:00:00"):
            row = Report.search([("order_id", "=", self.at_twelve.id)])
            self.assertEqual(row.outcome, "expired")

    def test_a_salesperson_sees_his_own_quotes(self):
        Report, domain = self._rows(self.seller)
        self.assertEqual(Report.search(domain).order_id, self.at_list + self.at_ten + self.at_twelve)

    def test_others_see_nothing(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"no_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.env["quote.win.report"].with_user(user).search([])

    def test_views_and_drill_down(self):
        Report, domain = self._rows(self.seller)
        Report.get_views([(False, "graph"), (False, "pivot"), (False, "list"), (False, "search")])
        row = Report.search(domain, limit=1)
        self.assertEqual(row.action_open_order()["res_id"], row.order_id.id)
