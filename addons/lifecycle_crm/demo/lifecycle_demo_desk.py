"""What the story's customers said, what became of it, and what is to be done today."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..plays.answer import Answer
from .lifecycle_story import CUSTOMERS, PLAYS_RUNNING, PROMISES, SAID, VOUCHER

ANSWER_DAYS = 9  # from the order
SOLVED_DAYS = 4  # from the complaint
OPEN_DAYS = 30  # a complaint of longer ago has been solved


class LifecycleDemo(models.AbstractModel):
    _inherit = "lifecycle.demo"

    @api.model
    def _tell_story(self):
        # OVERRIDE: customers have answered, and somebody calls them.
        result = super()._tell_story()
        orders = self._answer_all()
        self.env["lifecycle.status"]._refresh(self.env.company, orders.partner_id)
        self._promise_calls()
        self._start_plays()
        return result

    # === FEEDBACK === #

    @api.model
    def _answer_all(self):
        """The feedback on the latest orders of each customer.

        :return: the orders
        """
        answered = self.env["sale.order"]
        for customer in CUSTOMERS:
            partner = self.env.ref(f"lifecycle_crm.partner_{customer.key}")
            orders = self.env["sale.order"].search(
                [("partner_id", "=", partner.id), ("delivery_status", "in", ("full", False)), ("state", "=", "sale")],
                order="date_order",
            )
            scores = customer.scores[-len(orders) :] if orders else ()
            for order, score in zip(orders[len(orders) - len(scores) :], scores, strict=True):
                self._answer(order, score)
                answered |= order
        return answered

    @api.model
    def _answer(self, order, score):
        good, better = SAID[score]
        said = Answer(score, packaging=min(score + 1, 5), courier=score, good=good, better=better, may_ask=score == 5)
        feedback = self.env["lifecycle.feedback"]._take_answer(order._get_lifecycle_question(), said)
        moment = min(order.date_order + timedelta(ANSWER_DAYS), fields.Datetime.now())
        feedback.answered_on = moment
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE rating_rating SET create_date = %(moment)s, write_date = %(moment)s, rated_on = %(moment)s"
            " WHERE id = %(rating)s",
            {"moment": moment, "rating": feedback.rating_id.id},
        )
        if feedback.case_id:
            self._date_back(feedback.case_id, moment)

    @api.model
    def _date_back(self, case, opened):
        """A complaint of its day; one of long ago has been solved."""
        days = case.company_id.lifecycle_complaint_days
        case.deadline = (opened + timedelta(days)).date()
        if is_old := opened < fields.Datetime.now() - timedelta(OPEN_DAYS):
            case.write({"solution": "Bottiglie sostituite, con le nostre scuse.", "state": "solved"})
            case.activity_ids.unlink()
        self.env.flush_all()
        self.env.cr.execute("UPDATE lifecycle_case SET create_date = %s WHERE id = %s", (opened, case.id))
        self.env.invalidate_all()
        if is_old:
            closed = opened + timedelta(SOLVED_DAYS)
            case.write({"closed_on": closed, "state_since": closed, "days_open": SOLVED_DAYS})

    # === TODAY === #

    @api.model
    def _promise_calls(self):
        """Customers who were promised a call, some of them for a day that has passed."""
        Status, company = self.env["lifecycle.status"], self.env.company
        today = company._lifecycle_today()
        for key, days, note in PROMISES:
            status = Status._get(self.env.ref(f"lifecycle_crm.partner_{key}"), company)
            status._set_next_contact(today, "call", note)
            status.sudo().next_contact_date = today - timedelta(days)  # as if it had been said then

    @api.model
    def _start_plays(self):
        """Plays that run: whom they concern is found out by the scheduled action."""
        plays = self.env["lifecycle.play"].search(
            [("company_id", "=", self.env.company.id), ("code", "in", PLAYS_RUNNING)]
        )
        self._fund_vouchers(plays)
        plays.action_start()

    @api.model
    def _fund_vouchers(self, plays):
        """A program of coupons, and what the plays may spend of it in a month."""
        name, percent, budget = VOUCHER
        rewards = [Command.create({"reward_type": "discount", "discount": percent, "discount_applicability": "order"})]
        program = self.env["loyalty.program"].create(
            {"name": name, "program_type": "coupons", "applies_on": "current", "reward_ids": rewards}
        )
        steps = plays.step_ids.filtered(lambda step: step.action == "voucher")
        steps.program_id = program
        steps.play_id.budget_amount = budget
