"""Ways to send the customer a quote that is beyond the limits by mail; a plain seller tries them."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCommon

from .approval_common import ApprovalCommon


@tagged("post_install", "-at_install")
class TestGateMail(ApprovalCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "rossi@example.com"
        cls.seller.email = "seller@example.com"
        cls.order = cls._create_order({"product_id": cls.machine.id, "discount_text": "50"})
        cls.good = cls._create_order({"product_id": cls.machine.id, "discount_text": "5"})
        cls.template = cls.env.ref("sale.email_template_edi_sale")

    def _compose(self, order, **values):
        composer = self.env["mail.compose.message"].with_user(self.seller).with_context(mark_so_as_sent=True)
        return composer.create(
            {
                "model": "sale.order",
                "res_ids": order.ids,
                "template_id": self.template.id,
                "composition_mode": "comment",
                **values,
            }
        )

    def _assert_not_sent(self, attempt):
        with self.mock_mail_gateway(), self.assertRaisesRegex(UserError, "beyond what may be given"):
            attempt()
        self.assertEqual(self.order.state, "draft")

    def test_the_button(self):
        self._assert_not_sent(self.order.action_quotation_send)
        self._assert_not_sent((self.good + self.order).action_quotation_send)
        self.assertEqual(self.good.action_quotation_send()["res_model"], "mail.compose.message")

    def test_the_dialog(self):
        self._assert_not_sent(lambda: self._compose(self.order).action_send_mail())

    def test_the_dialog_without_odoos_mark(self):
        self._assert_not_sent(
            lambda: self._compose(self.order).with_context(mark_so_as_sent=False).copy().action_send_mail()
        )
        composer = self.env["mail.compose.message"].with_user(self.seller)
        values = {"model": "sale.order", "res_ids": self.order.ids, "template_id": self.template.id}
        self._assert_not_sent(lambda: composer.create(values).action_send_mail())

    def test_the_dialog_for_many(self):
        values = {"res_ids": (self.good + self.order).ids, "composition_mode": "mass_mail"}
        self._assert_not_sent(lambda: self._compose(self.order, **values).action_send_mail())

    def test_each_template_that_prints_the_quote(self):
        templates = self.env["mail.template"].search(
            [("model", "=", "sale.order"), ("report_template_ids", "!=", False)]
        )
        self.assertGreaterEqual(len(templates), 3)
        for template in templates:
            with self.subTest(template.name):
                self._assert_not_sent(
                    lambda template=template: template.with_user(self.seller).send_mail(self.order.id)
                )
                self._assert_not_sent(
                    lambda template=template: self.order.message_post_with_source(template.with_user(self.seller))
                )

    def test_a_message_that_says_it_is_the_quote(self):
        self._assert_not_sent(lambda: self.order.with_context(mark_so_as_sent=True).message_post(body="Our offer"))

    def test_its_link(self):
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        vals = {"res_model": "sale.order", "res_id": self.order.id, "partner_ids": self.customer.ids}
        with self.assertRaises(UserError):
            self.env["portal.share"].with_user(self.seller).create(vals).action_send_mail()
        self.assertFalse(self.order.replied_on)

    def test_a_payment_link(self):
        wizard = self.env["payment.link.wizard"].with_user(self.seller)
        context = {"active_model": "sale.order", "active_id": self.order.id}
        self._assert_not_sent(lambda: wizard.with_context(**context).create({}))

    def test_a_letter_is_free_but_does_not_tell_the_total(self):
        with self.mock_mail_gateway():
            for order in (self.order, self.good):
                order.message_post(
                    body="We are working on it", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment"
                )
        bad, good = (mail["body"] for mail in self._mails)
        self.assertIn(self.order.name, bad)
        self.assertNotRegex(bad, "6.?100")
        self.assertRegex(good, "11.?590")

    def test_a_good_quote_leaves(self):
        with self.mock_mail_gateway():
            self._compose(self.good).action_send_mail()
        self.assertEqual(self.good.state, "sent")
        self.assertTrue(self._mails)
