"""The whole addon seen by those whom it does not concern: visitors, other companies, who only reads."""

import contextlib

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .serve_common import MANAGER, USER, ServeCase

ADDON = "odoo.addons.shop_feed"
CRUD = ("read", "write", "create", "unlink")
OF_NO_COMPANY = {
    "shop.feed.channel",
    "shop.feed.channel.field",
    "shop.feed.mark",  # notes of the server, for administrators
    "shop.feed.picture",  # likewise
    "shop.feed.taxonomy",
}
MADE_BY_THE_SERVER = {
    "shop.feed.build",
    "shop.feed.fetch",
    "shop.feed.issue",
    "shop.feed.item",
    "shop.feed.landing",
    "shop.feed.offer.fan",
    "shop.feed.price",
    "shop.feed.row",
}


@tagged("post_install", "-at_install")
class TestFeedIsolation(ServeCase):
    """Asks the registry for the models and methods there are, so that a new one is not forgotten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls.env["res.company"].create({"name": "Elsewhere"})
        place = {"company_id": cls.elsewhere.id, "company_ids": [Command.set(cls.elsewhere.ids)], "lang": "en_US"}
        cls.stranger = new_test_user(cls.env, "feed_stranger", groups=USER, **place)
        cls.stranger_manager = new_test_user(cls.env, "feed_stranger_manager", groups=MANAGER, **place)
        cls.clerk = new_test_user(cls.env, "feed_clerk", groups="base.group_user", lang="en_US")
        cls.customer = new_test_user(cls.env, "feed_customer", groups="base.group_portal", lang="en_US")
        cls.public = cls.env.ref("base.public_user")
        cls.models = {
            name: cls.env[name]
            for name in cls.env.registry
            if name.startswith("shop.feed") and not cls.env[name]._abstract
        }

    def _create_records(self):
        """A record of the company in each model that is a company's, by model."""
        build, item = self._assemble(), self.items[0]
        place = {"feed_id": self.feed.id, "item_id": item.id, "product_id": item.product_id.id}
        self.env["shop.feed.issue"].create({**place, "code": "missing", "field_name": "gtin", "severity": "error"})
        self.env["shop.feed.landing"].create({**place, "moment": build.ended_on, "state": "same"})
        about = {"name": "Isolation", "external_id": "F1", "res_model": "product.product", "res_id": item.product_id.id}
        self.env["shop.feed.row"].create({"feed_id": self.feed.id, "state": "excluded", **about})
        self.env["shop.feed.fetch"].create({"feed_id": self.feed.id, "moment": build.ended_on})
        self.env["shop.feed.map"].create(
            {
                "feed_id": self.feed.id,
                "field_name": "title",
                "source_1": "title",
                "step_ids": [Command.create({"kind": "strip_html"})],
            }
        )
        rule = {"feed_id": self.feed.id, "name": "Isolation", "action_ids": [Command.create({"kind": "exclude"})]}
        check = {"source": "title", "operator": "is_set"}
        self.env["shop.feed.rule"].create({**rule, "check_ids": [Command.create(check)]})
        self.env["shop.feed.price"].create(
            {
                "company_id": self.feed.company_id.id,
                "pricelist_id": self.feed.pricelist_id.id,
                "product_id": item.product_id.id,
                "moment": build.ended_on,
                "currency_id": self.feed.currency_id.id,
                "units": 1000,
            }
        )
        self._create_offer()
        self.env.flush_all()
        records = {}
        for name, Model in self.models.items():
            if not Model._transient and Model._auto and name not in OF_NO_COMPANY:
                records[name] = Model.search([("company_id", "=", self.feed.company_id.id)], limit=1)
        return {name: record for name, record in records.items() if record}

    def _create_offer(self):
        """An offer for fans who log in, one of whom has his code."""
        reward = Command.create({"discount": 10})
        program = {"name": "Isolation", "program_type": "coupons", "company_id": self.feed.company_id.id}
        program = self.env["loyalty.program"].create({**program, "reward_ids": [Command.clear(), reward]})
        offer = {"name": "Isolation", "feed_id": self.feed.id, "program_id": program.id, "audience": "login"}
        self.env["shop.feed.offer"].create(offer)._get_fan_code(self.customer.partner_id)

    # === NO PART IN IT === #

    def test_who_is_in_no_group_has_no_right_to_any_model(self):
        self.assertIn("shop.feed.landing", self.models)
        for user in (self.public, self.customer, self.clerk):
            for name, Model in self.models.items():
                for operation in CRUD:
                    with self.subTest(model=name, user=user.login, operation=operation):
                        self.assertFalse(Model.with_user(user).has_access(operation))

    def test_who_is_in_no_group_reads_no_file(self):
        build = self._assemble()
        for user in (self.public, self.customer, self.clerk, self.stranger, self.stranger_manager):
            for attachment in build.plain_id + build.packed_id + build.contents_id:
                with self.subTest(user=user.login, name=attachment.name), self.assertRaises(AccessError):
                    attachment.with_user(user).read(["raw"])
        self.assertTrue(build.plain_id.with_user(self.user).read(["raw"]))

    # === OTHER COMPANIES === #

    def test_every_company_s_record_is_kept_from_other_companies(self):
        records = self._create_records()
        by_people = {"shop.feed", "shop.feed.map", "shop.feed.rule", "shop.feed.offer"}
        self.assertLessEqual(MADE_BY_THE_SERVER | by_people, records.keys())
        for name, record in records.items():
            for user in (self.stranger, self.stranger_manager):
                theirs = record.with_user(user)
                with self.subTest(model=name, user=user.login):
                    if self.env[name].with_user(user).has_access("read"):
                        self.assertFalse(theirs.search([("id", "=", record.id)]))
                    with self.assertRaises(AccessError):
                        theirs.read(["display_name"])
                    with self.assertRaises(AccessError):
                        theirs.write({"create_uid": user.id})
                    with self.assertRaises(AccessError):
                        theirs.unlink()

    def test_every_model_of_a_company_has_a_rule_for_it(self):
        for name, Model in self.models.items():
            if not Model._transient and name not in OF_NO_COMPANY:
                rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
                with self.subTest(model=name):
                    self.assertTrue(any("company" in (rule.domain_force or "") for rule in rules))

    def test_another_company_calls_no_method(self):
        called = []
        for name, record in self._create_records().items():
            for method in self._get_methods(record):
                for user in (self.stranger, self.stranger_manager):
                    self.env.invalidate_all()  # what is known already is not asked for again
                    with contextlib.suppress(AccessError):
                        getattr(record.with_user(user), method)()
                        called.append(f"{name}.{method} by {user.login}")
        self.assertEqual(called, [])

    # === WHO ONLY READS === #

    def test_what_the_server_finds_out_is_written_by_nobody(self):
        records = self._create_records()
        for name in MADE_BY_THE_SERVER:
            for user in (self.user, self.manager):
                theirs = records[name].with_user(user)
                self.assertTrue(theirs.read(["display_name"]))
                with self.subTest(model=name, user=user.login):
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(theirs.browse().has_access(operation))

    def test_a_user_changes_no_feed(self):
        for values in ({"name": "Mine"}, {"build_id": False}, {"active": False}):
            with self.assertRaises(AccessError):
                self.feed.with_user(self.user).write(values)

    def test_a_manager_does_not_say_what_is_served(self):
        build = self._assemble()
        for values in ({"build_id": build.id}, {"watched": {}}, {"token_hash": "0"}, {"former_token_until": False}):
            with self.assertRaises(AccessError):
                self.feed.with_user(self.manager).write(values)
            with self.assertRaises(AccessError):
                self.feed.with_user(self.manager).create({"name": "Mine", **values})

    # === HELP === #

    def _get_methods(self, record):
        """The methods of ours that may be called from outside and take nothing but the record."""
        names = set()
        for cls in type(record).mro():
            if cls.__module__.startswith(ADDON):
                names |= {name for name, value in vars(cls).items() if callable(value) and name.startswith("action_")}
        return sorted(name for name in names if get_public_method(record, name))
