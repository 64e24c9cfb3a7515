"""Run one benchmark on a database, or list them all; started by ``./setup/bench`` with Odoo on the path."""

import argparse
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
    options = parser.parse_args()
    answer = _run(options) if options.name else _listed()
    options.output.write_text(json.dumps(answer))


def _listed():
    return [{"name": one.name, "addons": one.addons} for one in load().values()]


def _run(options):
    odoo.tools.config.parse_config(["-c", options.config, "-d", options.database, "--log-level", "error"])
    with Registry(options.database).cursor() as cr:
        admin = api.Environment(cr, api.SUPERUSER_ID, {})["res.users"].search([("login", "=", "admin")])
        env = api.Environment(cr, admin.id, dict(admin.context_get()))
        chosen = load()[options.name]
        result = chosen.run(env)
    return {"result": result, "targets": {target: is_met(target, result) for target in chosen.targets}}


if __name__ == "__main__":
    main()
