"""A customer's life: thanked for the first order, asked how it was, heard when it was not; missed, and won back."""

import re

from odoo.fields import Command
from odoo.tests import Form, tagged

from .flow_common import FlowCommon


class LifeCommon(FlowCommon):
    """Customers are told by the order form that they may object; nobody is left in peace to compare with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lifecycle_informed_date = "2026-01-01"
        cls.plays = cls.env["lifecycle.play"].search([("company_id", "=", cls.company.id)])
        cls.plays.holdout_percent = 0
        cls.seller.group_ids += cls.env.ref("lifecycle_crm.group_lifecycle_user")

    def _start(self, *codes):
        """The boss starts plays."""
        plays = self.plays.filtered(lambda play: play.code in codes)
        self.assertEqual(len(plays), len(codes))
        plays.with_user(self.boss).action_start()
        return plays

    def _live(self):
        """The scheduled actions of the lifecycle, in the order of a day; the mails that the customer gets."""
        for name in ("sweep", "refresh", "plan", "send", "plan"):
            self._run_action(f"lifecycle_crm.ir_cron_lifecycle_{name}")
        return self._take_mails(self.customer)

    def _get_stage(self):
        status = self.env["lifecycle.status"].with_user(self.boss).search([("partner_id", "=", self.customer.id)])
        return status.stage_id.code

    def _sell(self):
        """The seller takes an order by telephone, which is delivered."""
        order = self._quote()
        order.action_confirm()
        self._deliver(order)
        return order

    def _quote(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            with form.order_line.new() as line:
                line.product_id = self.pasta_product
                line.product_uom_qty = 40
        return form.record

    def _find_link(self, mail, path):
        return re.search(rf'href="[^"]*?({path}[^"]*)"', self._read_html(mail))[1].replace("&amp;", "&")


@tagged("post_install", "-at_install")
class TestFlowOfFeedback(LifeCommon):
    def test_a_first_order_is_thanked_for_and_what_was_not_good_is_seen_to(self):
        self._go_to("2026-03-02 09:00:00")
        self._start("thank_you", "feedback")
        order = self._sell()
        self._live()
        self.assertEqual(self._get_stage(), "new")
        self._go_to("2026-03-03 09:00:00")
        [thanks] = self._live()
        self.assertIn("thank you", thanks["Subject"])
        self._go_to("2026-03-09 09:00:00")
        [question] = self._live()
        self._answer(self._find_link(question, "/lifecycle/feedback/"), score="2", better="It came late")
        case = self.env["lifecycle.case"].with_user(self.seller).search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(case, [{"kind": "complaint", "order_id": order.id, "user_id": self.seller.id}])
        self.assertEqual(str(case.deadline), "2026-03-11")
        self.assertEqual(case.activity_ids.user_id, self.seller)
        self.authenticate(self.portal.login, self.portal.login)
        self.assertIn(case.number, self.url_open("/my/cases").text)

    def _answer(self, link, **form):
        """The customer answers on the page of the link, without a login."""
        page = self.url_open(link).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        answer = self.url_open(link, data={"csrf_token": token, **form})
        self.env.invalidate_all()
        self.assertIn("We look into it", answer.text)


@tagged("post_install", "-at_install")
class TestFlowOfWinningBack(LifeCommon):
    def test_a_silent_customer_comes_back_with_a_voucher(self):
        self._go_to("2026-01-12 09:00:00")
        self._sell()
        play = self._start_win_back()
        self._live()
        self.assertEqual(self._get_stage(), "new")
        self._go_to("2026-03-16 09:00:00")
        self.assertEqual((self._live(), self._get_stage()), ([], "at_risk"))
        self._go_to("2026-05-18 09:00:00")
        [mail] = self._live()
        self.assertEqual(self._get_stage(), "lost")
        self.assertIn("see you again", mail["Subject"])
        self._go_to("2026-05-28 09:00:00")
        self._look_up()
        self.assertFalse(self._live())
        self._call()
        self._go_to("2026-06-12 09:00:00")
        [mail] = self._live()
        card = self.env["loyalty.card"].search([("partner_id", "=", self.customer.id)])
        self.assertIn(card.code, self._read_html(mail))
        self._go_to("2026-06-15 09:00:00")
        order = self._redeem(card.code)
        self._live()
        self.assertEqual(self._get_stage(), "occasional")
        self._run_action("lifecycle_crm.ir_cron_lifecycle_voucher")
        touch = self.env["lifecycle.touch"].search([("card_id", "=", card.id)])
        self.assertEqual(touch.card_state, "used")
        self.assertAlmostEqual(touch.cost, order.amount_untaxed / 9)
        self.assertEqual(play.entry_ids.state, "stopped")
        self._go_to("2026-07-20 09:00:00")
        self.assertEqual((play.result_played_count, play.result_played_buyers), (1, 1))

    def _look_up(self):
        """The seller finds that the number is not in the public register of objections."""
        self.env["lifecycle.register.check"].with_user(self.seller).create({"partner_id": self.customer.id})

    def _call(self):
        """The seller calls from his list of the day, and the answer is not now."""
        touches = self.env["lifecycle.touch"].search([("partner_id", "=", self.customer.id)])
        self.assertFalse(touches[-1].verdict_words)
        today = self.env["lifecycle.today"].with_user(self.seller).search([("user_id", "=", self.seller.id)])
        self.assertEqual((today.partner_id, today.kind), (self.customer, "play"))
        self._open_dialog(today.action_open(), self.seller, note="In summer", back_date="2026-07-01").action_not_now()

    def _redeem(self, code):
        """The seller takes an order with the code that the customer reads out."""
        order = self._quote()
        action = {"res_model": "sale.loyalty.coupon.wizard", "context": {"active_id": order.id}}
        action = self._open_dialog(action, self.seller, coupon_code=code).action_apply()
        reward = self.env["loyalty.reward"].browse(action["context"]["default_reward_ids"])
        self._open_dialog(action, self.seller, selected_reward_id=reward.id).action_apply()
        self.assertTrue(order.order_line.filtered("is_reward_line"))
        order.action_confirm()
        return order

    def _start_win_back(self):
        """The boss decides on a voucher, on how much of them, and starts the play."""
        reward = {"discount": 10, "discount_mode": "percent", "discount_applicability": "order"}
        values = {
            "name": "Welcome back",
            "program_type": "coupons",
            "company_id": self.company.id,
            "rule_ids": [Command.clear()],
            "reward_ids": [Command.clear(), Command.create(reward)],
        }
        program = self.env["loyalty.program"].with_user(self.boss).create(values)
        play = self.plays.filtered(lambda play: play.code == "win_back").with_user(self.boss)
        play.step_ids.filtered(lambda step: step.action == "voucher").program_id = program
        play.budget_amount = 500
        play.action_start()
        return play
