"""Odoo shell: fill the data of core, and of the addons named in ``BOTTEGA_FILL``; see tests/installing."""

import importlib
import os

from installing import core

companies = core.fill(env)
for name in os.environ["BOTTEGA_FILL"].split(","):
    for company in companies:
        importlib.import_module(f"installing.{name}").fill(company)
env.cr.commit()
