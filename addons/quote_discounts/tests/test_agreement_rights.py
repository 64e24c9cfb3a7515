"""Who sees agreements, proposes and decides on them, each way tried as a plain salesperson by RPC."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .agreement_common import AgreementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 10:00:00")
class TestAgreementRights(AgreementCommon):
    def setUp(self):
        super().setUp()
        mute = mute_logger(
            "odoo.addons.base.models.ir_access", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"
        )
        mute.__enter__()
        self.addCleanup(mute.__exit__, None, None, None)

    def test_sellers_write_no_agreement(self):
        agreement = self._create_agreement({"discount_text": "10"}, activate=False)
        mine = agreement.with_user(self.seller)
        line = mine.line_ids
        other = {"partner_id": self.customer.id, "line_ids": [Command.create({"discount_text": "90"})]}
        calls = {
            "create": lambda: mine.create({**other, "decision": "active"}),
            "load": lambda: mine.load(["partner_id/.id", "decision"], [[str(self.customer.id), "active"]])["ids"]
            or mine.check_access("create"),
            "copy": mine.copy,
            "decide": lambda: mine.write({"decision": "active"}),
            "dates": lambda: mine.write({"date_end": "2030-01-01"}),
            "lines": lambda: mine.write({"line_ids": [Command.create({"discount_text": "90"})]}),
            "line": lambda: line.write({"discount_text": "90"}),
            "new line": lambda: line.create({"agreement_id": agreement.id, "discount_text": "90"}),
            "unlink": mine.unlink,
            "activate": mine.action_activate,
            "activate instead": mine.action_activate_instead,
            "close": mine.action_close,
        }
        for name, call in calls.items():
            with self.subTest(name=name), self.assertRaises(AccessError):
                call()
        self.assertRecordValues(agreement, [{"decision": "proposed"}])
        self.assertEqual(agreement.line_ids.discount_text, "10")

    def test_not_even_managers_write_what_the_server_notes(self):
        order = self._create_order(self.machine)
        agreement = self._create_agreement(
            {"discount_text": "10"}, activate=False, decision="active", source_order_id=order.id, end_reported=True
        )
        self.assertRecordValues(agreement, [{"decision": "proposed", "source_order_id": False, "end_reported": False}])
        for name, value in {"decision": "active", "source_order_id": order.id, "name": "X"}.items():
            with self.subTest(name=name), self.assertRaises(AccessError):
                agreement.write({name: value})
        defaulted = agreement.with_context(default_decision="active", default_source_order_id=order.id)
        made = defaulted.create({"partner_id": self.customer.copy().id})
        self.assertRecordValues(made, [{"decision": "proposed", "source_order_id": False}])

    def test_sellers_see_the_agreements_of_their_customers(self):
        colleague = self._create_salesperson("quote_colleague")
        self.customer.user_id = colleague
        agreement = self._create_agreement({"discount_text": "10"}, user_id=colleague.id)
        Agreement = self.env["quote.agreement"]
        self.assertFalse(Agreement.with_user(self.seller).search([("id", "=", agreement.id)]))
        with self.assertRaises(AccessError):
            agreement.with_user(self.seller).action_renew()
        self.assertEqual(agreement.with_user(colleague).line_ids.discount_text, "10")
        self.assertTrue(agreement.with_user(self.manager).name)
        line = self._create_order(self.machine, user_id=self.seller.id).order_line
        self.assertRecordValues(line, [{"agreement_discount": "10", "discount": 10}])
        self.assertIn(agreement.name, line.offer_explanation)

    def test_a_seller_s_renewal_is_a_proposal(self):
        agreement = self._create_agreement({"discount_text": "10"})
        renewal_id = agreement.with_user(self.seller).action_renew()["res_id"]
        renewal = self.env["quote.agreement"].browse(renewal_id)
        self.assertRecordValues(renewal, [{"decision": "proposed", "create_uid": self.seller.id}])
        with freeze_time("2027-02-01"):
            self.assertFalse(self._create_order(self.machine).order_line.agreement_line_id)

    def test_sellers_only_propose_and_only_from_their_orders(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "5"}, user=self.seller)
        order.action_confirm()
        wizard = (
            self.env["quote.agreement.propose"]
            .with_user(self.seller)
            .browse(order.action_propose_agreement()["res_id"])
        )
        with self.assertRaises(AccessError):
            wizard.action_propose_and_activate()
        self.assertFalse(order.agreement_ids.filtered(lambda agreement: agreement.decision == "active"))
        colleague = self._create_salesperson("quote_colleague")
        with self.assertRaises(AccessError):
            wizard.with_user(colleague).action_propose()
        with self.assertRaises(AccessError):
            order.with_user(colleague).action_propose_agreement()
        own = self.env["quote.agreement.propose"].with_user(colleague).create({"order_id": order.id})
        with self.assertRaises(AccessError):
            own.action_propose()

    def test_sellers_cannot_forge_an_agreement_on_a_line(self):
        agreement = self._create_agreement({"discount_text": "10"})
        order = self._create_order(
            {"product_id": self.machine.id, "agreement_discount": "90", "agreement_replaces": True},
            partner_id=self.env["res.partner"].create({"name": "Other"}).id,
        )
        self.assertRecordValues(order.order_line, [{"agreement_discount": False, "agreement_replaces": False}])
        values = {"agreement_line_id": agreement.line_ids.id, "agreement_price": 1, "agreement_replaces": True}
        for name, value in values.items():
            with self.subTest(name=name), self.assertRaises(AccessError):
                order.order_line.write({name: value})

    def test_portal_users_see_nothing(self):
        agreement = self._create_agreement({"discount_text": "10"})
        portal = new_test_user(self.env, "quote_portal", groups="base.group_portal", lang="en_US")
        portal.partner_id.parent_id = self.customer
        for record in (agreement, agreement.line_ids, self.env["quote.promotion"], self.env["quote.agreement.propose"]):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(portal).search([])
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(portal).read(["display_name"]) if record else record.with_user(portal).create({})

    def test_another_company_s_offers_stay_there(self):
        other = self.env["res.company"].create({"name": "Other company"})
        agreement = self._create_agreement({"discount_text": "10"})
        promotion = self._create_promotion("10", company_id=other.id)
        foreign = new_test_user(
            self.env,
            "quote_foreign",
            groups="sales_team.group_sale_manager",
            company_id=other.id,
            company_ids=other.ids,
            lang="en_US",
        )
        self.assertFalse(self.env["quote.agreement"].with_user(foreign).search([("id", "=", agreement.id)]))
        self.assertFalse(
            self.env["quote.agreement.line"].with_user(foreign).search([("agreement_id", "=", agreement.id)])
        )
        self.assertFalse(self.env["quote.promotion"].with_user(self.seller).search([("id", "=", promotion.id)]))
        self.assertFalse(self._create_order(self.machine).order_line.promotion_id)
