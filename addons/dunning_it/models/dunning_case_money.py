"""What a customer owes beside the principal: interest and compensation, to the day and to the cent."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, float_repr

from ..law.compensation import compensations
from ..law.interest import Curve, rounded
from ..law.reading import euros
from ..patience.contacts import day_to_pay


class DunningCase(models.Model):
    _inherit = "dunning.case"

    interest_amount = fields.Monetary(
        string="Interest", compute="_compute_money", help="Up to today, on what was open each day."
    )
    compensation_amount = fields.Monetary(string="Compensation", compute="_compute_money")
    total_amount = fields.Monetary(
        string="Owed Altogether", compute="_compute_money", help="Principal less credits, interest and compensation."
    )
    is_provisional = fields.Boolean(
        compute="_compute_money", help="A rate is missing or not confirmed: enter or confirm it under Law."
    )

    @api.depends("line_ids.state", "amount_net", "policy_id")
    @api.depends_context("tz", "uid")
    def _compute_money(self):
        owed = self._get_owed(fields.Date.context_today(self))
        for case in self:
            money = owed[case]
            case.interest_amount = money.interest
            case.compensation_amount = money.compensation
            case.total_amount = case.amount_net + money.interest + money.compensation
            case.is_provisional = money.is_provisional

    def _get_owed(self, until, lines=None):
        """Interest and compensation of cases on a day.

        :param datetime.date until: the last day that bears interest
        :param lines: some of their lines; None: all that are pursued
        :return: dict from case to :class:`Owed`
        """
        if lines is None:
            lines = self.line_ids.filtered(lambda line: line.state == "active")
        by_case = lines.grouped("case_id")  # fetched together, which a filter of each case's lines would not be
        balances = lines._get_balances()
        charged = self.env["dunning.charge"]._get_charged(lines.move_id)
        curves = self._get_curves()
        table = self.env["dunning.legal.value"]._get_table()
        owed = {}
        for case in self:
            mine = by_case.get(case, lines.browse())
            owed[case] = Owed(case, mine, balances, curves[case._get_regime()], table, until, charged)
        return owed

    def _get_regime(self):
        """What interest runs by: the regime, and whether with the agro-food surcharge."""
        policy = self.policy_id
        return policy.interest_regime or "none", policy.is_agro_food

    def _get_curves(self):
        table = self.env["dunning.legal.value"]._get_table()
        regimes = {case._get_regime() for case in self}
        return {(regime, agro): Curve(table, regime, agro_food=agro) for regime, agro in regimes}


class Owed:
    """Interest and compensation of one case on a day, without what a debit note asks for already.

    :ivar dict interest_of: the interest of each case line, rounded as its papers print it
    :ivar list compensations: of each invoice, see :func:`..law.compensation.compensations`
    """

    def __init__(self, case, lines, balances, curve, table, until, charged):
        self.case, self.lines, self.until = case, lines, until
        self._curve, self._balances, self._charged = curve, balances, charged
        currency = case.currency_id
        self.interest_of = {line: amount_of(rounded([self._get_interest(line)])[0], currency) for line in lines}
        self.interest = currency.round(float(sum(self.interest_of.values())))
        policy = case.policy_id
        self.compensations = []
        if policy.has_compensation and currency == case.company_id.currency_id:
            left_out = charged.compensated | charged.notes
            instalments = [
                (line.move_id.id, line.due_date, self._get_paid_date(line))
                for line in lines
                if line.move_id.is_sale_document() and line.move_id not in left_out
            ]
            self.compensations = compensations(table, policy.audience, instalments, until)
        self.compensation = currency.round(float(euros(sum(each.cents for each in self.compensations))))

    def _get_paid_date(self, line):
        """The day since which nothing is open of a case line, None where something is."""
        day, still_open = self._balances[line][-1]
        return None if still_open > 0 else day

    def _get_interest(self, line):
        return sum(self.interest_between(line, *gap) for gap in self.gaps(line))

    def interest_between(self, line, since, until):
        """What the days after one up to and with another bear, in the smallest units of the currency, exact."""
        return self._curve.interest(self._balances[line], since, until)

    def is_debit_note(self, line):
        """Whether a case line is interest and costs that were invoiced."""
        return line.move_id in self._charged.notes

    def gaps(self, line):
        """The stretches of a case line that bear interest which is not invoiced, see :func:`..law.charged.gaps`.

        What falls due on a Sunday or public holiday bears it from the day after the next that is none.
        """
        if self.is_debit_note(line):
            return []
        return self._charged.gaps(line.move_line_id, day_to_pay(line.due_date), self.until)

    @property
    def is_provisional(self):
        """Whether a rate is missing, or nobody answers for one."""
        spans = [gap for line in self.lines for gap in self.gaps(line)]
        return any(self._curve.missing(*span) or self._curve.unconfirmed(*span) for span in spans) or any(
            each.row is None or not each.row.confirmed for each in self.compensations
        )

    @property
    def has_missing_rate(self):
        """Whether there are days that bear nothing only since their rate is not entered."""
        return any(self._curve.missing(*gap) for line in self.lines for gap in self.gaps(line))

    @property
    def daily(self):
        """What each further day adds, in the currency of the case."""
        bearing = [line for line in self.lines if not self.is_debit_note(line)]
        units = sum(self._curve.a_day(self._balances[line][-1][1], self.until) for line in bearing)
        return amount_of(rounded([units])[0], self.case.currency_id)

    def breakdown(self, line):
        """The stretches of a case line, see :meth:`..law.interest.Curve.breakdown`."""
        gaps = self.gaps(line)
        return [share for gap in gaps for share in self._curve.breakdown(self._balances[line], *gap)]


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    def _get_balances(self):
        """What was open of each instalment, day by day, in the smallest units of its currency.

        :return: dict from case line to a list of pairs of a day and what was open at its end
        """
        paid = defaultdict(list)
        for item, day, amount in self._read_allocations():
            paid[item].append((day, amount))
        balances = {}
        for line in self:
            item = line.move_line_id
            still_open = units_of(item.amount_currency, line.currency_id)
            course = [(min(item.date, line.due_date), still_open)]
            for day, amount in sorted(paid[item.id]):
                still_open -= units_of(amount, line.currency_id)
                course.append((day, still_open))
            balances[line] = course
        return balances

    def _read_allocations(self):
        """Payments and credit notes allocated to the instalments: journal item, day, amount in its currency."""
        if not self:
            return []
        self.env["account.partial.reconcile"].flush_model()
        return self.env.execute_query(
            SQL(
                "SELECT debit_move_id, max_date, debit_amount_currency FROM account_partial_reconcile "
                "WHERE debit_move_id = ANY(%s)",
                self.move_line_id.ids,
            )
        )


def units_of(amount, currency):
    """A stored amount in the smallest units of its currency, without the noise of floats."""
    return int(Decimal(float_repr(amount, currency.decimal_places)).scaleb(currency.decimal_places))


def amount_of(units, currency):
    """So many of the smallest units of a currency, as an amount."""
    return Decimal(units).scaleb(-currency.decimal_places)
