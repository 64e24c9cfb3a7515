"""Each addon by itself: uninstalled after use without a trace, and upgraded from its first version without a loss.

The full run uninstalls each, and upgrades those that have migrations. Only here, since they take long: --together
uninstalls the five one by one from the company that used them all, in both orders; --peers does it beside other
authors' addons; --english in a database that never spoke Italian.
"""

import functools

from .. import addons, alone, lanes, odoo, upgrade, wider
from ..console import guarded, new_parser, say, say_times
from ..lanes import Job
from .test import prepared


def main():
    options = _options()
    return guarded(lambda: _check(options))


def _options():
    parser = new_parser("alone", __doc__)
    parser.add_argument("addons", nargs="*", metavar="addon", help="these alone (default: all)")
    for name, what in (("uninstall", "uninstall each"), ("upgrade", "upgrade each"), *wider.WAYS.items()):
        parser.add_argument(f"--{name}", action="append_const", const=name, dest="ways", help=what)
    return parser.parse_args()


def _check(options):
    addons.check(options.addons)
    with prepared(odoo.ensure(), browser=False) as program:
        counts, failed = lanes.run(_jobs(program, options.addons or addons.own(), options.ways))
    say_times()
    lanes.say_failed(failed)
    say(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


def _jobs(program, names, ways):
    ways = ways or ["uninstall", "upgrade"]
    return [
        *(alone.jobs(program, names) if "uninstall" in ways else []),
        *(upgrade.jobs(program, names) if "upgrade" in ways else []),
        *(
            Job(what, f"alone-{way}", functools.partial(getattr(wider, way), program))
            for way, what in wider.WAYS.items()
            if way in ways
        ),
    ]
