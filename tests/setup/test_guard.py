"""The guard turns a run red where a test went missing."""

import json

import pytest

from ground import guard, paths

pytest_plugins = "pytester"


@pytest.fixture
def run(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(paths.SETUP))

    def run_tests(source, *words):
        pytester.makepyfile(source)
        return pytester.runpytest_subprocess("-p", "ground.guard", "-p", "no:odoo", *words)

    return run_tests


def test_a_skip_that_nobody_expects_fails_the_run(run):
    done = run("import pytest\ndef test_one(): pass\ndef test_two(): pytest.skip('no reason')")
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["SKIPPED, and expected_skips.txt does not name it: *::test_two"])


def test_a_skipped_module_fails_the_run(run):
    done = run("import pytest\npytest.skip('all of it', allow_module_level=True)")
    assert done.ret != pytest.ExitCode.OK


def test_a_run_without_a_test_fails(run):
    assert run("").ret != pytest.ExitCode.OK


def test_a_run_in_which_all_passes_stays_green(run):
    assert run("def test_one(): pass").ret == pytest.ExitCode.OK


def test_a_failing_test_still_fails(run):
    assert run("def test_one(): assert False").ret == pytest.ExitCode.TESTS_FAILED


def test_tests_with_a_tag_are_left_out_on_request(run):
    source = """
        class TestTours:
            test_tags = {"tour"}
            def test_tour(self): assert False
        def test_one(): pass
    """
    run(source, "--without-tags", "tour,slow").assert_outcomes(passed=1, deselected=1)


PASSED = """
    class TestPrices:
        def test_known(self): assert False
        def test_new(self): pass
"""


def test_what_passed_in_odoos_own_runner_is_left_out(run, pytester):
    pytester.makefile(".txt", passed="test_x.TestPrices.test_known\n")
    counts = pytester.path / "counts.json"
    pytester.makepyfile(test_x=PASSED)
    done = run("", "--passed", "passed.txt", "--counts", counts)
    done.assert_outcomes(passed=1, deselected=1)
    assert done.ret == pytest.ExitCode.OK
    assert json.loads(counts.read_text()) == {"passed": 1, "failed": 0, "skipped": 0}


def test_a_run_with_nothing_left_to_do_is_green(run, pytester):
    pytester.makefile(".txt", passed="test_x.TestPrices.test_known\ntest_x.TestPrices.test_new")
    pytester.makepyfile(test_x=PASSED)
    assert run("", "--passed", "passed.txt").ret == pytest.ExitCode.OK


def test_a_name_that_no_test_has_excuses_no_run_without_tests(run, pytester):
    pytester.makefile(".txt", passed="test_x.TestPrices.test_gone")
    assert run("", "--passed", "passed.txt").ret == pytest.ExitCode.TESTS_FAILED


def test_failures_errors_and_skips_are_counted(run, pytester):
    source = """
        import pytest
        @pytest.fixture
        def broken(): raise ValueError
        def test_one(): assert False
        def test_two(broken): pass
        def test_three(): pytest.skip("no reason")
        def test_four(): pass
    """
    counts = pytester.path / "counts.json"
    run(source, "--counts", counts)
    assert json.loads(counts.read_text()) == {"passed": 1, "failed": 2, "skipped": 1}


def test_the_list_of_expected_skips_gives_a_reason_each():
    lines = [line for line in guard.EXPECTED_SKIPS.read_text().splitlines() if line and not line.startswith("#")]
    assert all(len(line.split()) > 2 for line in lines)
