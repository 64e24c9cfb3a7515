"""Fill the database for nodes, find their work, or count what they did with it; started by ``./setup/nodes``."""

import argparse
import json
import pathlib

import odoo.tools
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from two_nodes import counting, filling


def main():
    """Write what the verb answers as JSON, so that what Odoo prints does not get between."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=["fill", "find", "count"])
    parser.add_argument("--config", required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--cases", type=int)
    parser.add_argument("--mails", type=pathlib.Path, help="a list of the mails that came, as JSON")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()
    odoo.tools.config.parse_config(["-c", options.config, "-d", options.database, "--log-level", "error"])
    with Registry(options.database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        verbs = {
            "fill": lambda: filling.fill(env, options.cases),
            "find": lambda: filling.find_work(env),
            "count": lambda: _count(env, options.mails),
        }
        answer = verbs[options.verb]()
    options.output.write_text(json.dumps(answer))


def _count(env, mails):
    return counting.count(env, [counting.Mail(*mail) for mail in json.loads(mails.read_text())])


if __name__ == "__main__":
    main()
