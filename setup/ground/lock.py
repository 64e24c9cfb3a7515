"""Locks between commands that use one home at the same time."""

import contextlib
import fcntl
import os

from . import paths
from .console import Problem, say


@contextlib.contextmanager
def alone(name):
    """Keep other commands from what the name stands for while the block runs.

    :raise Problem: where another command is at it
    """
    with _opened(name) as file:
        if not _taken(file):
            raise Problem(
                f"Another command (process {_holder(file)}) uses the databases of {paths.HOME}.",
                "Wait until it ends or stop it; or give this one a folder of its own in BOTTEGA_HOME.",
            )
        yield


@contextlib.contextmanager
def in_turn(name):
    """Wait for other commands that do what the name stands for, then do the block."""
    with _opened(name) as file:
        if not _taken(file):
            say(f"    waiting for another command (process {_holder(file)})")
            fcntl.flock(file, fcntl.LOCK_EX)
            _sign(file)
        yield


def _opened(name):
    folder = paths.HOME / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / name).open("a+")


def _taken(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    _sign(file)
    return True


def _sign(file):
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()


def _holder(file):
    file.seek(0)
    return file.read() or "unknown"
