"""Run one benchmark on a database, or list them all; started by ``./setup/bench`` with Odoo on the path."""

import argparse
import contextlib
import json
import pathlib

import odoo.tools
from odoo import api
from odoo.modules.registry import Registry

from benchmarks.framework import is_met, load


def main():
    """Write what was asked for as JSON, so that what Odoo prints does not get between."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--name")
    parser.add_argument("--config")
    parser.add_argument("--database")
    parser.add_argument("--peer-database")
    options = parser.parse_args()
    answer = _run(options) if options.name else _listed()
    options.output.write_text(json.dumps(answer))


def _listed():
    return [
        {"name": one.name, "title": one.title, "addons": one.addons, "beside": one.beside} for one in load().values()
    ]


def _run(options):
    odoo.tools.config.parse_config(["-c", options.config, "-d", options.database, "--log-level", "error"])
    with contextlib.ExitStack() as stack:
        names = filter(None, (options.database, options.peer_database))
        environments = [_environment(stack.enter_context(Registry(name).cursor())) for name in names]
        chosen = load()[options.name]
        result = chosen.run(*environments)
    return {"result": result, "targets": {target: is_met(target, result) for target in chosen.targets}}


def _environment(cr):
    """The administrator's, as a person would have it."""
    admin = api.Environment(cr, api.SUPERUSER_ID, {})["res.users"].search([("login", "=", "admin")])
    return api.Environment(cr, admin.id, dict(admin.context_get()))


if __name__ == "__main__":
    main()
