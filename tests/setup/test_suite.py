"""Both runners: what counts as passed, what as failed, and that nothing passes unseen."""

import contextlib

import pytest

from ground import database, paths, suite
from ground.console import Problem

LINE = "2026-01-01 10:00:00,000 7 {level} db odoo.addons.a.tests.test_b: {text}\n"
GREEN = LINE.format(level="INFO", text="Starting TestB.test_one ...")
RED = LINE.format(level="INFO", text="Starting TestB.test_two ...") + LINE.format(
    level="ERROR", text="FAIL: TestB.test_two"
)
WARNING = LINE.format(level="WARNING", text="Something is odd.")


class Odoo:
    """An Odoo whose run of the tests is a text, and whose Python a script."""

    environment = {"PATH": "/usr/bin:/bin"}
    server = source = None

    def __init__(self, python):
        self.python = python
        self.log = GREEN
        self.exit_code = 0

    def config(self, name, **_options):
        return name

    def run(self, *_words, log, **_environment):
        (paths.LOGS / f"{log}.log").write_text(self.log)
        if self.exit_code:
            raise Problem("Odoo failed.", "")


class Templates:
    """Templates that are there already."""

    def __init__(self, *_arguments):
        pass

    def apps(self):
        return "apps"

    installed = for_tours = apps


@pytest.fixture
def odoo(home, script, tmp_path, monkeypatch):
    paths.LOGS.mkdir(parents=True)
    monkeypatch.setattr(database, "Templates", Templates)
    monkeypatch.setattr(database, "copy", lambda *_arguments: contextlib.nullcontext("copy"))
    script("python", 'for log; do :; done; ! grep -qE "WARNING|ERROR" "$log"')  # as checklog-odoo
    return Odoo(tmp_path / "programs" / "python")


@pytest.fixture
def tests(odoo):
    return suite.Suite(odoo, ["test_bottega_quotes"])


def test_what_passed_in_odoos_own_runner_is_noted(tests):
    assert tests.odoos_own() == {"passed": 1, "failed": 0}
    assert tests.passed.read_text() == "odoo.addons.a.tests.test_b.TestB.test_one"


def test_what_failed_there_is_counted_and_not_noted(tests, odoo):
    odoo.log, odoo.exit_code = GREEN + RED, 1
    assert tests.odoos_own() == {"passed": 1, "failed": 1}
    assert "test_two" not in tests.passed.read_text()


@pytest.mark.parametrize(("log", "exit_code"), [(GREEN + WARNING, 0), (GREEN, 1)])
def test_a_log_that_is_not_clean_and_a_bad_end_are_a_failure(tests, odoo, log, exit_code):
    odoo.log, odoo.exit_code = log, exit_code
    assert tests.odoos_own()["failed"] == 1


def test_a_run_of_odoos_runner_without_a_test_fails(tests, odoo, capsys):
    odoo.log = ""
    assert tests.odoos_own()["failed"] == 1
    assert "ran no test" in capsys.readouterr().err


def test_what_an_earlier_run_saw_pass_is_forgotten(tests, monkeypatch):
    def broken(_self):
        raise Problem("No room.", "")

    tests.odoos_own()
    monkeypatch.setattr(Templates, "apps", broken)
    with pytest.raises(Problem):
        tests.odoos_own()
    assert not tests.passed.exists()


def test_pytest_counts_what_it_ran(tests, script):
    script("python", f"""echo '{{"passed": 3, "failed": 0, "skipped": 1}}' > {tests.counts}""")
    assert tests.rest([]) == {"passed": 3, "skipped": 1}


def test_a_pytest_that_dies_is_a_failure(tests, script):
    tests.counts.write_text('{"passed": 3}')  # of an earlier run
    script("python", "exit 139")
    assert tests.rest([]) == {"failed": 1}


def test_random_tests_are_thorough_wherever_they_run_but_once(tests, odoo, monkeypatch):
    seen = {}
    monkeypatch.setattr(odoo, "run", lambda *_words, log, **environment: seen.update(environment))
    (paths.LOGS / f"{tests.log}.log").write_text(GREEN)
    tests.odoos_own()
    assert seen["BOTTEGA_THOROUGH"] == "1"
