"""Which PostgreSQL is used, and what is said of one that can't be."""

import pytest

from ground import postgres
from ground.console import Problem


@pytest.fixture(autouse=True)
def ordinary_user(monkeypatch):
    """Run the server as oneself, so that no test leaves the folder it was given, be it root's."""
    monkeypatch.setattr(postgres, "_server_user", lambda: None)


@pytest.fixture
def answers(monkeypatch):
    """An existing server that gives the version number and the right to create databases as told."""

    def give(version, may_create="1"):
        monkeypatch.setenv("PGHOST", "database.example")
        given = {"SHOW server_version_num": version}
        monkeypatch.setattr(postgres.Server, "query", lambda _self, sql, **_more: given.get(sql, may_create))

    return give


def test_an_existing_server_is_taken_through_the_environment(home, answers):
    answers("130000")
    with postgres.serving("test", durable=False) as server:
        assert server.environment["PGHOST"] == "database.example"


def test_an_old_server_is_refused(home, answers):
    answers("120017")
    with pytest.raises(Problem, match="version 12; Odoo 19 needs 13"), postgres.serving("test", durable=False):
        pass


def test_a_server_that_does_not_answer_is_told(home, answers):
    answers(None)
    with pytest.raises(Problem, match="no PostgreSQL answers there"), postgres.serving("test", durable=False):
        pass


def test_a_user_that_may_not_create_databases_is_refused(home, answers):
    answers("150000", may_create="")
    with pytest.raises(Problem, match="may not create databases"), postgres.serving("test", durable=False):
        pass


def test_a_long_path_gets_a_short_socket(home, monkeypatch):
    monkeypatch.setattr(postgres.paths, "HOME", home.joinpath(*["a-very-long-name"] * 8))
    cluster = postgres.Cluster("test", durable=False)
    assert len(str(cluster.socket)) < postgres.SOCKET_LIMIT - 20
    assert cluster.environment["PGHOST"] == str(cluster.socket)


def test_data_of_another_version_is_refused(home, monkeypatch):
    cluster = postgres.Cluster("test", durable=False)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Problem, match="is of PostgreSQL 9"):
        cluster._check_data_version()


def test_only_tests_give_up_safety_for_speed(home, monkeypatch):
    calls = []
    monkeypatch.setattr(postgres.Cluster, "_as_owner", lambda _self, tool, *_words: calls.append(tool))
    monkeypatch.setattr(postgres.Cluster, "_is_running", lambda _self: False)
    for name, durable in (("keep", True), ("test", False)):
        cluster = postgres.Cluster(name, durable=durable)
        cluster.data.mkdir(parents=True)
        cluster.start()
        assert ("fsync = off" in (cluster.data / "postgresql.auto.conf").read_text()) is not durable
    assert calls == ["pg_ctl", "pg_ctl"]
