"""What tests with connections of their own share: what they need is committed, and deleted afterwards."""

import contextlib

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name


class CommittedCase(BaseCase):
    """Environments on connections of their own: what is done in one is committed for all to see."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())

    @contextlib.contextmanager
    def _environment(self):
        """An environment on a cursor of its own, committed at the end of the block."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tracking_disable": True})
