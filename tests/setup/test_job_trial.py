"""What is told of jobs at once, and how a node is set up for them."""

import pytest

from ground import job_trial, odoo_node, paths
from ground.console import Problem
from ground.job_trial import WORKS, JobTrial, QueueNode, read_left, rows, tell


class Program:
    """What a node starts, as far as its configuration goes."""

    def __init__(self, folder):
        self.folder = folder
        self.server = type("Server", (), {"environment": {}})

    def config(self, name, **options):
        path = self.folder / f"{name}.conf"
        path.write_text("[options]\n" + "".join(f"{key} = {value}\n" for key, value in options.items()))
        return path


@pytest.fixture
def trial(home, tmp_path):
    trial = JobTrial(Program(tmp_path), None, "database", 2)
    trial.count = lambda: ({"reminders done": 3}, [])
    yield trial
    trial.sink.__exit__()


def test_the_runner_is_loaded_and_does_so_many_of_our_jobs_at_once(home, tmp_path):
    text = QueueNode(Program(tmp_path), "database", 25, jobs=2).config.read_text()
    assert "server_wide_modules = base,rpc,web,queue_job\n" in text
    assert text.endswith("\n[queue_job]\nchannels = root:4,root.bottega:2\n")
    assert odoo_node.OdooNode.WORKERS < QueueNode.WORKERS


def test_what_is_waited_for_is_what_left_sql_tells_of():
    script = (paths.TESTS / "two_nodes" / "left.sql").read_text()
    assert all(f"'{name}'" in script for work in WORKS.values() for name in work.left)


def test_the_table_has_a_row_a_kind_and_the_sum(capsys):
    numbers = {work.number: 1000 for work in WORKS.values()}
    seconds = {1: dict.fromkeys(WORKS, 10), 2: dict.fromkeys(WORKS, 8)}
    table = rows(numbers, seconds)
    assert [row[0] for row in table] == ["", *WORKS, "in all"]
    assert table[1][1:] == ["1,000", "10.0 s", "8.0 s", "1.25"]
    tell(numbers, seconds)
    assert "| in all | 4,000 | 40.0 s | 32.0 s | 1.25 |" in capsys.readouterr().out


def test_what_is_left_or_failed_or_wrong_is_refused(trial):
    answers = {"jobs_failed.sql": "", "left.sql": ""}
    trial.query = lambda script, **_values: answers[script]
    assert trial.check() == {"reminders done": 3}
    answers["left.sql"] = "3 reminders to send\n1 items to build"
    with pytest.raises(Problem, match=r"not do everything once:\n3 reminders to send are left\.\n1 items"):
        trial.check()
    answers |= {"left.sql": "", "jobs_failed.sql": "Dunning: it broke"}
    with pytest.raises(Problem, match="Dunning: it broke"):
        trial.check()


def test_an_action_is_over_when_nothing_of_its_own_is_left(trial, monkeypatch):
    monkeypatch.setattr(job_trial, "POLL", 0)
    left = iter(["2 reminders to send\n5 items to build", "5 items to build"])
    trial.wake, trial.query = lambda: None, lambda _script: next(left)
    trial._wait("left.sql", ("reminders to send",))
    assert read_left("5 items to build") == {"items to build": 5}
    assert not list(left)


def test_an_action_that_comes_to_no_end_is_told(trial, monkeypatch):
    monkeypatch.setattr(job_trial, "MOST", -1)
    trial.query = lambda _script: "2 reminders to send"
    with pytest.raises(Problem, match="no end: reminders to send"):
        trial._wait("left.sql", ("reminders to send",))
