"""Two companies with a row of everything, and a user of every kind who works in the first."""

import itertools

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import SQL, mute_logger

from . import rights_table
from .rights_rows import Rows

ROLES = {
    "public": "base.group_public",
    "portal": "base.group_portal",
    "employee": "base.group_user",
    "seller": "sales_team.group_sale_salesman",
    "seller_of_all": "sales_team.group_sale_salesman_all_leads",
    "sales_manager": "sales_team.group_sale_manager",
    "listino_user": "listino_pricelist.group_listino_user",
    "listino_manager": "listino_pricelist.group_listino_manager",
    "quote_user": "quote_discounts.group_quote_user",
    "quote_manager": "quote_discounts.group_quote_manager",
    "invoicing": "account.group_account_invoice",
    "accountant": "account.group_account_user",
    "account_manager": "account.group_account_manager",
    "dunning_user": "dunning_it.group_dunning_user",
    "dunning_manager": "dunning_it.group_dunning_manager",
    "lifecycle_user": "lifecycle_crm.group_lifecycle_user",
    "lifecycle_manager": "lifecycle_crm.group_lifecycle_manager",
    "mailing": "mass_mailing.group_mass_mailing_user",
    "stock_user": "stock.group_stock_user",
    "stock_manager": "stock.group_stock_manager",
    "web_editor": "website.group_website_restricted_editor",
    "web_designer": "website.group_website_designer",
    "feed_user": "shop_feed.group_feed_user",
    "feed_manager": "shop_feed.group_feed_manager",
    "system": "base.group_system",
}


class RolledBackError(Exception):
    """Ends a savepoint whose work is not to stay."""


class RightsCommon:
    """Builders for the tests that walk the table of rights."""

    maxDiff = None

    @classmethod
    def make_companies(cls):
        """Our company, in which the users work, and another, of which they must know nothing."""
        Rows.numbers = itertools.count(1)  # the same rows whatever tests came before
        cls.here = cls.env.company
        cls.elsewhere = cls.env["res.company"].create(
            {"name": "Altrove S.r.l.", "country_id": cls.env.ref("base.it").id}
        )
        cls.users = {role: cls._make_user(role, group) for role, group in ROLES.items()}
        customer = cls.users["portal"].partner_id
        cls.rows = {
            company: Rows(cls.env, company, cls._known(company, customer)) for company in (cls.here, cls.elsewhere)
        }

    @classmethod
    def _make_user(cls, role, group):
        if role == "public":
            return cls.env.ref("base.public_user")
        inner = "" if role == "portal" else "base.group_user,"
        return new_test_user(cls.env, f"rights_{role}", inner + group, company_id=cls.here.id)

    @classmethod
    def _known(cls, company, customer):
        """What others' apps know of a company: the portal user is the customer of everything here."""
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids, "tracking_disable": True})
        if company != cls.here:
            customer = env["res.partner"].create({"name": "Cliente altrui", "company_id": company.id})
        product = env["product.product"].create({"name": "Pecorino", "list_price": 10, "company_id": company.id})
        pricelist = env["product.pricelist"].create({"name": "Listino", "company_id": company.id})
        order = env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "pricelist_id": pricelist.id,
                "user_id": False,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        return {
            "res.partner": customer,
            "product.product": product,
            "product.template": product.product_tmpl_id,
            "product.pricelist": pricelist,
            "sale.order": order,
            "sale.order.line": order.order_line,
        }

    @classmethod
    def make_rows(cls, names):
        """A row of each model in both companies."""
        for rows in cls.rows.values():
            rows.make(names)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def check(self, name, key, found):
        """Hold what was found against a file of the table; or write it anew, if that was asked for."""
        if rights_table.is_renewed():
            rights_table.renew(name, found)
        else:
            said = rights_table.read(name)
            self.assertEqual("\n".join(rights_table.differences(said, found, key)), "", "see ./setup/rights")
        self.assertTrue(found)

    def given(self, parameter):
        """What a method is given for a parameter that it needs: as good a thing as a client of here would send."""
        known = self.rows[self.here].known
        line = {"product_id": known["product.product"].id, "quantity": 1, "discount": "", "uom_id": False}
        offered = {"partner_id": known["res.partner"].id, "opportunity_id": False, "lines": [line], "values": {}}
        return offered.get(parameter)

    def call(self, role, model, method, records, *arguments):
        """What a client gets who calls a method: None, or the error. Nothing of it stays.

        A wizard's row is the caller's own: whoever opens a form may open it on a record that is not his to see.
        """
        user, error = self.users[role], None
        self.env.invalidate_all()  # what is in the cache is answered whoever asks
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.http"):
                if any(records) and self.env[model].is_transient():
                    self._lend(model, records[0], user)
                try:
                    call_kw(self.env(user=user, su=False)[model], method, [*records, *arguments], {})
                except Exception as raised:  # noqa: BLE001 - whatever it is, it is the answer
                    error = raised
                raise RolledBackError
        except RolledBackError:
            self.env.cr.precommit.clear()
            self.env.cr.postcommit.clear()
        return error

    def is_refused(self, *what):
        """Whether a call ends in an error of access. Any other error, or none, is an answer."""
        return isinstance(self.call(*what), AccessError)

    def _lend(self, model, ids, user):
        table = SQL.identifier(self.env[model]._table)
        self.env.cr.execute(SQL("UPDATE %s SET create_uid = %s WHERE id IN %s", table, user.id, tuple(ids)))
        self.env[model].invalidate_model(["create_uid"])
