"""The two test runners, Odoo's own and pytest, on copies of a template."""

import collections
import json
import os
import socket

from . import addons, database, own_runner, paths, shell
from .console import Problem, say, tell

REAL_DATA = paths.ROOT.parent / "shared" / "data"
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
        self.key = paths.digest(*names)  # suites may run side by side: what one writes bears its name
        self.config = odoo.config(f"test-{self.key}", http_port=free_port(), gevent_port=free_port())
        self.templates = database.Templates(odoo, self.config, names)
        self.log = f"odoo-tests-{self.key if len(names) > 1 else names[0]}"
        self.passed = paths.LOGS / f"{self.log}-passed.txt"
        self.counts = paths.LOGS / f"{self.log}-counts.json"

    def odoos_own(self):
        """Odoo's runner: installs the addons and runs their tests, the long ones left to pytest; its log must be clean.

        Which tests passed is noted for :meth:`rest`.

        :return: the counts of tests by outcome; a log that is not clean counts as a failure
        """
        self.passed.unlink(missing_ok=True)
        template = self.templates.apps()
        with database.copy(self.odoo.server, template, self.key) as name:
            tags = ",".join([*(f"/{addon}" for addon in self.names), *NOT_LONG])
            words = ["-d", name, "-i", ",".join(self.names), "--test-tags", tags, "--stop-after-init"]
            problem = self._run_own("server", "-c", self.config, "--test-enable", *words)
        passed, failed = own_runner.outcomes((paths.LOGS / f"{self.log}.log").read_text(errors="replace"))
        self.passed.write_text("\n".join(sorted(passed)))
        say(f"{len(passed)} passed, {len(failed)} failed in Odoo's own runner")
        if not problem and not passed:
            problem = Problem("Odoo's own runner ran no test.", f"Give {', '.join(self.names)} one that is not long.")
        if problem:
            tell(problem)
        return collections.Counter(passed=len(passed), failed=max(len(failed), bool(problem)))

    def pytest(self, places, *words, fast=False):
        """pytest on a copy of the database with the addons.

        :param list places: folders and files with tests
        :param words: more of pytest's arguments
        :param bool fast: whether to leave out what is tagged ``tour`` or ``slow``
        :return: the counts of tests by outcome; a run that is red for another reason counts as a failure
        """
        browser = not fast and any(map(addons.has_tours, self.names))
        template = self.templates.for_tours() if browser else self.templates.installed()
        self.counts.parent.mkdir(parents=True, exist_ok=True)
        self.counts.unlink(missing_ok=True)
        with database.copy(self.odoo.server, template, self.key) as name:
            command = [self.odoo.python, "-m", "pytest", "-p", "ground.guard", "--counts", self.counts]
            command += ["-o", f"cache_dir={paths.CACHE}/pytest/{self.key}"]
            command += ["--odoo-config", self.config, "--odoo-database", name, "--odoo-http"]
            command += ["--without-tags", LONG] if fast else []
            path = shell.python_path(self.odoo.source, paths.SETUP, paths.TESTS)
            environment = {**self._environment(thorough=not fast), "PYTHONPATH": path}
            red = shell.follow([*command, *words, *places], env=self.odoo.environment | environment, cwd=paths.ROOT)
        counts = collections.Counter(json.loads(self.counts.read_text()) if self.counts.exists() else {})
        return counts | collections.Counter(failed=bool(red))

    def rest(self, places):
        """pytest on what Odoo's own runner has not seen pass: the long tests, doctests, and whatever it leaves out."""
        return self.pytest(places, *(["--passed", self.passed] if self.passed.exists() else []))

    def _run_own(self, *words):
        """:return: what is wrong, None where nothing is"""
        problem = None
        try:
            self.odoo.run(*words, log=self.log, **self._environment(thorough=True))
        except Problem as exit_code:
            problem = exit_code
        try:
            check_log(self.odoo, self.log)  # says better what failed
        except Problem as what_failed:
            problem = what_failed
        return problem

    def _environment(self, *, thorough):
        """:param bool thorough: whether random tests shall try many cases instead of few"""
        return {
            **DATA_OF_OTHERS,
            "HYPOTHESIS_STORAGE_DIRECTORY": str(paths.CACHE / "hypothesis"),
            "BOTTEGA_THOROUGH": "1" if thorough else "",
            "BOTTEGA_DATA": os.environ.get("BOTTEGA_DATA") or str(REAL_DATA),
        }


def check_log(odoo, name):
    """Refuse a log of Odoo with a line at WARNING or above.

    :param str name: the log's, below the logs folder
    """
    log = paths.LOGS / f"{name}.log"
    command = [odoo.python, "-m", "checklog_odoo", "--no-echo", "--config", CHECKLOG, log]
    shell.run(command, env=odoo.environment, remedy=f"Mend what is told above; all of the log is in {log}.")


def places(names):
    """The folders with the tests of the named addons."""
    return [addons.folder(name) for name in names]


def size(names):
    """How much test code the named addons have, in bytes: a measure of how long it takes, against others."""
    return sum(path.stat().st_size for place in places(names) for path in place.rglob("test_*.py"))


def free_port():
    """A port of this machine that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
