"""Jobs in two lanes: nothing is lost, mixed or left running."""

import collections
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from ground import lanes, paths, shell
from ground.console import Problem, say
from ground.lanes import Job


def job(title, work, **values):
    return Job(title, title.replace(" ", "-"), work, **values)


def test_counts_are_summed_over_all_jobs_and_those_that_follow(home):
    last = job("last", lambda: collections.Counter(passed=3, skipped=1))
    first = job("first", lambda: collections.Counter(passed=2), then=[last])
    counts, failed = lanes.run([first, job("other", lambda: None)])
    assert counts == {"passed": 5, "skipped": 1}
    assert not failed


def test_two_jobs_run_at_the_same_time(home):
    meeting = threading.Barrier(2, timeout=20)
    lanes.run([job("one", lambda: meeting.wait() and None), job("two", lambda: meeting.wait() and None)])


def test_the_heaviest_begins_first_and_no_more_than_two_run(home):
    begun, running, most = [], set(), []

    def work(name):
        begun.append(name)
        running.add(name)
        most.append(len(running))
        time.sleep(0.05)
        running.remove(name)

    lanes.run([job(name, lambda name=name: work(name), weight=int(name)) for name in ("1", "4", "2", "3")])
    assert set(begun[:2]) == {"4", "3"}
    assert max(most) == lanes.LANES


def test_a_problem_stops_no_other_job_and_is_told(home, capsys):
    def broken():
        raise Problem("The log is not clean.", "Mend it.")

    other = job("other", lambda: collections.Counter(passed=1))
    first = job("broken", broken, then=[other])
    counts, failed = lanes.run([first])
    assert counts == {"passed": 1, "failed": 1}
    assert failed == [first]
    assert "ERROR: The log is not clean.\n  What to do: Mend it." in capsys.readouterr().out
    assert first.last_words().endswith("\n  What to do: Mend it.")


def test_the_last_words_of_a_long_job_are_few(home):
    long = job("long", lambda: say("\n".join(map(str, range(100)))) and None)
    lanes.run([long])
    assert len(long.last_words().splitlines()) == lanes.LAST_WORDS


def test_the_words_of_two_jobs_are_not_mixed(home, capfd):
    turn = threading.Barrier(2, timeout=20)

    def work(name):
        for number in range(3):
            turn.wait()
            say(f"{name} says {number}")
            shell.follow(["echo", f"{name} echoes {number}"])

    lanes.run([job(name, lambda name=name: work(name)) for name in ("a", "b")])
    said = capfd.readouterr().out
    for name in ("a", "b"):
        assert "\n".join(f"{name} says {number}\n{name} echoes {number}" for number in range(3)) in said


def test_an_error_in_the_commands_themselves_ends_the_other_lane_too(home):
    def bug():
        time.sleep(0.5)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lanes.run([job("bug", bug), job("long", lambda: shell.follow(["sleep", "60"]) and None)])
    assert not shell.RUNNING


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_both_lanes_and_begins_no_other_job(home, name):
    program = f"""
import pathlib
from ground import lanes, paths, shell
from ground.console import guarded
paths.LOGS = pathlib.Path({str(paths.LOGS)!r})
jobs = [lanes.Job(name, name, lambda: shell.run(["sleep", "60"])) for name in "abc"]
guarded(lambda: lanes.run(jobs))
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(
        command, cwd=paths.SETUP, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert [process.stdout.readline() for _line in range(2)] == ["... a: begun\n", "... b: begun\n"]
        time.sleep(1)
        start = time.monotonic()
        if name == "SIGINT":
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        else:
            process.send_signal(getattr(signal, name))
        said, errors = process.communicate(timeout=30)
    assert time.monotonic() - start < 20
    assert errors == "\nStopped.\n"
    assert "c: begun" not in said
