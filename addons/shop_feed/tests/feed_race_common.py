"""A feed with its items, committed for all connections to see, and deleted afterwards."""

import os
import signal
import time

from psycopg2.errors import SerializationFailure

from odoo import sql_db
from odoo.tests import get_db_name

from odoo.addons.listino_pricelist.tests.race_common import CommittedCase

from ..models import inner_client
from .serve_common import create_feed, create_items, set_price

ITEMS = 12
FAILED = 1
LOCATION = "ir_attachment.location"


class FeedRaceCommon(CommittedCase):
    """With what workers on other connections need."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            self.location = env["ir.config_parameter"].get_param(LOCATION)
            env["ir.config_parameter"].set_param(LOCATION, "file")
            feed = create_feed(env, name="Race")
            self.feed_id, self.pricelist_id = feed.id, feed.pricelist_id.id
            self.product_ids = create_items(feed, [f"R{number:02}" for number in range(ITEMS)]).product_id.ids
            url, _password = feed._make_address()
            self.path = url[url.index("/feed/") :]
        self.addCleanup(self._clean)

    def _clean(self):
        with self._environment() as env:
            env["ir.config_parameter"].set_param(LOCATION, self.location)
            env["shop.feed"].browse(self.feed_id).unlink()
            env["product.product"].browse(self.product_ids).product_tmpl_id.unlink()
            env["product.pricelist"].browse(self.pricelist_id).unlink()

    # === WORKERS === #

    def _assemble(self):
        """What Odoo's cron workers do: once more where the database asks for it.

        :return: the id of the new build; False without one, None where another worker is at it
        """
        for _attempt in range(20):
            try:
                with self._environment() as env:
                    build = env["shop.feed"].browse(self.feed_id)._assemble()
                    return build if build is None else build.id
            except SerializationFailure:
                time.sleep(0.05)
        raise AssertionError("The database asked for it again and again.")

    def _change_price(self, price):
        with self._environment() as env:
            set_price(env["shop.feed"].browse(self.feed_id).item_ids[0], price)

    def _fetch(self, **headers):
        """What a client gets, through all of Odoo, without a network."""
        headers = {name.replace("_", "-"): text for name, text in headers.items()}
        response = inner_client.get(self.path, get_db_name(), headers=headers)
        return response.status_code, response.get_data()

    # === WHAT CAME OF IT === #

    def _read(self, build_id):
        with self._environment() as env:
            return env["shop.feed.build"].browse(build_id).plain_id.raw

    def _get_state(self):
        """The build that is served, and all there are, the newest first."""
        with self._environment() as env:
            feed = env["shop.feed"].browse(self.feed_id)
            return feed.build_id.id, feed.build_ids.ids

    # === A KILLED WORKER === #

    def _run_and_kill(self, work, model, method, calls=1):
        """Do something in a process of its own that is killed in it, with all that was not committed."""
        sql_db.close_all()  # two processes on one connection would not understand the database
        child = os.fork()
        if not child:
            self._die_in(self.registry[model], method, calls)
            try:
                work()
            finally:
                os._exit(FAILED)
        _pid, status = os.waitpid(child, 0)
        self.assertTrue(os.WIFSIGNALED(status), "It was done before it could be killed.")
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL)

    def _die_in(self, model, name, calls):
        method, called = getattr(model, name), []

        def dying(records, *args, **kwargs):
            result = method(records, *args, **kwargs)
            called.append(records)
            if len(called) == calls:
                records.env.flush_all()
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(model, name, dying)
