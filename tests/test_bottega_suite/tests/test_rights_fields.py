"""What customers read of the fields that we put on others' records, such as their own orders."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from . import rights_registry
from .rights_common import ROLES, RightsCommon

OUTSIDE = ("portal", "public")


@tagged("post_install", "-at_install")
class TestRightsFields(RightsCommon, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_companies()

    def test_customers_read_no_field_of_ours_that_is_not_meant_for_them(self):
        """A field without groups on an order is read by whoever may read the order."""
        self.check("fields", ["model", "field"], list(self._open_fields()))

    def test_a_customer_who_asks_for_the_limits_of_his_own_quote_is_refused(self):
        """What the seller may still give is nothing that the other side of the table should read."""
        line = self.rows[self.here].of("sale.order.line")
        mine = line.with_user(self.users["portal"])
        self.assertTrue(mine.read(["price_unit", "discount_text"]), "his order is his to read")
        for name in ("limit_left", "limit_hint", "limit_label", "beyond_limit", "limit_allowed", "negotiator_id"):
            with self.subTest(field=name):
                self.assertTrue(self.is_refused("portal", "sale.order.line", "read", [line.ids], [name]))
                self.assertIsInstance(
                    self.call("portal", "sale.order.line", "export_data", [line.ids], [name]), UserError
                )

    def test_a_customer_finds_out_nothing_by_searching_either(self):
        """What can't be read can't be guessed by asking for lines that have it, nor by grouping them."""
        for name in ("negotiator_id", "limit_allowed", "listino_price"):
            with self.subTest(field=name):
                self.assertTrue(self.is_refused("portal", "sale.order.line", "search", [[(name, "!=", False)]]))
                grouped = [[], [], [f"{name}:max"]]
                self.assertTrue(self.is_refused("portal", "sale.order.line", "formatted_read_group", grouped))

    def test_an_employee_who_asks_for_the_limits_of_a_quote_is_answered(self):
        """The groups of the fields take nothing away from those who work with them."""
        line = self.rows[self.here].of("sale.order.line")
        self.assertFalse(self.is_refused("seller", "sale.order.line", "read", [line.ids], ["limit_left", "limit_hint"]))

    def test_a_wizard_tells_nothing_of_a_record_that_its_user_cannot_open(self):
        """Whoever calls from outside opens a wizard on any record, and what it shows is computed before anything is
        saved: each user must read along its links with his own rights.
        """
        alien = self.rows[self.elsewhere]
        asked = [
            ("quote.discount.asking", "order_id", "notice"),
            ("dunning.release", "order_id", "amount_total"),
            ("dunning.call.wizard", "case_id", "partner_id amount_due phone promise_date"),
            ("dunning.call.wizard", "case_id", "script promise_summary days_late closing_day"),
            ("dunning.notice.event", "notice_id", "channel signing"),
            ("listino.share.wizard", "document_id", "partner_id"),
            ("listino.share.wizard", "share_id", "url"),
            ("listino.publish", "document_id", "partner_id"),
            ("shop.feed.address", "feed_id", "token_set_on"),
            ("lifecycle.ending", "status_id", "partner_id"),
            ("lifecycle.call.wizard", "status_id", "partner_id stage_id satisfaction"),
        ]
        answered = []
        for model, link, names in asked:
            role = next(role for role in ROLES if self.env[model].with_user(self.users[role]).has_access("create"))
            record = alien.of(self.env[model]._fields[link].comodel_name)
            answered += [
                f"{model}.{name} to {role}"
                for name in names.split()
                if not self.is_refused(role, model, "onchange", [[]], {link: record.id}, [link], {name: {}})
            ]
        self.assertEqual(answered, [])

    def test_no_wizard_computes_with_more_rights_than_its_user_has(self):
        """But of company, currency and website: whose records they are is no secret."""
        known = ("res.company", "res.currency", "website")
        found = [
            f"{name}.{field.name}"
            for name in rights_registry.own_models(self.env)
            for field in self.env[name]._fields.values()
            if self.env[name].is_transient() and field.compute and field.compute_sudo
            if self._follows_links(self.env[name], field) and field.comodel_name not in known
        ]
        self.assertEqual(found, [])

    def _follows_links(self, model, field):
        depends = self.env.registry.field_depends[field]
        return any("." in name or model._fields[name].relational for name in depends)

    def _open_fields(self):
        for name in sorted(self.env.registry.models):
            model = self.env[name]
            readers = {role for role in OUTSIDE if model.with_user(self.users[role]).has_access("read")}
            for field_name, field in rights_registry.own_fields(self.env, name) if readers else ():
                seen = {role for role in readers if model.with_user(self.users[role])._has_field_access(field, "read")}
                if seen:
                    yield {
                        "addon": field._modules[0],
                        "model": name,
                        "field": field_name,
                        **{role: "x" if role in seen else "" for role in OUTSIDE},
                    }
