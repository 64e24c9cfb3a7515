"""Every part of a model has its turn: of two files that extend it, the one that is loaded later calls the other."""

import inspect

from odoo.tests import TransactionCase, tagged

from .rights_registry import SUITE


@tagged("post_install", "-at_install")
class TestOverrides(TransactionCase):
    def test_no_override_is_hidden_by_a_file_of_the_same_addon_that_is_loaded_later(self):
        """A hook that stands behind what overrides it ends the calls, and no error tells."""
        hidden = []
        for model in self.env.registry.values():
            for addon in SUITE:
                parts = [part for part in model.mro() if part.__module__.startswith(f"odoo.addons.{addon}.")]
                hidden += [f"{model._name}.{name}: {part.__module__}" for name, part in _hidden(parts)]
        self.assertEqual(hidden, [])


def _hidden(parts):
    """Methods that call the one below, and that nobody calls.

    :param parts: the classes that one addon adds to a model, the last one that is loaded first
    """
    for place, part in enumerate(parts):
        for name in filter(lambda each: _ends_calls(vars(part)[each]), vars(part)):
            yield from ((name, other) for other in parts[place + 1 :] if _calls_super(vars(other).get(name)))


def _ends_calls(method):
    return inspect.isfunction(method) and not _calls_super(method)


def _calls_super(method):
    return inspect.isfunction(method) and "super" in inspect.unwrap(method).__code__.co_names
