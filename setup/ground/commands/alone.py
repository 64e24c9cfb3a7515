"""Each addon by itself: uninstalled after use without a trace, and upgraded from its first version without a loss.

The full run does this too, without the wider ways: --together, --peers and --english.
"""

import argparse

from .. import addons, alone, lanes, upgrade
from ..console import guarded, say
from ..lanes import Job
from .test import prepared


def main():
    options = _options()
    return guarded(lambda: _check(options))


def _options():
    parser = argparse.ArgumentParser(
        prog="setup/alone", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("addons", nargs="*", metavar="addon", help="these alone (default: all five)")
    parser.add_argument("--uninstall", action="store_true", help="only uninstall")
    parser.add_argument("--upgrade", action="store_true", help="only upgrade")
    return parser.parse_args()


def _check(options):
    addons.check(options.addons)
    with prepared(browser=False) as program:
        both = options.uninstall == options.upgrade
        names = options.addons or addons.own()
        jobs = [
            *(uninstalls(program, names) if options.uninstall or both else []),
            *(upgrades(program, names) if options.upgrade or both else []),
        ]
        counts, failed = lanes.run(jobs)
    for title in failed:
        say(f"FAILED: {title}")
    return 1 if counts["failed"] else 0


def uninstalls(program, names):
    """A job for each addon that is filled and uninstalled."""
    return [Job(f"Uninstalling {name}", f"uninstall-{name}", _counted(alone.check, program, [name])) for name in names]


def upgrades(program, names):
    """A job for each addon that has a first version before the present one."""
    return [
        Job(f"Upgrading {name}", f"upgrade-{name}", _counted(upgrade.check, program, name))
        for name in names
        if upgrade.versions().get(name, "") != addons.manifest(name)["version"]
    ]
