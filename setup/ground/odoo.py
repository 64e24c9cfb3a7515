"""Starting Odoo's programs on a server and a database."""

import pathlib
import subprocess
import time
import urllib.request

from . import lock, odoo_source, paths, python_env, shell
from .console import step

LAUNCH = paths.SCRIPTS / "odoo_bin.py"  # with workers `python -m odoo` respawns a process without end


class Odoo:
    """Odoo's tree, its environment and the server it works on.

    :param pathlib.Path source: the folder that holds the package ``odoo``
    :param postgres.Server server: where its databases are
    :param list more_addons: addons folders beside the suite's own
    :param pathlib.Path own: another folder in the place of the suite's own
    """

    def __init__(self, source, server, more_addons=(), own=paths.ADDONS):
        self.source = source
        self.server = server
        self.addons_paths = [*odoo_source.addons_beside(source), own, *more_addons]
        self.python = paths.VENV / "bin" / "python"
        self.environment = shell.environment(PYTHONPATH=source, **server.environment)

    def config(self, name, **options):
        """Write a configuration file of that name and give its path."""
        settings = {
            "addons_path": ",".join(map(str, self.addons_paths)),
            "data_dir": paths.HOME / "data",
            "screenshots": paths.LOGS / "screenshots",
            "db_host": self.server.environment.get("PGHOST", ""),
            "db_port": self.server.environment.get("PGPORT", ""),
            "db_user": self.server.environment.get("PGUSER", ""),
            "db_password": self.server.environment.get("PGPASSWORD", ""),
            "http_interface": "127.0.0.1",
            "list_db": False,
            "without_demo": True,
            **options,
        }
        (paths.HOME / "data").mkdir(parents=True, exist_ok=True)
        path = paths.HOME / f"{name}.conf"
        path.touch(mode=0o600)
        lines = [f"{key} = {value}" for key, value in settings.items() if value != ""]
        path.write_text("[options]\n" + "\n".join(lines) + "\n")
        return path

    def command(self, *words):
        """One of Odoo's commands as the words that start it."""
        return [str(self.python), str(LAUNCH), *map(str, words)]

    def run(self, *words, log, **environment):
        """Run one of Odoo's commands to its end, its output in a log."""
        shell.run(self.command(*words), log=log, env=self.environment | environment, cwd=paths.HOME)

    def script(self, script, config, database, log, **environment):
        """Run a Python script inside an Odoo shell of the database; it may import what is in ``setup``."""
        environment.setdefault("PYTHONPATH", shell.python_path(self.source, paths.SETUP))
        with pathlib.Path(script).open("rb") as source:
            words = self.command("shell", "-c", config, "-d", database, "--no-http")
            shell.run(words, log=log, env=self.environment | environment, cwd=paths.HOME, stdin=source)

    def start(self, *words, **options):
        """Start a server that goes on while this process lives, and give it.

        :param options: more of :class:`subprocess.Popen`'s
        """
        return subprocess.Popen(self.command(*words), env=self.environment, cwd=paths.HOME, **options)


def answers(process, address, seconds):
    """Wait until a server answers, as long as it lives.

    :param subprocess.Popen process: the server
    :param str address: of a page on it
    :param float seconds: how long at most
    :return: whether it does
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return True
        except OSError:
            time.sleep(0.2)
    return False


def ensure():
    """Fetch Odoo and its Python environment where they are missing.

    :return: the folder that holds the package ``odoo``
    """
    with step("Odoo 19"), lock.in_turn("odoo"):
        source = odoo_source.find()
    with step("Python environment"):
        python_env.ensure_odoo()
    return source
