"""The Python environments: Odoo's and the linters', from locked requirements, by uv."""

import os
import shutil
import sys

from . import lock, paths, shell
from .console import Problem

OLDEST, NEWEST = (3, 10), (3, 12)
REQUIREMENTS = paths.SETUP / "requirements"
NO_NETWORK = "Check the network and the package index that pip or uv is set up for, then call again."


def ensure(folder, requirements, *options):
    """Make an environment hold exactly a locked requirements file; at once where it already does.

    :param pathlib.Path folder: the environment's place
    :param str requirements: the name of a file in setup/requirements
    """
    locked = REQUIREMENTS / requirements
    key = paths.digest(locked.read_text(), *options, _interpreter())
    mark = folder / f"complete-{requirements}-{key}"
    with lock.in_turn("environments"):
        if not mark.exists():
            _install(folder, locked, options)
            for old in folder.glob(f"complete-{requirements}-*"):
                old.unlink()
            mark.touch()


def _install(folder, locked, options):
    program = uv()
    environment = shell.environment(VIRTUAL_ENV=folder)
    if not (folder / "bin" / "python").exists():
        shell.run(
            [program, "venv", "--quiet", "--clear", "--python", _interpreter(), folder], log="venv", env=environment
        )
    shell.run(
        [program, "pip", "sync", "--require-hashes", *options, locked],
        log=f"pip-{locked.name}",
        env=environment,
        remedy=NO_NETWORK,
    )


def ensure_odoo():
    """Odoo's environment, with the patched wkhtmltopdf of its wheel under the name that Odoo looks for."""
    ensure(paths.VENV, "odoo.txt")
    packed, wanted = paths.VENV / "bin" / "wkhtmltopdf-pack", paths.VENV / "bin" / "wkhtmltopdf"
    if packed.exists() and not wanted.exists():
        wanted.symlink_to(packed.name)


def ensure_peers():
    """The OCA addons that tests and benchmarks compare with, in a folder that only those see."""
    ensure(paths.VENV, "peers.txt", "--target", str(paths.PEERS))


def ensure_schema():
    """The official schema of electronic invoices, which the tests read; its package is written for newer Pythons."""
    ensure(paths.VENV, "schema.txt", "--target", str(paths.SCHEMA), "--python-version", "3.11")


def locked():
    """The text of the locked requirements that a database is made with."""
    return "".join((REQUIREMENTS / name).read_text() for name in ("odoo.txt", "peers.txt"))


def uv():
    """uv from the PATH, or fetched once by pip."""
    if program := shutil.which("uv"):
        return program
    program = paths.UV / "bin" / "uv"
    if not program.exists():
        if not shell.read([sys.executable, "-m", "pip", "--version"]):
            raise Problem("Neither uv nor pip is here.", "Install one of them (`apt-get install python3-pip`).")
        shell.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--target", paths.UV, "uv"],
            log="pip-uv",
            remedy=NO_NETWORK,
        )
    return program


def _interpreter():
    """A Python that Odoo 19 runs on: BOTTEGA_PYTHON, this one, or a suitable one from the PATH."""
    if named := os.environ.get("BOTTEGA_PYTHON"):
        return named
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return sys.executable
    for minor in (11, 12, 10):
        if program := shutil.which(f"python3.{minor}"):
            return program
    raise Problem(
        f"Odoo 19 needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is {sys.version.split()[0]}.",
        "Install one (`apt-get install python3.11`), or name it in BOTTEGA_PYTHON.",
    )
