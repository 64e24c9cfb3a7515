"""A pytest plugin: no test goes missing unnoticed.

Loaded by setup/test with ``-p ground.guard``. It fails a run in which a test was skipped that setup/expected_skips.txt
does not name, or in which none ran at all; leaves out on request what is tagged so or has passed in Odoo's own runner;
counts; and finds the doctests.
"""

import fnmatch
import json
import pathlib

import pytest

from . import own_runner, paths

EXPECTED_SKIPS = paths.SETUP / "expected_skips.txt"


def pytest_addoption(parser):
    parser.addoption("--without-tags", default="", help="leave out the tests with one of these of Odoo's tags")
    parser.addoption("--passed", type=pathlib.Path, help="leave out the tests that this file names, one a line")
    parser.addoption("--counts", type=pathlib.Path, help="write how many tests passed, failed and were skipped there")


def pytest_configure(config):
    config.pluginmanager.register(Guard(_expected(EXPECTED_SKIPS.read_text())))


def pytest_ignore_collect(collection_path):
    """Leave out Python files with neither tests nor examples: manifests and migration scripts can't be imported."""
    if collection_path.suffix != ".py" or collection_path.name.startswith("test_"):
        return None
    return ">>> " not in collection_path.read_text() or None


class Guard:
    """Counts what ran and what was skipped, and turns the run red where it should be.

    :param list expected: patterns of the tests that may be skipped
    """

    def __init__(self, expected):
        self.expected = expected
        self.ran = 0
        self.passed_before = 0
        self.unexpected = []

    def pytest_collection_modifyitems(self, config, items):
        unwanted = set(config.getoption("--without-tags").split(","))
        file = config.getoption("--passed")
        passed = set(file.read_text().splitlines()) if file else set()
        known = {item for item in items if own_runner.name_of(item) in passed}
        self.passed_before = len(known)
        left_out = known | {item for item in items if unwanted & _tags(item)}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]

    def pytest_runtest_logreport(self, report):
        if report.skipped:
            self._note(report)
        elif report.when == "call":
            self.ran += 1

    def pytest_collectreport(self, report):
        if report.skipped:
            self._note(report)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            missing = self.unexpected or not (self.ran or self.passed_before)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED if missing else pytest.ExitCode.OK

    def pytest_terminal_summary(self, terminalreporter, config):
        for test in self.unexpected:
            terminalreporter.write_line(f"SKIPPED, and {EXPECTED_SKIPS.name} does not name it: {test}", red=True)
        if self.passed_before:
            terminalreporter.write_line(f"Passed in Odoo's own runner and left out here: {self.passed_before}.")
        elif not self.ran:
            terminalreporter.write_line("No test ran.", red=True)
        if file := config.getoption("--counts"):
            file.write_text(json.dumps(_counts(terminalreporter.stats)))

    def _note(self, report):
        if not any(fnmatch.fnmatchcase(report.nodeid, pattern) for pattern in self.expected):
            self.unexpected.append(report.nodeid)


def _tags(item):
    return set(getattr(getattr(item, "cls", None), "test_tags", ()))


def _counts(stats):
    """How many tests passed, failed and were skipped, from pytest's reports by its own categories.

    >>> _counts({"passed": [1, 2], "failed": [3], "error": [4], "": [5]})
    {'passed': 2, 'failed': 2, 'skipped': 0}
    """
    passed, failed, error, skipped = (len(stats.get(name, ())) for name in ("passed", "failed", "error", "skipped"))
    return {"passed": passed, "failed": failed + error, "skipped": skipped}


def _expected(text):
    """The patterns of a list of tests and reasons.

    >>> _expected("# a comment\\n\\n*::test_real_data  needs the real files\\n")
    ['*::test_real_data']
    """
    return [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#")]
