"""Price lists: the 13,666 real products imported, from the bytes of the workbook to the last price."""

import base64
import importlib.util

from odoo.tools import file_path

from .framework import alone, benchmark
from .measuring import measure


def _scenario():
    """The rules that make a supplier's list of the real products: a helper of tests, without the tests beside it."""
    place = importlib.util.spec_from_file_location("scenario", file_path("listino_pricelist/tests/scenario.py"))
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def _import(env, content):
    """Read, preview and write a file as a person would, without the scheduled action in between.

    :return: how many products it created and how many rows it refused
    """
    record = env["listino.import"].create({"file": base64.b64encode(content), "file_name": "supplier.xlsx"})
    record.action_preview()
    record._run(env["listino.import.progress"])
    if record.state != "done":
        raise RuntimeError(record.error)
    return {"create": record.create_count, "refuse": record.refuse_count, "duplicate": record.unchanged_count}


@benchmark("listino_import", size=13_666, addons=["listino_pricelist"], targets=["ours <= 60"])
def real_products(env, size):
    """Real products imported."""
    scenario = _scenario()
    source = scenario.products()[:size]
    content = scenario.as_xlsx(scenario.supplier_rows(source))
    ours = measure(env, lambda: _import(env, content))
    if ours.answer != scenario.expected(source):
        raise AssertionError(f"{ours.answer} is not {scenario.expected(source)}")
    return alone(ours, by="wall")
