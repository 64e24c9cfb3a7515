"""Who is under formal notice is not advertised to and pays in advance, until he has paid what he owes."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .test_flow_of_a_customer import LifeCommon


@tagged("post_install", "-at_install")
class TestFlowOfADebtor(LifeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marketer = cls._create_user("flow_marketer", "mass_mailing.group_mass_mailing_user")
        cls._prepare_payment()

    def test_a_debtor_is_left_in_peace_and_pays_first(self):
        self._go_to("2026-01-12 09:00:00")
        invoice = self._invoice(self._sell())
        self._go_to("2026-03-16 09:00:00")
        case = self._bring_to_notice()
        self._give_notice(case)
        self.assertEqual(self.customer.trust, "bad")
        (play,) = self._start("keep")
        self._take_in(play)
        self.assertFalse(self._live())
        (touch,) = play.entry_ids.touch_ids
        self.assertIn("does not pay what is due", touch.verdict_words)
        self.assertEqual(self._mail_news(), ["cancel"])
        watch = self._demand_prepayment(case)
        order = self._quote()
        self.assertEqual((order.require_payment, order.prepayment_percent), (True, 1))
        with self.assertRaisesRegex(UserError, "pays in advance"):
            order.action_confirm()
        self._go_to("2026-03-24 09:00:00")
        self.assertEqual((self._live(), touch.state), ([], "deferred"), "He is looked at again, and owes still.")
        self._pay_online(order)
        self.assertEqual(order.state, "sale")
        self._pay(invoice)
        self._run_action("dunning_it.ir_cron_dunning_scan")
        self.assertEqual((case.state, self.customer.trust), ("closed", "bad"), "He is on the watch list still.")
        watch.end_reason = "He has paid"
        watch.action_end()
        self.assertEqual(self.customer.trust, "normal")
        self.assertFalse(self._quote().require_payment)
        self.assertNotIn("cancel", self._mail_news())

    def test_who_has_paid_is_written_to_again(self):
        self._go_to("2026-01-12 09:00:00")
        invoice = self._invoice(self._sell())
        self._go_to("2026-03-16 09:00:00")
        self._give_notice(self._bring_to_notice())
        (play,) = self._start("keep")
        self._take_in(play)
        self.assertFalse(self._live())
        self._go_to("2026-03-20 09:00:00")
        self._pay(invoice)
        self._run_action("dunning_it.ir_cron_dunning_scan")
        self.assertEqual(self.customer.trust, "normal")
        self._go_to("2026-03-24 09:00:00")
        (mail,) = self._live()
        self.assertIn("everything all right", mail["Subject"])

    # === DUNNING === #

    def _bring_to_notice(self):
        """The case comes to its formal notice; how it gets there is told in another story."""
        self._run_action("dunning_it.ir_cron_dunning_scan")
        case = self._find_case()
        case.sudo().stage_id = case.policy_id.stage_ids.filtered(lambda stage: stage.kind == "notice")
        return case

    def _demand_prepayment(self, case):
        """The manager of dunning puts the debtor on the watch list."""
        action = case.with_user(self.dunning_manager).action_watch()
        Watch = self.env["dunning.watch"].with_user(self.dunning_manager).with_context(**action["context"])
        with Form(Watch) as form:
            form.effect = "prepay"
            form.reason = "Under formal notice"
        return form.record

    def _pay_online(self, order):
        """The customer pays the whole quote on its page."""
        self.make_jsonrpc_request(
            f"/my/orders/{order.id}/transaction",
            {
                "access_token": order._portal_ensure_token(),
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "token_id": None,
                "amount": order.amount_total,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/my",
            },
        )
        transaction = order.sudo().transaction_ids
        transaction._set_done()
        transaction._post_process()
        self.env.invalidate_all()

    # === MARKETING === #

    def _take_in(self, play):
        """The boss takes in those who are in the stage already."""
        self._live()
        dialog = self._open_dialog(play.with_user(self.boss).action_take_in(), self.boss)
        dialog.action_take_in()

    def _mail_news(self):
        """Marketing writes to all customers; what became of the mail to this one."""
        values = {
            "subject": "News",
            "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
            "mailing_domain": [("id", "=", self.customer.id)],
            "body_html": "<p>News</p>",
        }
        mailing = self.env["mailing.mailing"].with_user(self.marketer).create(values)
        mailing.action_put_in_queue()
        self._run_action("mass_mailing.ir_cron_mass_mailing_queue")
        return mailing.mailing_trace_ids.mapped("trace_status")
