"""Running other programs, with their output in a log and a clear problem where they fail."""

import os
import signal
import subprocess

from . import paths
from .console import Problem, Terminated, output

RUNNING = set()  # the programs that some thread waits for


def run(command, *, log=None, remedy="Read the log named above, and call the command again.", **options):
    """Run a program to its end.

    :param list command: the program and its arguments
    :param str log: a name for its output below the logs folder; None: the terminal
    :raise Problem: where it is missing or exits non-zero
    """
    target = paths.LOGS / f"{log}.log"
    try:
        if log is None:
            code = follow(command, **options)
        else:
            paths.LOGS.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as into:
                code = follow(command, stdout=into, stderr=subprocess.STDOUT, **options)
    except FileNotFoundError as error:
        raise Problem(f"The program {command[0]} is missing.", f"Install it. {remedy}") from error
    if code:
        tail = f"\n{tail_of(target)}\n  (log: {target})" if log else ""
        raise Problem(f"{command[0]} failed with exit code {code}.{tail}", remedy)


def follow(command, **options):
    """Run a program to its end where this thread's words go, time to clean up after Ctrl+C included.

    :return: its exit code
    """
    options = {"stdout": output(), "stderr": output(), **options}
    with subprocess.Popen([str(word) for word in command], **options) as process:
        RUNNING.add(process)
        try:
            return process.wait()
        except KeyboardInterrupt as stop:
            if isinstance(stop, Terminated):
                process.send_signal(signal.SIGINT)
            process.wait()
            raise
        finally:
            RUNNING.discard(process)


def interrupt(processes):
    """Tell programs that other threads wait for to end, as Ctrl+C does."""
    for process in processes:
        process.send_signal(signal.SIGINT)


def read(command, **options):
    """What a program prints, stripped; None where it is missing or fails."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            check=True,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **options,
        )
    except (FileNotFoundError, PermissionError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def tail_of(path, lines=15):
    """The last lines of a file, as a problem shows them."""
    return "\n".join("  | " + line for line in path.read_text(errors="replace").splitlines()[-lines:])


def python_path(*folders):
    """Folders as the value of ``PYTHONPATH``, the first one first."""
    return os.pathsep.join(map(str, folders))


def environment(**more):
    """This process's environment plus what the project's programs need."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(paths.VENV / "bin"), os.environ.get("PATH", os.defpath)]),
        "PYTHONPYCACHEPREFIX": str(paths.CACHE / "bytecode"),
        "UV_CACHE_DIR": str(paths.CACHE / "uv"),
        "npm_config_cache": str(paths.CACHE / "npm"),
        **{name: str(value) for name, value in more.items()},
    }
