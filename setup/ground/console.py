"""What the commands say: steps with their times, and problems that tell what to do."""

import argparse
import contextlib
import os
import signal
import sys
import threading
import time

TIMES = []
HERE = threading.local()  # where a thread's words go, if not to the terminal


class Problem(Exception):
    """Something the person at the keyboard can mend.

    :param str what: what happened, one sentence
    :param str remedy: what to do about it
    """

    def __init__(self, what, remedy):
        super().__init__(what)
        self.remedy = remedy


def new_parser(name, about):
    """What reads the words behind a command.

    :param str name: the command's, below setup/
    :param str about: what ``--help`` says of it: the docstring of its module
    """
    layout = argparse.RawDescriptionHelpFormatter
    return argparse.ArgumentParser(prog=f"setup/{name}", description=about, formatter_class=layout)


def output():
    """The file that takes this thread's words instead of the terminal; None: there is none."""
    return getattr(HERE, "file", None)


@contextlib.contextmanager
def into(path):
    """Let all that this thread and its programs say go into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as HERE.file:
        try:
            yield
        finally:
            HERE.file = None


def say(text):
    """Print a text where this thread's words go."""
    print(text, file=output() or sys.stdout, flush=True)


def warn(text):
    """Print a text that is not to be overlooked, where this thread's words go."""
    print(f"WARNING: {text}", file=output() or sys.stderr, flush=True)


def tell(problem):
    """Say in two clear lines what a :class:`Problem` is about."""
    print(f"\nERROR: {problem}\n  What to do: {problem.remedy}", file=output() or sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    """Announce a step, and close it with the seconds it took."""
    say(f"==> {title}")
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    TIMES.append((title, seconds))
    say(f"    {seconds:.1f} s")


def say_times():
    """Print where the time went, longest first."""
    say("Where the time went:")
    for title, seconds in sorted(TIMES, key=lambda row: -row[1]):
        say(f"  {seconds:7.1f} s  {title}")


class Terminated(KeyboardInterrupt):
    """Somebody ended this process alone: unlike Ctrl+C, the programs it started have not heard of it."""


def guarded(main):
    """Run a command's main; a :class:`Problem` becomes two clear lines and exit code 2."""
    signal.signal(signal.SIGTERM, _terminate)
    os.umask(0o022)  # PostgreSQL's own user must come through the folders that root makes
    try:
        return main()
    except Problem as problem:
        tell(problem)
        return 2
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _terminate(_signal, _frame):
    raise Terminated
