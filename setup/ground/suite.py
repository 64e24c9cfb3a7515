"""The two test runners, Odoo's own and pytest, on copies of a template."""

import os
import socket

from . import addons, database, paths, shell
from .console import Problem, step

REAL_DATA = paths.ROOT.parent / "shared" / "data"
OWN_LOG = "odoo-tests"
LONG, NOT_LONG = "tour,slow", ["-tour", "-slow"]  # tags
DATA_OF_OTHERS = {"BOTTEGA_FATTURAPA_XSD": str(paths.FATTURAPA_SCHEMA)}  # for both runners
CHECKLOG = paths.SETUP / "checklog-odoo.cfg"


class Suite:
    """The tests of a choice of addons.

    :param Odoo odoo: the programs, with the testing addons and the peers on their path
    :param list names: the addons to test
    """

    def __init__(self, odoo, names):
        self.odoo = odoo
        self.names = names
        self.config = odoo.config("test", http_port=free_port(), gevent_port=free_port())
        self.templates = database.Templates(odoo, self.config, names)

    def odoos_own(self):
        """Odoo's runner: installs the addons and runs their tests, the long ones left to pytest; its log must be clean.

        :raise Problem: where a test fails or the log holds a warning
        """
        template = self.templates.apps()
        with step(f"Odoo's own runner: {', '.join(self.names)}"), database.copy(self.odoo.server, template) as name:
            tags = ",".join([*(f"/{addon}" for addon in self.names), *NOT_LONG])
            words = ["-d", name, "-i", ",".join(self.names), "--test-tags", tags, "--stop-after-init"]
            try:
                self.odoo.run("server", "-c", self.config, "--test-enable", *words, log=OWN_LOG, **DATA_OF_OTHERS)
            except Problem:
                self._check_log()  # says better what failed
                raise
            self._check_log()

    def pytest(self, places, *words, fast=False):
        """pytest on a copy of the database with the addons.

        :param list places: folders and files with tests
        :param words: more of pytest's arguments
        :param bool fast: whether to leave out what is tagged ``tour`` or ``slow``
        :return: its exit code
        """
        template = self.templates.installed() if fast else self.templates.for_tours()
        with database.copy(self.odoo.server, template) as name:
            command = [self.odoo.python, "-m", "pytest", "-p", "ground.guard", "-o", f"cache_dir={paths.CACHE}/pytest"]
            command += ["--odoo-config", self.config, "--odoo-database", name, "--odoo-http"]
            command += ["--without-tags", LONG] if fast else []
            return shell.follow([*command, *words, *places], env=self._environment(fast), cwd=paths.ROOT)

    def _environment(self, fast):
        """:param bool fast: whether random tests shall try few cases instead of many"""
        return {
            **self.odoo.environment,
            **DATA_OF_OTHERS,
            "PYTHONPATH": os.pathsep.join(map(str, (self.odoo.source, paths.SETUP, paths.TESTS))),
            "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.CACHE / "hypothesis"),
            "BOTTEGA_THOROUGH": "" if fast else "1",
            "BOTTEGA_DATA": os.environ.get("BOTTEGA_DATA") or str(REAL_DATA),
        }

    def _check_log(self):
        log = paths.LOGS / f"{OWN_LOG}.log"
        command = [self.odoo.python, "-m", "checklog_odoo", "--no-echo", "--config", CHECKLOG, log]
        shell.run(command, env=self.odoo.environment, remedy=f"Mend what is told above; all of the log is in {log}.")


def places(names):
    """The folders with the tests of the named addons."""
    return [addons.folder(name) for name in names]


def free_port():
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
