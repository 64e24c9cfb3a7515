"""Builders for the tests of sendings, and a mail server that behaves as a test wants."""

import email
import email.policy
from contextlib import contextmanager, nullcontext

from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.base.tests.common import MockSmtplibCase

from .test_document import DocumentCommon

NOON = "2026-03-02 12:00:00"


class Killed(BaseException):
    """The end of a worker in the middle of its work: nothing catches it."""


class SendingCommon(DocumentCommon, MockSmtplibCase):
    """Two customers with lists of their own, a sending to both, and mails that are kept in ``self.emails``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._init_mail_servers_of_test()
        cls.env.user.write({"email": "office@example.com", "lang": "en_US"})
        cls.gino, cls.emma = cls.env["res.partner"].create(
            [
                {
                    "name": "Gino",
                    "email": "gino@example.com",
                    "lang": "en_US",
                    "specific_property_product_pricelist": cls.resellers.id,
                    "customer_rank": 1,
                },
                {
                    "name": "Emma / Figli",
                    "email": "emma@example.com",
                    "lang": "en_US",
                    "specific_property_product_pricelist": cls.public_list.id,
                    "customer_rank": 1,
                },
            ]
        )
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_sending")
        cls.sending = cls._create_sending(cls.gino + cls.emma, extension="csv")

    @classmethod
    def _init_mail_servers_of_test(cls):
        cls.env["ir.mail_server"].search([]).active = False
        cls.env["ir.mail_server"].create({"name": "Test", "smtp_host": "smtp.example.com", "smtp_encryption": "none"})

    @classmethod
    def _create_sending(cls, partners=None, **values):
        values = {"document_id": cls.document.id, **values}
        if partners:
            values["partner_ids"] = [Command.set(partners.ids)]
        return cls.env["listino.sending"].create(values)

    @contextmanager
    def _post_office(self, refuse=None):
        """A mail server that takes every mail.

        :param refuse: called with the receivers and a function that takes the mail; may raise
        """
        mails = getattr(self, "emails", [])
        with self.mock_smtplib_connection():
            self.emails = mails
            session = self.testing_smtp_session
            accept = session.send_message
            if refuse:
                session.send_message = lambda message, sender, receivers: refuse(
                    receivers, lambda: accept(message, sender, receivers)
                )
            yield

    def _test_mode(self):
        """Commits that are none; a test with a browser is in that mode from its beginning."""
        return nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode()

    def _work(self, refuse=None):
        """Run the scheduled action once."""
        with self._post_office(refuse), self._test_mode():
            self.cron.method_direct_trigger()

    def _kill(self, refuse=None):
        """Run the scheduled action until it is killed; what was not committed is lost."""
        is_killed = False
        with self._post_office(refuse), self._test_mode():
            try:
                with self.registry.cursor() as cursor:
                    self.env(cr=cursor, user=self.cron.user_id.id)["listino.sending"]._cron_send()
            except Killed:  # assertRaises would take back what was committed, too
                is_killed = True
        self.assertTrue(is_killed)
        self.env.invalidate_all()

    def _line(self, partner, sending=None):
        lines = (sending or self.sending).line_ids.filtered(lambda line: line.partner_id == partner)
        return lines.sorted("id")[-1:]

    def _break_template(self):
        """As when an app that gave the template a field is removed: on saving, Odoo would refuse it."""
        self.patch(type(self.env["mail.template"]), "_check_can_be_rendered", lambda *_args, **_options: None)
        self.sending.template_id.subject = "{{ object.no_such_field }}"

    def _received(self):
        """How many mails went to each address."""
        counts = {}
        for mail in getattr(self, "emails", []):
            for address in mail["smtp_to_list"]:
                counts[address] = counts.get(address, 0) + 1
        return counts

    def _read_mail(self, partner=None):
        """The last mail that was sent, or that to a customer: its head, its texts by type, and its files by name."""
        mails = [mail for mail in self.emails if not partner or partner.email in mail["smtp_to_list"]]
        message = email.message_from_string(mails[-1]["message"], policy=email.policy.SMTP)
        texts, files = {}, {}
        for part in message.walk():
            if part.get_filename():
                files[part.get_filename()] = part.get_payload(decode=True)
            elif part.get_content_maintype() == "text":
                texts[part.get_content_type()] = part.get_content()
        return message, texts, files
