"""The choice of addons by name."""

import pytest

from ground import addons
from ground.console import Problem


def test_an_unknown_addon_is_refused_with_the_names_there_are():
    with pytest.raises(Problem, match="No such addon: listin0") as caught:
        addons.check(["listin0", "listino_pricelist"])
    assert "listino_pricelist" in caught.value.remedy


def test_closure_adds_our_own_dependencies():
    assert addons.closure(["test_bottega_brand"]) == ["listino_pricelist", "test_bottega_brand"]


def test_an_addon_of_others_stands_on_nothing_of_ours():
    assert addons.closure(["sale_margin"]) == []
    assert addons.underneath(["sale_margin"]) == ["sale_margin"]


def test_underneath_names_what_is_not_ours():
    found = addons.underneath(["test_bottega_brand"])
    assert {"pricelist_brand", "sale_management"} <= set(found)
    assert not {"listino_pricelist", "test_bottega_brand"} & set(found)


def test_an_addon_has_tours_where_a_test_says_so():
    assert addons.has_tours("listino_pricelist")
    assert not addons.has_tours("test_bottega_quotes")
