"""The commands as a person calls them."""

import socket
import subprocess
import sys

import pytest

from ground import chromium, console, paths, python_env
from ground.commands import run
from ground.console import Problem

COMMANDS = sorted(path.stem for path in (paths.SETUP / "ground" / "commands").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name):
    done = subprocess.run([paths.SETUP / name, "--help"], check=True, capture_output=True, text=True)
    assert f"usage: setup/{name}" in done.stdout


def test_a_taken_port_is_told_with_another(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"Port {port} is taken") as caught:
            run._check_port(port)
    assert "--port" in caught.value.remedy


def test_a_problem_is_two_lines_and_no_traceback(capsys):
    def main():
        raise Problem("The disk is full.", "Free some space.")

    assert console.guarded(main) == 2
    assert capsys.readouterr().err == "\nERROR: The disk is full.\n  What to do: Free some space.\n"


def test_an_index_that_does_not_answer_is_told(home, script):
    script("uv", "[ $1 = venv ] && exit 0; echo 'error: no route to host' >&2; exit 1")
    with pytest.raises(Problem, match="no route to host") as caught:
        python_env.ensure(paths.VENV, "odoo.txt")
    assert "Check the network" in caught.value.remedy


def test_an_ordinary_user_is_told_how_to_get_the_browser(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda _name: None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000)
    with pytest.raises(Problem) as caught:
        chromium.ensure()
    assert "apt-get install -y --no-install-recommends chromium" in caught.value.remedy


def test_ctrl_c_stops_without_a_traceback():
    program = (
        "import os, signal; from ground.console import guarded; guarded(lambda: os.kill(os.getpid(), signal.SIGINT))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, cwd=paths.SETUP)
    assert done.stderr == "\nStopped.\n"


def test_locked_requirements_name_no_index_and_carry_hashes():
    for path in python_env.REQUIREMENTS.glob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        assert "--hash=" in text


def test_locked_packages_of_node_name_no_registry():
    assert '"resolved"' not in (paths.SETUP / "node" / "package-lock.json").read_text()
