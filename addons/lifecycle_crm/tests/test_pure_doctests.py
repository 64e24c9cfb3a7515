"""The examples in the docstrings of every module that needs no database."""

import doctest
import importlib
import pkgutil

from odoo.tests import tagged

from .. import gate, plays, stages
from .pure_common import PureCase


@tagged("post_install", "-at_install")
class TestPureDoctests(PureCase):
    def test_doctests(self):
        tried = 0
        for package in (gate, plays, stages):
            for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
                with self.subTest(module=module.name):
                    result = doctest.testmod(importlib.import_module(module.name))
                    self.assertFalse(result.failed)
                    tried += result.attempted
        self.assertGreater(tried, 50)
