"""Tests from a bare machine; the closing line counts those that passed and failed.

Without names everything is tested, in two lanes at once: lint, wheels, Odoo's own runner with a clean log,
translations, two nodes of which one is killed, and pytest with tours for what Odoo's runner leaves out; each addon in
a database with only what it depends on. With the names of addons it is the daily cycle: pytest on these alone.
"""

import collections
import contextlib
import math

from .. import addons, alone, chromium, lanes, odoo, packaging, paths, postgres, python_env, upgrade
from ..console import guarded, new_parser, say, say_times
from ..lanes import Job
from ..suite import Suite, places, size
from . import i18n, lint, nodes

FIRST = math.inf  # a job's weight


def main():
    options = _options()
    return guarded(lambda: _daily(options) if options.addons or options.fast else _full())


def _options():
    parser = new_parser("test", __doc__)
    parser.add_argument("addons", nargs="*", metavar="addon", help="test this addon alone (default: everything)")
    parser.add_argument("--fast", action="store_true", help="without the tests tagged tour (a browser) or slow")
    parser.add_argument("-k", metavar="EXPRESSION", help="only tests whose name matches, as for pytest")
    options = parser.parse_args()
    if options.k and not (options.addons or options.fast):
        parser.error("-k needs the name of an addon or --fast")
    return options


def _daily(options):
    addons.check(options.addons)
    names = options.addons or _without_peers()
    words = ["-k", options.k] if options.k else []
    with prepared(odoo.ensure(), browser=not options.fast) as program:
        counts = Suite(program, names).pytest(places(names), *words, fast=options.fast)
    return 1 if counts["failed"] else 0


def _full():
    with prepared(odoo.ensure(), browser=True) as program:
        counts, failed = lanes.run(_jobs(program))
    say_times()
    lanes.say_failed(failed)
    say(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


def _jobs(program):
    """All that is done, as jobs for the lanes; the first needs no template, while the other lane makes one."""
    everything = Suite(program, addons.own())
    return [
        Job("Linters and wheels", "lint", lambda: _without_database(program.source), FIRST),
        *(_in_both_runners(Suite(program, [name])) for name in _without_peers()),
        *_beside_peers(program),
        Job("Translations", "translations", lambda: _translations(everything)),
        Job("Two nodes", "nodes", lambda: _on_two_nodes(program)),
        Job("pytest: commands and benchmarks", "pytest-commands", lambda: _of_commands(everything)),
    ]


def _in_both_runners(suite):
    """Odoo's own runner on a suite, pytest on what that leaves out, and an addon of ours uninstalled and upgraded."""
    [name], weight = suite.names, size(suite.names)
    own = {name} & set(addons.own())
    leaving = [*alone.jobs(suite.odoo, own), *upgrade.jobs(suite.odoo, upgrade.with_migrations(own))]
    pytest = Job(f"pytest: {name}", f"pytest-{name}", lambda: suite.rest(places([name])), weight, leaving)
    return Job(f"Odoo's own runner: {name}", f"odoo-{name}", suite.odoos_own, 2 * weight, [pytest])


def _beside_peers(program):
    """pytest on the tests that put others' addons beside ours, which change what ours do."""
    if names := addons.beside_peers():
        suite = Suite(program, names)
        title = f"pytest beside other authors' addons: {', '.join(names)}"
        yield Job(title, "pytest-beside-peers", lambda: suite.pytest(places(names)), size(names))


def _without_database(source):
    lint.check()
    packaging.check(source)


def _translations(suite):
    i18n.bring_in_line(suite.odoo, suite.templates.installed(), addons.own(), check=True)


def _on_two_nodes(program):
    """A short trial; :raise Problem: where anything was lost or done twice."""
    nodes.check(program, **nodes.SHORT)
    return collections.Counter(passed=1)


def _of_commands(suite):
    """The tests that belong to no addon: of the commands and of the benchmarks' framework."""
    ignored = [f"--ignore={place}" for place in places([*addons.own(), *addons.testing()])]
    return suite.pytest([paths.SETUP, paths.TESTS], *ignored, fast=True)


@contextlib.contextmanager
def prepared(source, *, browser):
    """Odoo on a server for tests, with all that tests need beside it."""
    python_env.ensure_peers()
    python_env.ensure_schema()
    if browser:
        chromium.ensure()
    with postgres.serving("test", durable=False) as server:
        yield odoo.Odoo(source, server, [paths.TESTS, paths.PEERS_ADDONS])


def _without_peers():
    beside = addons.beside_peers()
    return [name for name in [*addons.own(), *addons.testing()] if name not in beside]
