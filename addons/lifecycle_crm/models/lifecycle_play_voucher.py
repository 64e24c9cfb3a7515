"""What a play may give away."""

from fractions import Fraction

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..plays.budget import Budget

PERIODS = {"month": 1, "quarter": 3, "year": 12}  # in months


def to_cents(amount):
    """An amount as a whole number of cents."""
    return round(amount * 100)


class LifecyclePlay(models.Model):
    """The budget of a play: for each period, for each customer in it, and never below a margin."""

    _inherit = "lifecycle.play"

    currency_id = fields.Many2one(related="company_id.currency_id")
    budget_amount = fields.Monetary(string="Budget", help="The most that vouchers may cost in a period, without tax.")
    budget_period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True, default="month"
    )
    budget_each = fields.Monetary(string="For Each Customer", help="The most in the period; 0: no such limit.")
    budget_left = fields.Monetary(string="Left", compute="_compute_budget_left")
    least_margin = fields.Float(
        string="Least Margin (%)",
        default=10,
        help="Of the price that is paid after the voucher. Where the cost of what a customer buys is not known, "
        "nothing is given. 0: the margin is not looked at.",
    )
    voucher_given_on = fields.Datetime(string="Last Voucher", readonly=True, copy=False)

    _budget_positive = models.Constraint("CHECK(budget_amount >= 0 AND budget_each >= 0)", "A budget is 0 or more.")
    _margin_range = models.Constraint("CHECK(least_margin >= 0 AND least_margin < 100)", "A margin is below 100 %.")

    def _compute_budget_left(self):
        for play in self:
            play.budget_left = play._get_budget().left / 100

    def _get_budget(self):
        """What the play may still spend; what was promised and is not used yet counts as spent.

        :rtype: ..plays.budget.Budget
        """
        self.ensure_one()
        each = to_cents(self.budget_each) or None
        return Budget(to_cents(self.budget_amount), spent=sum(self._get_given().values()), each=each)

    def _get_given(self):
        """What customers got in this period, in cents by the customer's id."""
        since = self.company_id._lifecycle_moment(self._get_period_start(), 0)
        domain = [("play_id", "=", self.id), ("card_id", "!=", False), ("settled_on", ">=", since)]
        rows = self.env["lifecycle.touch"].sudo()._read_group(domain, ["partner_id"], ["cost:sum"])
        return {partner.id: to_cents(cost) for partner, cost in rows}

    def _get_period_start(self):
        today = self.company_id._lifecycle_today()
        months = PERIODS[self.budget_period]
        return today.replace(day=1) - relativedelta(months=(today.month - 1) % months)

    def _get_least_margin(self):
        return Fraction(str(self.least_margin)) / 100 if self.least_margin else None

    def _hold_budget(self):
        """Whoever else gives of this budget at the same time begins anew: it is never spent twice."""
        self.voucher_given_on = fields.Datetime.now()
        self.flush_recordset(["voucher_given_on"])

    def _get_owner(self):
        return self.user_id or self.create_uid

    def _tell_once(self, words):
        """Tell the owner that nothing is given; he is not told again while the note stands."""
        owner = self._get_owner()
        summary = self.with_context(lang=owner.lang).env._("No vouchers are given")
        if summary not in self.activity_ids.mapped("summary"):
            self.activity_schedule("mail.mail_activity_data_warning", summary=summary, note=words, user_id=owner.id)


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    program_id = fields.Many2one(
        "loyalty.program",
        domain=[("program_type", "=", "coupons")],
        index="btree_not_null",
        ondelete="restrict",
        help="A program of coupons: each customer gets a code of his own, for a discount, a gift or free shipping.",
    )
    voucher_days = fields.Integer(string="Valid for", default=30, help="Days from the mail to the last day of use.")
    shipping_cost = fields.Monetary(help="What free shipping costs the company, where the program gives that.")
    currency_id = fields.Many2one(related="company_id.currency_id")

    _voucher_days_positive = models.Constraint("CHECK(voucher_days > 0)", "A voucher is valid for a day or more.")

    def _get_faults(self):
        # OVERRIDE: a voucher is of a program, and costs money that somebody must have set aside.
        faults = super()._get_faults()
        if self.action != "voucher":
            return faults
        if fault := self._get_program_fault():
            faults = [*faults, fault]
        if not self.play_id.budget_amount:
            faults = [*faults, self.env._("The step %(step)s gives vouchers: set a budget.", step=self.display_name)]
        return faults

    def _get_program_fault(self):
        """Why the program gives nothing today, in a whole sentence; None where it does."""
        program, today = self.program_id.sudo(), self.company_id._lifecycle_today()  # not everybody sees programs
        name = {"step": self.display_name, "program": program.name}
        if not program:
            return self.env._("The step %(step)s gives vouchers: choose a program of coupons.", **name)
        if not program.active or program.program_type != "coupons" or not program.reward_ids:
            return self.env._("The program %(program)s is not active, or gives no coupons.", **name)
        if program.company_id and program.company_id != self.company_id:
            return self.env._("The program %(program)s is of another company.", **name)
        if (program.date_to and program.date_to < today) or (program.date_from and program.date_from > today):
            return self.env._("The program %(program)s does not run today.", **name)
        if program.limit_usage and program.total_order_count >= program.max_usage:
            return self.env._("The program %(program)s has been used as often as it may be.", **name)
        return None
