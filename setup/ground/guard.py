"""A pytest plugin: no test goes missing unnoticed.

Loaded by setup/test with ``-p ground.guard``. It fails a run in which a test was skipped that setup/expected_skips.txt
does not name, or in which none ran at all; leaves out what is tagged so on request; and finds the doctests.
"""

import fnmatch

import pytest

from . import paths

EXPECTED_SKIPS = paths.SETUP / "expected_skips.txt"


def pytest_addoption(parser):
    parser.addoption("--without-tags", default="", help="leave out the tests with one of these of Odoo's tags")


def pytest_configure(config):
    config.pluginmanager.register(Guard(_expected(EXPECTED_SKIPS.read_text())))


def pytest_ignore_collect(collection_path):
    """Leave out Python files with neither tests nor examples: manifests and migration scripts can't be imported."""
    if collection_path.suffix != ".py" or collection_path.name.startswith("test_"):
        return None
    return ">>> " not in collection_path.read_text() or None


def pytest_collection_modifyitems(config, items):
    unwanted = set(config.getoption("--without-tags").split(","))
    left_out = {item for item in items if unwanted & set(getattr(getattr(item, "cls", None), "test_tags", ()))}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


class Guard:
    """Counts what ran and what was skipped, and turns the run red where it should be.

    :param list expected: patterns of the tests that may be skipped
    """

    def __init__(self, expected):
        self.expected = expected
        self.ran = 0
        self.unexpected = []

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
        if exitstatus == pytest.ExitCode.OK and (self.unexpected or not self.ran):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        for test in self.unexpected:
            terminalreporter.write_line(f"SKIPPED, and {EXPECTED_SKIPS.name} does not name it: {test}", red=True)
        if not self.ran:
            terminalreporter.write_line("No test ran.", red=True)

    def _note(self, report):
        if not any(fnmatch.fnmatchcase(report.nodeid, pattern) for pattern in self.expected):
            self.unexpected.append(report.nodeid)


def _expected(text):
    """The patterns of a list of tests and reasons.

    >>> _expected("# a comment\\n\\n*::test_real_data  needs the real files\\n")
    ['*::test_real_data']
    """
    return [line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#")]
