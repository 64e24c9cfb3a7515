"""Who is in the stories: an Italian wholesaler with its people, a customer with a person who buys, and a calendar."""

import base64
import re
from contextlib import contextmanager
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from odoo.addons.dunning_it.tests.outbox_common import MailServer
from odoo.addons.quote_discounts.tests.invoice_common import InvoiceCommon
from odoo.addons.quote_discounts.tests.paper_common import SIGNATURE

BOSS = (
    "sales_team.group_sale_manager,product.group_product_manager,lifecycle_crm.group_lifecycle_manager,"
    "shop_feed.group_feed_manager"
)
LETTER = b"%PDF-1.7 the letter with a signature in ink"
RECEIPT = b"%PDF-1.7 the return receipt"
BOOKKEEPER = "dunning_it.group_dunning_user"


class FlowCommon(MailServer, InvoiceCommon, HttpCase):
    """A story goes from day to day by :meth:`_go_to`; each step is taken by whoever takes it in life."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_english()
        cls.company.write(
            {
                "email": "ordini@bottega.example.com",
                "phone": "+39 02 555 0101",
                "dunning_signatory": "Maria Bianchi",
                "dunning_signatory_role": "Legal representative",
            }
        )
        cls.env["res.partner.bank"].create(
            {"acc_number": "IT60X0542811101000000123456", "partner_id": cls.company.partner_id.id}
        )
        cls._people()
        cls._goods()

    @classmethod
    def _speak_english(cls):
        """Have everybody read English, whatever the database speaks."""
        cls.env["res.users"].with_context(active_test=False).search([]).partner_id.lang = "en_US"
        cls.company.partner_id.lang = "en_US"
        cls.env = cls.env["base"].with_context(lang="en_US").env

    @classmethod
    def _people(cls):
        """The seller and the manager of the quotes' tests, and whoever else has a part."""
        cls.boss = cls._create_user("flow_boss", BOSS)
        cls.storekeeper = cls._create_user("flow_storekeeper", "stock.group_stock_user")
        cls.bookkeeper = cls._create_user("flow_bookkeeper", BOOKKEEPER)
        cls.dunning_manager = cls._create_user("flow_dunning_manager", "dunning_it.group_dunning_manager")
        cls.seller.write({"email": "venditore@bottega.example.com", "name": "Sara Seller"})
        thirty_days = cls.env["account.payment.term"].create(
            {"name": "30 days", "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})]}
        )
        cls.customer.write(
            {
                "name": "Trattoria Rossi",
                "email": "trattoria@example.com",
                "phone": "+39 02 555 0202",
                "user_id": cls.seller.id,
                "property_payment_term_id": thirty_days.id,
                "property_product_pricelist": cls.public_list.id,
            }
        )
        cls.mario = cls.env["res.partner"].create(
            {"name": "Mario Rossi", "parent_id": cls.customer.id, "email": "mario@example.com", "lang": "en_US"}
        )
        cls.portal = new_test_user(
            cls.env, "flow_mario", groups="base.group_portal", partner_id=cls.mario.id, lang="en_US"
        )

    @classmethod
    def _goods(cls):
        """Goods that are delivered, and invoiced as they are."""
        goods = {"type": "consu", "invoice_policy": "delivery"}
        cls.pasta_product.write({**goods, "standard_price": 5})
        cls.machine.write({**goods, "standard_price": 3000})

    @classmethod
    def _create_user(cls, login, groups, **values):
        return new_test_user(
            cls.env, login, groups=groups, lang="en_US", email=f"{login}@bottega.example.com", **values
        )

    @classmethod
    def _prepare_payment(cls):
        """Quotes can be paid online; Odoo's demo provider takes whatever it is given."""
        cls.provider = cls.env["payment.provider"].search(
            [("code", "=", "demo"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.provider.write({"state": "test", "is_published": True})
        cls.method = cls.provider.with_context(active_test=False).payment_method_ids[:1]
        cls.method.active = True

    @contextmanager
    def assertRaisesRegex(self, exception, regex):  # noqa: N802 - unittest's name
        # OVERRIDE: as Odoo's assertRaises does: what fails leaves nothing behind.
        with super().assertRaisesRegex(exception, regex) as caught, self.env.cr.savepoint():
            yield caught

    # === TIME === #

    def setUp(self):
        super().setUp()
        self._clock = None
        self.addCleanup(self._stop_clock)

    def _go_to(self, moment):
        """The story goes on at a later moment, in UTC."""
        self.env.flush_all()
        self._stop_clock()
        self._clock = freeze_time(moment)
        self._clock.start()
        self.env.invalidate_all()

    def _stop_clock(self):
        if self._clock:
            self._clock.stop()
            self._clock = None

    def _run_action(self, xmlid):
        """A scheduled action runs once, as the server runs it."""
        self.env.flush_all()
        self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    def _take_mails(self, partner, action="mail.ir_cron_mail_scheduler_action"):
        """The mail queue is sent, or what another scheduled action sends; what a customer gets of it."""
        sends = patch.object(self.env.registry["ir.mail_server"], "_disable_send", lambda *_args: False)
        with self._mail_server() as sent, sends:
            self._run_action(action)
        return [mail for mail in sent if partner.email in mail["To"]]

    @staticmethod
    def _read_html(mail):
        return mail.get_body(("html",)).get_content()

    # === DIALOGS === #

    def _open_dialog(self, action, user, **values):
        """The dialog that a button opens, filled in by a user."""
        self.env.flush_all()
        model = self.env[action["res_model"]].with_user(user).with_context(**action.get("context") or {})
        if not action.get("res_id"):
            return model.create(values)
        record = model.browse(action["res_id"])
        record.write(values)
        return record

    # === THE CUSTOMER === #

    def _sign(self, order, link=None):
        """The customer opens his quote by the link in his mail, reads, and signs; the answer of the page."""
        page = self.url_open(link or order.get_portal_url()).text
        digest = re.search(r"content_digest=([0-9a-f]{64})", page)[1]
        url = order.get_portal_url(suffix="/accept", query_string=f"&content_digest={digest}")
        answer = self.make_jsonrpc_request(url, {"name": "Mario Rossi", "signature": SIGNATURE.decode()})
        self.env.invalidate_all()
        return answer

    # === GOODS AND MONEY === #

    def _deliver(self, order):
        """The storekeeper hands over all that an order asks for; the delivery."""
        picking = order.picking_ids.filtered(lambda each: each.state != "done").with_user(self.storekeeper)
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        return picking.sudo()

    def _invoice(self, order):
        """The seller draws up the invoice of what was delivered, the bookkeeper posts it; the invoice."""
        Wizard = self.env["sale.advance.payment.inv"].with_user(self.seller)
        Wizard.with_context(active_model="sale.order", active_ids=order.ids).create({}).create_invoices()
        invoice = order.invoice_ids.sorted("id")[-1:].with_user(self.bookkeeper)
        invoice.action_post()
        return invoice.sudo()

    def _pay(self, invoice, amount=None):
        """The bookkeeper enters a payment, whole or in part."""
        Wizard = self.env["account.payment.register"].with_user(self.bookkeeper)
        values = {} if amount is None else {"amount": amount}
        Wizard.with_context(active_model="account.move", active_ids=invoice.ids).create(values)._create_payments()
        self.env.invalidate_all()

    # === DUNNING === #

    def _find_case(self):
        return self.env["dunning.case"].with_user(self.bookkeeper).search([("partner_id", "=", self.customer.id)])

    def _give_notice(self, case):
        """A registered letter: drawn up, signed, posted, delivered."""
        self._run_action("dunning_it.ir_cron_dunning_scan")
        action = case.action_make_notice()
        notice = self.env["dunning.notice"].with_user(self.bookkeeper).browse(action["res_id"])
        notice.action_ready()
        for kind, values in (
            ("signed", {"file": base64.b64encode(LETTER), "file_name": "letter.pdf"}),
            ("sent", {"tracking_number": "RR123456789IT"}),
            ("delivered", {"file": base64.b64encode(RECEIPT), "file_name": "receipt.pdf"}),
        ):
            event = {"notice_id": notice.id, "kind": kind, **values}
            self.env["dunning.notice.event"].with_user(self.bookkeeper).create(event).action_confirm()
        self.assertEqual(notice.state, "delivered")
