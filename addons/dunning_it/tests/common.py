"""Builders shared by the tests: an Italian company with customers of each kind, and invoices that are late."""

import contextlib
import datetime
from unittest.mock import patch

from hypothesis import HealthCheck, settings

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

# How fast the machine is beside other work says nothing about the code.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")

TODAY = datetime.date(2026, 6, 15)


def speak_english(case):
    """Have all users read English in the tests of a class, whatever the database speaks."""
    case.env["res.lang"]._activate_lang("en_US")  # an Italian database has put it away
    users = case.env["res.users"].with_context(active_test=False).search([])
    users.partner_id.lang = "en_US"
    case.env = case.env["base"].with_context(lang="en_US").env


class DunningCommon(TransactionCase):
    """A company in euro, a business that pays late, and the people who look after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        speak_english(cls)
        cls.company = cls.env.company
        cls.euro = cls.company.currency_id
        cls.company.email = "amministrazione@example.com"
        cls.user = cls._create_user("dunning_user", "dunning_it.group_dunning_user")
        cls.manager = cls._create_user("dunning_manager", "dunning_it.group_dunning_manager")
        cls.customer = cls._create_customer("Trattoria Rossi")
        cls.business = cls.env.ref("dunning_it.dunning_policy_business")
        cls.business.write({"is_month_end": True, "technical_days": 10, "floor_days": 60, "min_amount": 0})
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )

    @classmethod
    def _create_user(cls, login, groups, **values):
        return new_test_user(cls.env, login, groups=groups, lang="en_US", email=f"{login}@example.com", **values)

    @classmethod
    def _create_customer(cls, name, **values):
        values = {
            "name": name,
            "is_company": True,
            "lang": "en_US",
            "email": f"{name.split()[-1].lower()}@example.com",
            "country_id": cls.env.ref("base.it").id,
            **values,
        }
        return cls.env["res.partner"].create(values)

    @classmethod
    def _create_invoice(cls, amount=1000, due="2026-03-15", date="2026-01-15", partner=None, **values):
        """A posted invoice without taxes, due at once on a day."""
        values = {
            "move_type": "out_invoice",
            "partner_id": (partner or cls.customer).id,
            "invoice_date": date,
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [Command.create({"name": "Goods", "price_unit": amount, "tax_ids": []})],
            **values,
        }
        move = cls.env["account.move"].create(values)
        move.action_post()
        return move

    @classmethod
    def _pay(cls, moves, amount=None, date="2026-06-10"):
        """A payment of invoices, reconciled with them."""
        wizard = cls.env["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
        values = {"payment_date": date, "journal_id": cls.bank.id, "group_payment": True}
        if amount is not None:
            values["amount"] = amount
        return wizard.create(values)._create_payments()

    @classmethod
    def _scan(cls, partner=None):
        """Bring the customer's cases in line.

        :return: his cases, closed ones too
        """
        partner = partner or cls.customer
        cls.env["dunning.case"]._sync(partner)
        return cls.env["dunning.case"].search([("partner_id", "=", partner.id)])

    def _get_item(self, move):
        """The receivable line of an invoice with one instalment."""
        return move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    @contextlib.contextmanager
    def assertNoStatement(self, *verbs):  # noqa: N802 - as the assertions of unittest
        """No statement that begins with one of the verbs reaches the database in the block."""
        cursor, seen = self.env.cr, []
        execute = type(cursor).execute

        def watch(cr, query, *args, **kwargs):
            text = str(getattr(query, "code", query)).lstrip().upper()
            if text.startswith(verbs):
                seen.append(text)
            return execute(cr, query, *args, **kwargs)

        with patch.object(type(cursor), "execute", watch):
            yield
        self.assertEqual(seen, [])
