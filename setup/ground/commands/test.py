"""Tests from a bare machine; the closing line is pytest's own count.

Without names everything is tested: lint, wheels, Odoo's own runner with a clean log, translations, pytest with tours;
each addon in a database with only what it depends on.
With the names of addons it is the daily cycle: pytest on these alone.
"""

import argparse
import contextlib

from .. import addons, chromium, odoo, packaging, paths, postgres, python_env
from ..console import Problem, guarded, say, say_times
from ..suite import Suite, places
from . import i18n, lint


def main():
    options = _options()
    return guarded(lambda: _daily(options) if options.addons or options.fast else _full())


def _options():
    parser = argparse.ArgumentParser(
        prog="setup/test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
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
    with _odoo(odoo.ensure(), browser=not options.fast) as program:
        return Suite(program, names).pytest(places(names), *words, fast=options.fast)


def _full():
    lint.check()
    source = odoo.ensure()
    packaging.check(source)
    with _odoo(source, browser=True) as program:
        _beside_peers(program)
        suites = [Suite(program, [name]) for name in _without_peers()]
        for suite in suites:
            suite.odoos_own()
        everything = Suite(program, addons.own())
        i18n.bring_in_line(program, everything.templates.installed(), addons.own(), check=True)
        for suite in suites:
            suite.templates.for_tours()
        say_times()
        codes = [_of_commands(everything)]
        for suite in suites:
            say(f"==> pytest: {', '.join(suite.names)}")
            codes.append(suite.pytest(places(suite.names)))
        return max(codes)


def _of_commands(suite):
    """The tests that belong to no addon: of the commands and of the benchmarks' framework.

    :return: pytest's exit code
    """
    say("==> pytest: commands and benchmarks")
    ignored = [f"--ignore={place}" for place in places([*addons.own(), *addons.testing()])]
    return suite.pytest([paths.SETUP, paths.TESTS], *ignored, fast=True)


@contextlib.contextmanager
def _odoo(source, *, browser):
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


def _beside_peers(program):
    """The tests that put others' addons beside ours, in a database of their own: those addons change what ours do.

    :raise Problem: where one fails
    """
    if names := addons.beside_peers():
        say(f"==> pytest beside other authors' addons: {', '.join(names)}")
        if Suite(program, names).pytest(places(names)):
            raise Problem("Tests beside other authors' addons failed.", "See pytest's report above.")
