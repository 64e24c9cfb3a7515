"""The guard turns a run red where a test went missing."""

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


def test_the_list_of_expected_skips_gives_a_reason_each():
    lines = [line for line in guard.EXPECTED_SKIPS.read_text().splitlines() if line and not line.startswith("#")]
    assert all(len(line.split()) > 2 for line in lines)
