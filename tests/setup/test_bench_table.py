"""The README's table of benchmarks."""

import json

import pytest

from ground import bench_table
from ground.console import Problem

TITLES = {"first": "Prices of products", "second": "Letters drawn"}


def _result(name, **values):
    empty = dict.fromkeys(("peer", "peer_name", "ratio", "queries_peer", "rss_growth_mb", "rows_written"))
    return {**empty, "name": name, "size": 10_000, "unit": "CPU s", "ours": 0.32, "queries_ours": 13, **values}


@pytest.fixture
def tree(tmp_path, monkeypatch):
    monkeypatch.setattr(bench_table, "README", tmp_path / "README.md")
    monkeypatch.setattr(bench_table, "KEPT", tmp_path / "results.json")
    monkeypatch.setattr(bench_table, "machine", lambda: "a machine")
    bench_table.README.write_text("before\n<!-- benchmarks -->\n<!-- end of benchmarks -->\nafter\n")
    return tmp_path


def test_the_readme_shows_ours_beside_the_peers_and_the_target(tree):
    given = _result("first", peer=12.84, peer_name="Odoo core", ratio=40.12, queries_peer=30_627)
    bench_table.keep([given], TITLES, {"first": {"ratio >= 20": True, "queries_ours <= 10": False}})
    row = (
        "| Prices of products | 10,000 | 0.32 | 13 (Odoo core) | CPU s | 40 | 13 / 30,627 | - "
        "| ratio >= 20, missed: queries_ours <= 10 |"
    )
    lines = bench_table.README.read_text().splitlines()
    assert row in lines
    assert (lines[0], lines[-1]) == ("before", "after")
    assert "Measured on a machine." in lines


def test_a_benchmark_run_alone_leaves_what_is_known_of_the_others(tree):
    bench_table.keep([_result("second")], TITLES, {"second": {}})
    bench_table.keep([_result("first")], TITLES, {"first": {}})
    bench_table.keep([_result("second", ours=2.5)], TITLES, {"second": {}})
    assert [(one["name"], one["ours"]) for one in json.loads(bench_table.KEPT.read_text())] == [
        ("first", 0.32),
        ("second", 2.5),
    ]


def test_a_benchmark_that_is_no_more_leaves_the_table(tree):
    bench_table.keep([_result("first"), _result("second")], TITLES, {"first": {}, "second": {}})
    bench_table.keep([], {"second": "Letters drawn"}, {})
    assert [one["name"] for one in json.loads(bench_table.KEPT.read_text())] == ["second"]


def test_a_readme_without_the_place_is_told():
    with pytest.raises(Problem, match="no place"):
        bench_table.placed("no marks", "table")
