"""The whole addon seen by those whom it does not concern: customers, visitors, other companies, other employees."""

import inspect
import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .plays_common import NOW
from .privacy_common import PrivacyCommon

ADDON = "odoo.addons.lifecycle_crm"
CRUD = ("read", "write", "create", "unlink")
OF_ALL = ("lifecycle.purpose", "lifecycle.case.reason")  # what contacts and cases are for is no company's
FOR_CUSTOMERS = {"stock.picking.lifecycle_courier", "stock.picking.lifecycle_tracking"}  # of their own deliveries


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestIsolation(PrivacyCommon, HttpCase):
    """Asks the registry for the models, methods and routes there are, so that a new one is not forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        away = {"company_id": cls.elsewhere.id, "company_ids": [Command.set(cls.elsewhere.ids)]}
        cls.stranger = cls._create_user("lifecycle_stranger", "lifecycle_crm.group_lifecycle_user", **away)
        cls.stranger_manager = cls._create_user(
            "lifecycle_stranger_manager", "lifecycle_crm.group_lifecycle_manager", **away
        )
        cls.plain = cls._create_user("lifecycle_plain", "base.group_user")
        cls.joel = new_test_user(
            cls.env, "lifecycle_joel", groups="base.group_portal", lang="en_US", partner_id=cls.other.id
        )
        cls.public = cls.env.ref("base.public_user")
        cls.models = {
            name: cls.env[name]
            for name in cls.env.registry
            if name.startswith("lifecycle.") and not cls.env[name]._abstract
        }
        cls.records = {**cls.rows, **cls._create_rest()}
        cls.env.flush_all()

    @classmethod
    def _create_rest(cls):
        """A record of the company in each model that the rows about a person leave out, the wizards too."""
        play, status = cls.rows["lifecycle.entry"].play_id, cls.rows["lifecycle.status"]
        book = cls.env["lifecycle.rulebook"].create({"company_id": cls.company.id})
        rule = cls.env["lifecycle.rule"].create(
            {"rulebook_id": book.id, "name": "All", "code": "all", "stage_id": cls.lost.id}
        )
        values = {
            "lifecycle.condition": {"rule_id": rule.id, "term": "days_since_end", "operator": ">=", "value": 1},
            "lifecycle.consent.text": {
                "purpose_id": cls.purpose.id,
                "company_id": cls.company.id,
                "lang": "en_US",
                "body": "We may write.",
            },
            "lifecycle.protocol": {"name": "Late", "company_id": cls.company.id},
            "lifecycle.competitor": {"name": "Olio Lento", "company_id": cls.company.id},
            "lifecycle.conversation.wizard": {"partner_id": cls.customer.id, "about": "The price"},
            "lifecycle.first.source.wizard": {"partner_id": cls.customer.id, "note": "He said so"},
            "lifecycle.call.wizard": {"status_id": status.id},
            "lifecycle.contact.check": {"partner_id": cls.customer.id},
            "lifecycle.intake": {"play_id": play.id},
            "lifecycle.trial": {"rulebook_id": book.id},
            "lifecycle.privacy.wizard": {"partner_id": cls.customer.id},
            "lifecycle.preview": {
                "play_id": play.id,
                "step_id": play.step_ids[0].id,
                "partner_id": cls.customer.id,
                "lang": "en_US",
            },
        }
        made = {"lifecycle.stage": cls.lost, "lifecycle.play": play, "lifecycle.step": play.step_ids[0]}
        question = cls.rows["lifecycle.answer"].question_id
        made |= {"lifecycle.rulebook": book, "lifecycle.rule": rule, "lifecycle.question": question}
        values["lifecycle.question.choice"] = {"question_id": question.id, "name": "For the back"}
        return made | {model: cls.env[model].create(vals) for model, vals in values.items()}

    def _get_kept(self):
        """The records that are in tables, and not somebody's form."""
        return {name: record for name, record in self.records.items() if not record._transient}

    # === CUSTOMERS ===

    def test_who_is_not_of_the_lifecycle_has_no_right_to_any_model(self):
        self.assertIn("lifecycle.touch", self.models)
        for user in (self.joel, self.public, self.plain):
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
            if set(field._modules or ()) == {"lifecycle_crm"}
            and self.env[name].with_user(user)._has_field_access(field, "read")
        }
        self.assertLessEqual(readable, FOR_CUSTOMERS)

    def test_other_employees_read_nothing_of_a_contact(self):
        names = [name for name in self.customer._fields if name.startswith("lifecycle_")]
        self.assertTrue(names)
        for name in names:
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.customer.with_user(self.plain).read([name])

    def test_who_is_not_of_the_lifecycle_calls_no_method(self):
        for user in (self.joel, self.public, self.plain):
            self._assert_refused({**self.records, "res.partner": self.customer}, user)

    def test_who_is_not_of_the_lifecycle_calls_no_method_of_a_model(self):
        for user in (self.joel, self.public, self.plain):
            dashboard = self.env["lifecycle.dashboard"].with_user(user)
            rulebooks = self.env["lifecycle.rulebook"].with_user(user)
            for call in (
                dashboard.get_lifecycle_dashboard,
                dashboard.action_refresh,
                lambda books=rulebooks: books.action_start_preset("shop"),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    call()

    # === OTHER COMPANIES ===

    def test_every_company_s_record_is_kept_from_other_companies(self):
        for name, record in self._get_kept().items():
            for user in (self.stranger, self.stranger_manager):
                theirs = record.with_user(user)
                with self.subTest(model=name, user=user.login):
                    if self.env[name].with_user(user).has_access("read"):
                        self.assertFalse(theirs.search([("id", "=", record.id)]))
                    with self.assertRaises(AccessError):
                        theirs.read(["display_name"])
                    with self.assertRaises(UserError):  # what is only ever added says so before anything else
                        theirs.write({"create_uid": user.id})
                    with self.assertRaises(UserError):
                        theirs.unlink()

    def test_every_model_is_tried(self):
        tables = {name for name, Model in self.models.items() if Model._auto and not Model._transient}
        self.assertLessEqual(tables - set(OF_ALL), self.records.keys())

    def test_every_model_of_a_company_has_a_rule_for_it(self):
        Rule = self.env["ir.rule"]
        for name, Model in self.models.items():
            if Model._transient or name in OF_ALL:
                continue
            rules = Rule.search([("model_id.model", "=", name), ("groups", "=", False)])
            with self.subTest(model=name):
                self.assertTrue(any("company" in (rule.domain_force or "") for rule in rules))

    def test_reports_show_the_reader_s_company_alone(self):
        reports = [Model for Model in self.models.values() if not Model._auto]
        self.assertTrue(reports)
        for Report in reports:
            for user in (self.stranger, self.stranger_manager):
                with self.subTest(model=Report._name, user=user.login):
                    self.assertLessEqual(Report.with_user(user).search([]).company_id, self.elsewhere)

    def test_another_company_calls_no_method(self):
        for user in (self.stranger, self.stranger_manager):
            self._assert_refused(self.records, user)

    def test_another_company_makes_nothing_for_this_one(self):
        tried = set()
        for user in (self.stranger, self.stranger_manager):
            for name, record in self.records.items():
                Model = self.env[name].with_user(user)
                if not record._transient or not Model.has_access("create") or "partner_id" in record._fields:
                    continue
                tried.add(name)
                values = {
                    field.name: record[field.name].id
                    for field in record._fields.values()
                    if field.type == "many2one" and field.store and field.required
                }
                with self.subTest(model=name, user=user.login):
                    self._assert_each_refused(Model, values)
        self.assertEqual(tried, {"lifecycle.intake", "lifecycle.trial"})

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

    def test_personal_data_are_for_the_managers_of_the_company(self):
        Privacy = self.env["lifecycle.privacy"].with_user(self.stranger_manager)
        for method in (Privacy._export, Privacy._erase):
            with self.assertRaises(AccessError):
                method(self.customer, self.company)
        values = {"partner_id": self.customer.id, "company_id": self.company.id}
        with self.assertRaises(AccessError):
            self.env["lifecycle.privacy.wizard"].with_user(self.stranger_manager).create(values).action_export()

    def test_somebody_s_form_is_not_read_by_a_colleague(self):
        forms = {
            name: record
            for name, record in self.records.items()
            if record._transient and self.env[name].with_user(self.manager).has_access("read")
        }
        self.assertGreaterEqual(len(forms), 8)
        for name, record in forms.items():
            with self.subTest(model=name), self.assertRaises(AccessError):
                record.with_user(self.manager).read(["display_name"])

    def test_words_are_not_entered_for_another_company(self):
        for model in ("lifecycle.consent", "lifecycle.register.check", "lifecycle.information"):
            values = {"partner_id": self.customer.id, "company_id": self.company.id}
            purpose = self.env.ref("lifecycle_crm.lifecycle_purpose_marketing").id
            more = {"purpose_id": purpose, "state": "granted"} if model == "lifecycle.consent" else {}
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.stranger).create({**values, **more})

    # === ROUTES ===

    def test_every_route_answers_strangers_with_the_same_as_what_is_not_there(self):
        addresses = self._get_addresses()
        self.assertGreaterEqual(len(addresses), 5)
        for login in (None, "lifecycle_joel", "lifecycle_stranger", "lifecycle_stranger_manager", "lifecycle_plain"):
            self.authenticate(login, login)
            for there, nowhere in addresses:
                with self.subTest(login=login, address=there), mute_logger("odoo.http"):
                    answer, none = self.url_open(there), self.url_open(nowhere)
                    self.assertEqual((answer.status_code, none.status_code), (404, 404))
                    self.assertNotIn(self.customer.name, answer.text)
                    self.assertNotIn(self.anna.name, answer.text)

    # === HELP ===

    def _get_methods(self, record):
        """The buttons of ours that may be called from outside and need nothing but the record."""
        names = set()
        for cls in type(record).mro():
            if cls.__module__.startswith(ADDON):
                names |= {name for name, value in vars(cls).items() if callable(value) and name.startswith("action_")}
        return sorted(
            name
            for name in names
            if get_public_method(record, name)
            and all(
                place.default is not place.empty or place.kind in (place.VAR_POSITIONAL, place.VAR_KEYWORD)
                for place in inspect.signature(getattr(record, name)).parameters.values()
            )
        )

    def _assert_refused(self, records, user):
        for model, record in records.items():
            for method in self._get_methods(record):
                with self.subTest(model=model, method=method, user=user.login), self.assertRaises(AccessError):
                    getattr(record.with_user(user), method)()

    def _get_addresses(self):
        """Of each route that is read and has a number in it, the address of what is there and of what is not."""
        ids = {
            "touch_id": self.records["lifecycle.touch"].id,
            "case_id": self.records["lifecycle.case"].id,
            "order_id": self.order.id,
            "person_id": self.customer.id,
            "company_id": self.company.id,
        }
        texts = {"token": "nonsense", "code": "marketing"}
        pairs = []
        Http = self.env["ir.http"]
        rules = Http._generate_routing_rules(sorted(self.registry._init_modules), Http._get_converters())
        for url, endpoint in rules:
            places = re.findall(r"<[^<>]*?(\w+)>", url)
            is_read = "GET" in (endpoint.routing["methods"] or ("GET",))
            if not endpoint.func.__module__.startswith(ADDON) or not places or not is_read:
                continue
            self.assertLessEqual(set(places), ids.keys() | texts.keys(), url)
            there = nowhere = url
            for place in places:
                pattern = rf"<[^<>]*\b{place}>"
                there = re.sub(pattern, str(ids.get(place) or texts[place]), there)
                nowhere = re.sub(pattern, "999999" if place in ids else texts[place], nowhere)
            pairs.append((there, nowhere))
        return pairs
