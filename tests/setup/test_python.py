"""The oldest Python that Odoo 19 and the README name runs the addons."""

import ast

import pytest

from ground import addons, python_env

# What came with a Python after the oldest one, by module: whoever imports or calls it there fails.
NEWER = {"datetime": {"UTC"}, "hashlib": {"file_digest"}, "itertools": {"batched"}, "contextlib": {"chdir"}}
MODULES = {"tomllib"}


def _taken(tree):
    """Pairs of a module and what a file takes from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module, each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


@pytest.mark.parametrize("name", addons.own())
def test_an_addon_takes_nothing_from_a_newer_python(name):
    assert python_env.OLDEST == (3, 10)
    newer = [
        f"{path.name}: {module}.{what}"
        for path in addons.folder(name).rglob("*.py")
        for module, what in _taken(ast.parse(path.read_text()))
        if module in MODULES or what in NEWER.get(module, ())
    ]
    assert newer == []
