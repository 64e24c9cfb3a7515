"""Who gets a price list, at which address, and who does not."""

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .sending_common import NOON, SendingCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestRecipients(SendingCommon):
    def _emails(self, sending):
        return sorted(each.email for each in sending._get_recipients())

    def test_customers_of_a_tag_and_its_children(self):
        parent = self.env["res.partner.category"].create({"name": "Shops"})
        child = self.env["res.partner.category"].create({"name": "Delis", "parent_id": parent.id})
        self.gino.category_id = child
        self.assertEqual(self._emails(self._create_sending(tag_ids=[Command.set(parent.ids)])), ["gino@example.com"])

    def test_customers_of_an_audience_by_their_list(self):
        audience = self.env["listino.audience"].create({"name": "Friends"})
        sending = self._create_sending(audience_ids=[Command.set(audience.ids)])
        self.assertEqual(self._emails(sending), [])
        self.resellers.audience_id = audience
        self.assertEqual(self._emails(sending), ["gino@example.com"])

    def test_an_address_is_written_to_once(self):
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.gino.id, "email": "Gino <GINO@example.com>"}
        )
        sending = self._create_sending(self.gino + clerk, addresses="gino@example.com\nNew <new@example.com>")
        self.assertEqual(self._emails(sending), ["gino@example.com", "new@example.com"])

    def test_two_firms_with_one_address_get_each_their_prices(self):
        self.emma.email = self.gino.email
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 2})

    def test_several_addresses_of_a_customer_are_in_one_mail(self):
        self.gino.email = "gino@example.com; orders@example.com"
        self.sending.action_start()
        self._work()
        self.assertEqual(self._received(), {"gino@example.com": 1, "orders@example.com": 1, "emma@example.com": 1})
        self.assertEqual(len(self.emails), 2)

    def test_one_of_several_addresses_of_a_customer_is_not_written_to_twice(self):
        self.gino.email = "gino@example.com; orders@example.com"
        sending = self._create_sending(self.gino, addresses="orders@example.com")
        self.assertEqual(self._emails(sending), ["gino@example.com, orders@example.com"])

    def test_who_gets_nothing_is_said_before(self):
        self.emma.email = False
        self.env["mail.blacklist"].create({"email": "gino@example.com"})
        self.assertEqual(
            self.sending.forecast.splitlines(),
            ["Readers who get it: 0", "Without an e-mail: 1 (Emma / Figli)", "Who want no mails: 1 (Gino)"],
        )
        self.sending.action_start()
        self._work()
        self.assertFalse(self._received())
        self.assertRecordValues(
            self._line(self.gino) + self._line(self.emma),
            [
                {"state": "skipped", "remark": "Wants no mails."},
                {"state": "skipped", "remark": "No valid e-mail address."},
            ],
        )

    def test_who_is_archived_or_refuses_in_the_meantime_gets_nothing(self):
        self.sending.write({"next_date": "2026-03-03 06:00:00"})
        self.sending.action_start()
        with freeze_time("2026-03-03 06:00:00"):
            self.sending._open_cycle()
            self.gino.active = False
            self.env["mail.blacklist"].create({"email": "emma@example.com"})
            self._work()
        self.assertEqual(set(self.sending.line_ids.mapped("state")), {"skipped"})

    def test_the_address_of_now_counts(self):
        self.sending.action_start()
        self.sending._open_cycle()
        self.gino.email = "moved@example.com"
        self._work()
        self.assertEqual(set(self._received()), {"moved@example.com", "emma@example.com"})
        self.assertEqual(self._line(self.gino).email, "moved@example.com")

    def test_nobody_chosen(self):
        sending = self._create_sending()
        for press in (sending.action_start, sending.action_preview):
            with self.assertRaisesRegex(UserError, "Nobody would get it"):
                press()

    def test_a_link_is_promised_no_longer_than_it_can_be_valid(self):
        sending = self._create_sending(self.gino, method="link", link_days=1098)
        with self.assertRaises(ValidationError):
            sending.link_days = 1099
        sending.action_start()
        self._work()
        self.assertEqual(sending.line_ids.mapped("state"), ["sent"])

    def test_what_is_no_address_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "“gino.example.com”, “a@b”"):
            self._create_sending(addresses="Emma <emma@example.com>\ngino.example.com\na@b")
        with self.assertRaisesRegex(ValidationError, "“nowhere”"):
            self._create_sending(reply_to="nowhere")

    def test_a_document_for_one_customer_does_not_go_to_a_stranger(self):
        self.document.partner_id = self.gino
        sending = self._create_sending(addresses="stranger@example.com", extension="csv")
        sending.action_start()
        self._work()
        self.assertEqual(sending.line_ids.state, "failed")
        self.assertIn("made for Gino, and his prices go to nobody else", sending.line_ids.remark)
        self.assertFalse(self._received())

    def test_a_document_for_one_customer_shows_another_his_own_prices(self):
        self.document.partner_id = self.gino
        sending = self._create_sending(self.emma, extension="csv")
        sending.action_start()
        self._work()
        self.assertIn("30.00", self._read_mail()[2]["Listino.csv"].decode("utf-8-sig"))
        self.assertNotIn("27.00", self._read_mail()[2]["Listino.csv"].decode("utf-8-sig"))
