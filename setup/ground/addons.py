"""The suite's addons, as their folders and manifests tell: which there are, on what they stand, what they hold."""

import ast

from . import paths
from .console import Problem

NOT_INSTALLED = ("tests/", "readme/", "static/description/")


def own():
    """The names of the suite's addons that exist so far, in alphabetical order."""
    return _names(paths.ADDONS)


def testing():
    """The names of the addons that only test what no single addon owns."""
    return _names(paths.TESTS)


def beside_peers():
    """Those of the testing addons that put another author's addon beside ours, and so need a database of their own."""
    peers = set(_names(paths.PEERS_ADDONS))
    return [name for name in testing() if peers & set(underneath([name]))]


def check(names):
    """Refuse names that are no addons of the suite.

    :raise Problem: with the names that there are
    """
    if unknown := sorted(set(names) - {*own(), *testing()}):
        raise Problem(f"No such addon: {', '.join(unknown)}.", f"Choose from {', '.join([*own(), *testing()])}.")


def closure(names):
    """Those of the named addons that are the suite's and those of it that they depend on, in alphabetical order."""
    found, waiting = set(), list(_ours(names))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting += _ours(manifest(name).get("depends", [])) - found
    return sorted(found)


def underneath(names):
    """The addons outside the suite among the named ones, and those that the others depend on directly."""
    depends = {depend for name in closure(names) for depend in manifest(name).get("depends", [])} | set(names)
    return sorted(depends - _ours(depends))


def manifest(name):
    """What the manifest of one of them says."""
    return ast.literal_eval((folder(name) / "__manifest__.py").read_text())


def folder(name):
    """Where one of them lies."""
    return next(place / name for place in (paths.ADDONS, paths.TESTS) if (place / name).is_dir())


def content(name):
    """A short name for what an installed addon is made of: all its files but those that only tests and readers see."""
    return paths.tree_digest(folder(name), leave_out=NOT_INSTALLED)


def has_tours(name):
    """Whether an addon has tests that start a browser."""
    return any('"tour"' in path.read_text() for path in (folder(name) / "tests").rglob("test_*.py"))


def _ours(names):
    return set(names) & {*own(), *testing()}


def _names(place):
    return sorted(path.parent.name for path in place.glob("*/__manifest__.py"))
