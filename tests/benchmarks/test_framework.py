"""The framework of the benchmarks."""

import pytest

from odoo import api
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from benchmarks import framework
from benchmarks.measuring import Measure, measure


@pytest.fixture
def env():
    with Registry(get_db_name()).cursor() as cr:
        yield api.Environment(cr, api.SUPERUSER_ID, {})


@pytest.fixture
def measured():
    def made(answer, cpu, queries=1):
        return Measure(answer, cpu, None, cpu, queries, 0.0, 0)

    return made


def test_a_measure_counts_the_queries_and_gives_the_answer(env):
    done = measure(env, lambda: env["res.country"].search_count([]))
    assert done.answer > 200
    assert done.queries == 1


def test_each_measure_begins_without_records_in_the_cache(env):
    italy = env.ref("base.it")
    assert [measure(env, lambda: italy.name).queries for _ in range(2)] == [1, 1]


def test_a_warm_up_is_not_counted(env):
    italy = env.ref("base.it")
    done = measure(env, lambda: italy.name, warm_up=lambda: env["res.country"].search_count([]))
    assert done.queries == 1


def test_rows_written_are_counted_though_not_yet_flushed(env):
    italy = env.ref("base.it")
    for code in (40, 39):
        assert measure(env, lambda code=code: italy.write({"phone_code": code})).rows_written == 1
    assert measure(env, lambda: italy.phone_code).rows_written == 0


def test_the_peak_of_memory_is_seen_though_given_back(env):
    assert measure(env, lambda: len(bytearray(80 * 2**20))).rss_growth_mb > 70
    assert measure(env, lambda: None).rss_growth_mb < 10


def test_the_ratio_is_the_peers_time_by_ours(measured):
    fields = framework.against(measured("x", 0.5), measured("x", 10.0, queries=9), "core")
    assert fields["ratio"] == 20
    assert (fields["queries_ours"], fields["queries_peer"], fields["peer_name"]) == (1, 9, "core")


def test_different_answers_are_refused(measured):
    with pytest.raises(framework.DifferentAnswers):
        framework.against(measured("x", 1.0), measured("y", 1.0), "core")


def test_a_benchmark_beside_others_gets_their_environment(monkeypatch, measured):
    monkeypatch.setattr(framework, "BENCHMARKS", {})

    @framework.benchmark("self_test", size=3, addons=["listino_pricelist"], beside=["sale"])
    def self_test(env, _size, peer_env):
        return framework.against(measured(env, 1.0), measured(peer_env, 2.0), "sale", same=None)

    assert framework.BENCHMARKS["self_test"].run("ours", "theirs")["ratio"] == 2


def test_a_registered_benchmark_gives_exactly_the_fields_agreed(monkeypatch, measured):
    monkeypatch.setattr(framework, "BENCHMARKS", {})

    @framework.benchmark("self_test", size=3, addons=["listino_pricelist"], targets=["ours <= 1"])
    def self_test(_env, size):
        return framework.alone(measured(size, 1.0))

    fields = framework.BENCHMARKS["self_test"].run(None)
    assert tuple(fields) == framework.FIELDS
    assert (fields["name"], fields["size"]) == ("self_test", 3)


def test_a_result_has_no_other_fields():
    with pytest.raises(ValueError, match="speed"):
        framework.result(speed=1)
