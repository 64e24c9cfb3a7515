"""Builders of the tests in which two workers touch the same records at the same moment."""

import contextlib
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user
from odoo.tools import SQL, mute_logger

WAIT = 60  # seconds; no test should take them
WHILE_THE_OTHER_WAITS = 0.5  # seconds
LOGINS = {
    "seller": "sales_team.group_sale_salesman",
    "lea": "sales_team.group_sale_salesman_all_leads",
    "carla": "sales_team.group_sale_salesman_all_leads",
    "manager": "sales_team.group_sale_manager",
}


class RaceCommon(BaseCase):
    """On cursors of their own, with what they need committed, and deleted afterwards.

    A seller may give 10 %, Lea and Carla may approve 30 %; the quote of one machine of 10,000 asks for 20.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.ids = {}
        cls.addClassCleanup(cls._delete_ground)
        with cls._environment() as env:
            for login, group in LOGINS.items():
                user = new_test_user(
                    env, f"race_{login}", groups=group, lang="en_US", email=f"race_{login}@example.com"
                )
                cls.ids[login] = user.id
            cls._make_ground(env)

    def setUp(self):
        super().setUp()
        quiet = contextlib.ExitStack()
        quiet.enter_context(mute_logger("odoo.service.model", "odoo.sql_db"))  # conflicts are what is wanted
        self.addCleanup(quiet.close)
        self.addCleanup(self._delete_deals)

    @classmethod
    @contextlib.contextmanager
    def _environment(cls, login=None):
        with cls.registry.cursor() as cr:
            yield api.Environment(cr, cls.ids[login] if login else SUPERUSER_ID, {"lang": "en_US"})

    @classmethod
    def _make_ground(cls, env):
        limit = env["quote.discount.limit"].create({"max_discount": 10})
        approvers = [Command.set([cls.ids["lea"], cls.ids["carla"]])]
        level = env["quote.discount.level"].create({"name": "Race", "max_discount": 30, "user_ids": approvers})
        values = {"name": "Race", "list_price": 10000, "standard_price": 3000, "taxes_id": False}
        product = env["product.product"].create(values)
        customer = env["res.partner"].create({"name": "Racer", "email": "racer@example.com"})
        cls.ids |= {"limit": limit.id, "level": level.id, "product": product.id, "customer": customer.id}

    @classmethod
    def _delete_ground(cls):
        with cls._environment() as env:
            users = env["res.users"].browse(cls.ids[login] for login in LOGINS if login in cls.ids)
            env["mail.activity"].search([("user_id", "in", users.ids)]).unlink()
            for model, name in (
                ("quote.discount.level", "level"),
                ("quote.discount.limit", "limit"),
                ("product.product", "product"),
                ("res.partner", "customer"),
            ):
                env[model].browse(cls.ids.get(name)).unlink()
            users.unlink()

    def _delete_deals(self):
        """Delete what even the server may not, but on a copy of a database for tests."""
        customer = self.ids["customer"]
        orders = SQL("SELECT id FROM sale_order WHERE partner_id = %s", customer)
        requests = SQL("SELECT id FROM quote_discount_request WHERE partner_id = %s", customer)
        with self._environment() as env:
            for query in (
                SQL("DELETE FROM quote_discount_event WHERE request_id IN (%s)", requests),
                SQL("DELETE FROM quote_discount_request WHERE partner_id = %s", customer),
                SQL("DELETE FROM quote_evidence WHERE order_id IN (%s)", orders),
                SQL("DELETE FROM sale_order WHERE partner_id = %s", customer),
                SQL("DELETE FROM quote_agreement WHERE partner_id = %s", customer),
            ):
                env.cr.execute(query)

    def _create_order(self, discount, **values):
        """The id of a committed quote of the seller."""
        line = {"product_id": self.ids["product"], "discount_text": discount}
        with self._environment("seller") as env:
            values = {"partner_id": self.ids["customer"], "order_line": [Command.create(line)], **values}
            return env["sale.order"].create(values).id

    # === AT ONCE === #

    @staticmethod
    def _try(env, work):
        """What a request to the server does: once more where the database asks for it; the message where refused."""

        def attempt():
            try:
                return work(env)
            except UserError as error:
                env.cr.rollback()
                env.transaction.reset()
                return str(error)

        return retrying(attempt, env)

    def _both_look_then_act(self, first, second):
        """The second worker has begun to read before the first one commits, and acts afterwards.

        :param first, second: pairs of a login and a function of an environment
        :return: what each answers; a string: it was refused
        """
        with self._environment(second[0]) as late:
            late["sale.order"].search_count([])  # the snapshot is taken here
            with self._environment(first[0]) as early:
                answers = [self._try(early, first[1])]
            return [*answers, self._try(late, second[1])]

    def _second_waits_for_first(self, first, second):
        """The second worker acts while the first has acted and not committed.

        :return: what each answers
        """
        answers = []

        def work():
            with self._environment(second[0]) as env:
                answers.append(self._try(env, second[1]))

        thread = threading.Thread(target=work)
        thread.dbname = get_db_name()
        with self._environment(first[0]) as env:
            answer = first[1](env)
            env.flush_all()
            thread.start()
            time.sleep(WHILE_THE_OTHER_WAITS)
            env.cr.commit()
        thread.join(WAIT)
        self.assertFalse(thread.is_alive())
        return [answer, *answers]

    def _in_both_ways(self):
        """The two ways of meeting, each as a subtest."""
        for meet in (self._both_look_then_act, self._second_waits_for_first):
            with self.subTest(meet.__name__):
                yield meet
