"""What the full run is made of, and how it ends."""

import collections
import contextlib

import pytest

from ground import addons, lanes, odoo, upgrade
from ground.commands import test as command


class Suite:
    odoo = None

    def __init__(self, _program, names):
        self.names = names

    def odoos_own(self):
        """Stands for Odoo's own runner."""


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr(command, "Suite", Suite)
    return command._jobs(None)


@pytest.fixture
def end(monkeypatch, capsys):
    def run(failed, /, **counts):
        monkeypatch.setattr(odoo, "ensure", lambda: None)
        monkeypatch.setattr(command, "prepared", lambda *_words, **_options: contextlib.nullcontext())
        monkeypatch.setattr(command, "_jobs", lambda _program: [])
        monkeypatch.setattr(lanes, "run", lambda _jobs: (collections.Counter(counts), failed))
        return command._full(), capsys.readouterr().out

    return run


def test_every_addon_goes_through_both_runners_or_beside_its_peers(jobs):
    first = {job.title: job for job in jobs}
    beside = addons.beside_peers()
    for name in {*addons.own(), *addons.testing()} - set(beside):
        assert [job.title for job in first[f"Odoo's own runner: {name}"].then] == [f"pytest: {name}"]
    assert f"pytest beside other authors' addons: {', '.join(beside)}" in first
    assert {"Linters and wheels", "Translations", "Two nodes", "pytest: commands and benchmarks"} <= set(first)


def test_every_addon_is_uninstalled_after_use_and_upgraded_where_it_has_migrations(jobs):
    last = {job.title: job.then for first in jobs for job in first.then}
    for name in addons.own():
        titles = [job.title for job in last[f"pytest: {name}"]]
        assert f"Uninstalling {name} after use" in titles
        assert (f"Upgrading {name}" in titles) == (name in upgrade.with_migrations([name]))


def test_no_two_jobs_write_the_same_log(jobs):
    logs = [job.log for first in jobs for job in _with_later(first)]
    assert len(logs) == len(set(logs))


def _with_later(job):
    return [job, *(later for each in job.then for later in _with_later(each))]


def test_the_longest_begin_first_after_the_linters(jobs):
    order = [job.title for job in sorted(jobs, key=lambda job: -job.weight)]
    assert order[0] == "Linters and wheels"
    assert order.index("Odoo's own runner: listino_pricelist") < order.index("Odoo's own runner: test_bottega_ground")


def test_the_closing_line_sums_all_that_ran(end):
    code, said = end([], passed=1650, skipped=1)
    assert code == 0
    assert said.endswith("\n1650 passed, 0 failed, 1 skipped\n")


def test_a_failure_anywhere_is_named_at_the_end_with_its_reason(end, monkeypatch):
    monkeypatch.setattr(lanes.Job, "last_words", lambda _job: "ERROR: 2 words have no Italian.")
    code, said = end([lanes.Job("Translations", "translations", None)], passed=1650, failed=1)
    assert code == 1
    reason = "FAILED: Translations. Its last words:\nERROR: 2 words have no Italian.\n"
    assert said.endswith(f"\n{reason}1650 passed, 1 failed, 0 skipped\n")
