"""The whole addon seen by those whom it does not concern: customers, other companies, who only writes invoices."""

import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .answers_common import OpenItemsCommon

ADDON = "odoo.addons.dunning_it"
CRUD = ("read", "write", "create", "unlink")
ABSTRACT = ("dunning.outbox",)
OF_ALL = ("dunning.legal.value", "dunning.notice.text")  # the law and the words of letters are no company's


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestIsolation(OpenItemsCommon):
    """Asks the registry for the models, methods and routes there are, so that a new one is not forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere, cls.stranger = cls._create_elsewhere()
        cls.stranger_manager = cls._create_user(
            "dunning_elsewhere_manager",
            "dunning_it.group_dunning_manager",
            company_id=cls.elsewhere.id,
            company_ids=[Command.set(cls.elsewhere.ids)],
        )
        cls.biller = cls._create_user("dunning_biller", "account.group_account_invoice")
        cls.public = cls.env.ref("base.public_user")
        cls.models = {
            name: cls.env[name]
            for name in cls.env.registry
            if name.startswith("dunning.") and not cls.env[name]._abstract
        }

    def _create_records(self):
        """A record of the company in each model that is a company's, by model."""
        self._say_everything()
        case = self.case
        case.stage_id = self.business.stage_ids.filtered(lambda stage: stage.kind == "notice")
        self._scan()
        notice = self.env["dunning.notice"].browse(case.with_user(self.user).action_make_notice()["res_id"])
        file = self.env["ir.attachment"].create({"name": "letter.pdf", "raw": b"%PDF-1.7"})
        self.env["dunning.notice.file"].create(
            {"notice_id": notice.id, "kind": "letter", "attachment_id": file.id, "sha256": "0"}
        )
        self.env["dunning.receipt"].create({"company_id": self.company.id, "fingerprint": "isolation"})
        self.env["dunning.change"].create({"company_id": self.company.id, "partner_id": self.customer.id})
        policy = self.business.copy({"company_id": self.company.id})
        self.env["dunning.step"].create({"case_id": case.id, "stage_id": policy.stage_ids[0].id, "cycle": 9})
        self.env.flush_all()
        records = {}
        for name, Model in self.models.items():
            if Model._transient or not Model._auto or name in OF_ALL:
                continue
            domain = [("policy_id", "=", policy.id)] if name == "dunning.stage" else []
            if "company_id" in Model._fields:
                domain = [("company_id", "=", self.company.id)]
            if found := Model.search(domain, limit=1):
                records[name] = found
        return records

    def _say_everything(self):
        self._say("paid", self.move, date="2026-06-12")
        self._say("dispute", self.other, reason="price")
        self.case.line_ids.filtered(lambda line: line.state == "declared").state = "active"
        self._scan()
        self._say("promise", date="2026-06-20")
        self.case._log_call("call_back")
        self.case.promise_ids._withdraw()
        self._scan()

    # === CUSTOMERS ===

    def test_a_customer_has_no_policy_of_another_company(self):
        theirs = self.business.copy({"company_id": self.elsewhere.id})
        with self.assertRaises(UserError):
            self.customer.dunning_policy_id = theirs

    def test_customers_and_visitors_have_no_right_to_any_model(self):
        self.assertIn("dunning.answer", self.models)
        for user in (self.joel, self.public):
            for name, Model in self.models.items():
                for operation in CRUD:
                    with self.subTest(model=name, user=user.login, operation=operation):
                        self.assertFalse(Model.with_user(user).has_access(operation))

    def test_customers_and_visitors_read_no_field_of_ours_elsewhere(self):
        readable = {
            f"{name}.{field.name}"
            for user in (self.joel, self.public)
            for name in self.env.registry
            if not self.env[name]._abstract and self.env[name].with_user(user).has_access("read")
            for field in self.env[name]._fields.values()
            if set(field._modules or ()) == {"dunning_it"}
            and self.env[name].with_user(user)._has_field_access(field, "read")
        }
        self.assertEqual(readable, set())

    def test_customers_and_visitors_call_no_method(self):
        records = self._create_records()
        for user in (self.joel, self.public):
            self._assert_refused(records, user)

    # === OTHER COMPANIES ===

    def test_every_company_s_record_is_kept_from_other_companies(self):
        records = self._create_records()
        made_here = {
            "dunning.answer",
            "dunning.call",
            "dunning.case",
            "dunning.case.line",
            "dunning.change",
            "dunning.dispute",
            "dunning.notice",
            "dunning.notice.file",
            "dunning.notice.line",
            "dunning.policy",
            "dunning.promise",
            "dunning.receipt",
            "dunning.stage",
            "dunning.step",
        }
        self.assertLessEqual(made_here, records.keys())
        for name, record in records.items():
            for user in (self.stranger, self.stranger_manager):
                with self.subTest(model=name, user=user.login):
                    theirs = record.with_user(user)
                    if theirs.has_access("read") or self.env[name].with_user(user).has_access("read"):
                        self.assertFalse(theirs.search([("id", "=", record.id)]))
                    with self.assertRaises(AccessError):
                        theirs.read(["display_name"])
                    with self.assertRaises(AccessError):
                        theirs.write({"create_uid": user.id})
                    with self.assertRaises(AccessError):
                        theirs.unlink()

    def test_reports_show_the_reader_s_company_alone(self):
        self._create_records()
        reports = [Model for Model in self.models.values() if not Model._auto]
        self.assertTrue(reports)
        for Report in reports:
            self.assertTrue(Report.with_user(self.user).search([]))
            for user in (self.stranger, self.stranger_manager):
                with self.subTest(model=Report._name, user=user.login):
                    self.assertLessEqual(Report.with_user(user).search([]).company_id, self.elsewhere)

    def test_every_model_of_a_company_has_a_rule_for_it(self):
        """Also those of which no record is made above."""
        Rule = self.env["ir.rule"]
        for name, Model in self.models.items():
            if Model._transient or name in OF_ALL:
                continue
            rules = Rule.search([("model_id.model", "=", name), ("groups", "=", False)])
            with self.subTest(model=name):
                self.assertTrue(any("company" in (rule.domain_force or "") for rule in rules))

    def test_another_company_calls_no_method(self):
        records = self._create_records()
        for user in (self.stranger, self.stranger_manager):
            self._assert_refused(records, user)

    def test_another_company_makes_nothing_for_this_one(self):
        dispute = {"dispute_reason": "price", "dispute_line_ids": [Command.set(self.case.line_ids.ids)]}
        forms = {
            "dunning.call.wizard": {"case_id": self.case.id, **dispute},
            "dunning.notice.event": {"notice_id": self._create_records()["dunning.notice"].id, "kind": "signed"},
        }
        for user in (self.stranger, self.stranger_manager):
            for name, values in forms.items():
                with self.subTest(model=name, user=user.login):
                    self._assert_each_refused(self.env[name].with_user(user), values)

    def _assert_each_refused(self, model, values):
        """A form about another company's record is not made, or none of its buttons does anything."""
        try:
            form = model.create(values)
        except AccessError:
            return
        methods = self._get_methods(form)
        self.assertTrue(methods)
        for method in methods:
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(form, method)()

    # === WHO ONLY WRITES INVOICES ===

    def test_who_only_writes_invoices_reads_settings_of_a_customer_and_no_case(self):
        for name, Model in self.models.items():
            for operation in CRUD:
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(Model.with_user(self.biller).has_access(operation))
        self.assertEqual(self.customer.with_user(self.biller).dunning_closing_day, 0)
        for record, field in (
            (self.customer, "dunning_case_ids"),
            (self._get_item(self.move), "dunning_case_line_ids"),
        ):
            with self.assertRaises(AccessError):
                record.with_user(self.biller).read([field])

    # === ROUTES ===

    def test_every_route_answers_strangers_with_the_same_as_what_is_not_there(self):
        records = self._create_records()
        addresses = self._get_addresses(records)
        self.assertTrue(addresses)
        for login in ("dunning_joel", "dunning_elsewhere", "dunning_elsewhere_manager"):
            self.authenticate(login, login)
            for there, nowhere in addresses:
                with self.subTest(login=login, address=there), mute_logger("odoo.http"):
                    answer, none = self.url_open(there), self.url_open(nowhere)
                    self.assertEqual((answer.status_code, none.status_code), (404, 404))
                    self.assertNotIn(self.customer.name, answer.text)

    def test_every_route_asks_a_visitor_for_a_login_or_a_token(self):
        self.authenticate(None, None)
        for there, _nowhere in self._get_addresses(self._create_records()):
            with self.subTest(address=there):
                response = self.url_open(there, allow_redirects=False)
                self.assertIn(response.status_code, (303, 404))

    # === HELP ===

    def _get_methods(self, record):
        """The methods of ours that may be called from outside and take nothing but the record."""
        names = set()
        for cls in type(record).mro():
            if cls.__module__.startswith(ADDON):
                names |= {name for name, value in vars(cls).items() if callable(value) and name.startswith("action_")}
        return sorted(name for name in names if get_public_method(record, name))

    def _assert_refused(self, records, user):
        for model, record in records.items():
            for method in self._get_methods(record):
                with self.subTest(model=model, method=method, user=user.login), self.assertRaises(AccessError):
                    getattr(record.with_user(user), method)()

    def _get_addresses(self, records):
        """Of each route with a number in it, the address of what is there and of what is not."""
        models = {f"{name.removeprefix('dunning.').replace('.', '_')}_id": record for name, record in records.items()}
        models |= {"company_id": self.company, "currency_id": self.env.ref("base.CHF")}
        texts = {"kind": "statement", "token": "nonsense"}
        pairs = []
        Http = self.env["ir.http"]
        rules = Http._generate_routing_rules(sorted(self.registry._init_modules), Http._get_converters())
        for url, endpoint in rules:
            places = re.findall(r"<[^<>]*?(\w+)>", url)
            is_read = "GET" in (endpoint.routing["methods"] or ("GET",))
            if not endpoint.func.__module__.startswith(ADDON) or not places or not is_read:
                continue
            there = nowhere = url
            for place in places:
                pattern = rf"<[^<>]*\b{place}>"
                word = "paid" if "any(" in url and place == "kind" else texts.get(place)
                is_number = place in models
                there = re.sub(pattern, str(models[place].id) if is_number else word or "x", there)
                nowhere = re.sub(pattern, "999999" if is_number else word or "x", nowhere)
            pairs.append((there, nowhere))
        return pairs
