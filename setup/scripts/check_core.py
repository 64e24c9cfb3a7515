"""Odoo shell: what must hold after addons have gone or were upgraded; see tests/installing. Nothing of it stays."""

import importlib
import os

from installing import core

for what in ("gone", "upgraded"):
    for name in filter(None, os.environ.get(f"BOTTEGA_{what.upper()}", "").split(",")):
        getattr(importlib.import_module(f"installing.{name}"), what, lambda env: None)(env)
core.check(env)
env.cr.rollback()
