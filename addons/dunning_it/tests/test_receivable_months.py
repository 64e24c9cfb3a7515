"""Days sales outstanding and collection effectiveness, against a ledger reckoned by hand."""

from datetime import date
from fractions import Fraction

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..behaviour.figures import Entry, Ledger
from ..models.receivable_months import ReceivableMonths
from . import receivables
from .common import DunningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15")
class TestReceivableMonths(DunningCommon):
    """A company of its own, so that nothing else is in its ledger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._create_company("Bottega Nuova S.r.l.")
        cls.env = cls.env["base"].with_company(cls.company).env
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.customer = cls._create_customer("Osteria Blu")

    @classmethod
    def _create_company(cls, name):
        company = cls.env["res.company"].create({"name": name, "country_id": cls.env.ref("base.it").id})
        cls.env.user.company_ids |= company
        cls.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        company.currency_id = cls.env.ref("base.EUR")
        return company

    def _fill(self):
        """January 3,100, of which 2,000 paid on 10 March; February 2,800 less a credit note of 800; March 1,240."""
        january = self._create_invoice(3100, date="2026-01-10", due="2026-02-10")
        self._pay(january, 2000, date="2026-03-10")
        february = self._create_invoice(2800, date="2026-02-05", due="2026-03-31")
        self._create_invoice(1240, date="2026-03-20", due="2026-05-31")
        credit_note = self._create_invoice(800, date="2026-03-02", due="2026-03-02", move_type="out_refund")
        (february.line_ids + credit_note.line_ids).filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()

    def _months(self, count=4):
        self.env.flush_all()
        return ReceivableMonths(self.env, self.company).get_months(count)[self.company]

    def test_the_months_of_a_small_ledger_are_as_reckoned_by_hand(self):
        self._fill()
        january, february, march, april = self._months()
        self.assertEqual((january.end, april.end), (date(2026, 1, 31), date(2026, 4, 15)))
        self.assertEqual([month.sales for month in (january, february, march, april)], [310000, 280000, 44000, 0])
        # the credit note settles 800 of February on 2 March; 2,000 of January were paid on 10 March
        self.assertEqual(
            [month.receivables for month in (january, february, march, april)], [310000, 590000, 434000, 434000]
        )
        # January is late from 11 February on, February from 1 April on
        self.assertEqual([month.overdue for month in (january, february, march, april)], [0, 310000, 110000, 310000])
        # average: 4,340 of 6,340 invoiced in the 90 days of three months
        self.assertAlmostEqual(float(march.dso), 4340 / 6340 * 90)
        # counting back: 440 of March take its 31 days, 2,800 of February its 28, and 1,100 of 3,100 of January 11 of 31
        self.assertEqual(march.dso_count_back, 31 + 28 + 11)
        # March: 5,900 were open and 440 were added; of these 3,240 (2,000 of February, 1,240) were not due at its end
        # and could not be collected: 2,000 of the other 3,100 were
        self.assertEqual(march.effectiveness, Fraction(2000, 3100))

    def test_the_current_month_is_as_of_today(self):
        move = self._create_invoice(1000, date="2026-04-01", due="2026-04-14")
        self._create_invoice(500, date="2026-04-02", due="2026-04-15")
        self._create_invoice(700, date="2026-04-20", due="2026-04-20")
        now = self._months(1)[0]
        self.assertEqual((now.receivables, now.overdue, now.sales), (150000, 100000, 150000))
        self._pay(move, date="2026-04-15")
        self.assertEqual(self._months(1)[0].receivables, 50000)

    def test_the_analysis_shows_each_month_of_each_chosen_company(self):
        self._fill()
        self.env.flush_all()
        months = self.env["dunning.month"].search([("company_id", "=", self.company.id)], limit=2)
        self.assertRecordValues(
            months,
            [
                {"date": date(2026, 4, 15), "receivables": 4340, "overdue": 3100, "sales": 0},
                {"date": date(2026, 3, 31), "receivables": 4340, "overdue": 1100, "sales": 440},
            ],
        )
        self.assertAlmostEqual(months[1].dso_count_back, 70)
        self.assertAlmostEqual(months[1].effectiveness, 2000 / 3100 * 100)
        [[amount]] = self.env["dunning.month"]._read_group(
            [("company_id", "=", self.company.id), ("date", ">=", "2026-01-01")], [], ["sales:sum"]
        )
        self.assertEqual(amount, 6340)

    def test_a_company_without_invoices_has_months_of_nothing(self):
        month = self.env["dunning.month"].search([("company_id", "=", self.company.id)], limit=1)
        self.assertEqual((month.receivables, month.dso, month.effectiveness), (0, 0, 0))

    def test_other_companies_stay_out_of_the_rows_of_a_user(self):
        self._fill()
        own = self.user.company_id
        months = self.env["dunning.month"].with_user(self.user).with_context(allowed_company_ids=own.ids).search([])
        self.assertEqual(months.company_id, own)


@tagged("post_install", "-at_install", "slow")
@freeze_time("2013-12-10")
class TestReceivableMonthsRealData(DunningCommon):
    def setUp(self):
        super().setUp()
        if not receivables.data_file():
            self.skipTest(receivables.MISSING)

    def test_the_sums_by_month_of_real_receivables_give_the_figures_of_the_single_days(self):
        entries = [Entry(row.issued, row.due, row.settled, row.amount) for row in receivables.rows()]
        values = SQL(", ").join(
            SQL("(1, %s::date, %s::date, %s::date, %s::numeric)", row.issued, row.due, row.settled, row.amount / 100)
            for row in entries
        )
        months = ReceivableMonths(self.env, self.company)
        parts = SQL("SELECT * FROM (VALUES %s) AS row (company_id, issued, due, settled, amount)", values)
        summed = [Entry(*row) for _company, *row in self.env.execute_query(months._sum_up(parts))]
        self.assertLess(len(summed), len(entries) / 5)
        found, exact = months._reckon(summed, 22), Ledger(entries)
        for month in found:
            expected = exact.month(month.end)
            for name in ("sales", "receivables", "overdue", "dso", "dso_count_back", "effectiveness"):
                self.assertEqual(getattr(month, name), getattr(expected, name), (name, month.end))
        self.assertEqual(found[-1].end, date(2013, 12, 10))
