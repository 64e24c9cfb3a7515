"""Odoo shell: what core must still do after an addon has gone or was upgraded; see tests/installing. Nothing stays."""

from installing import core

core.check(env)
env.cr.rollback()
