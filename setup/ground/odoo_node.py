"""A machine that serves Odoo beside others on one database, as far as one machine can stand for several."""

import os
import re
import signal
import subprocess

from . import odoo, paths, shell
from .console import Problem
from .suite import free_port

LOUD = re.compile(r"^[\d-]+ [\d:,]+ \d+ (WARNING|ERROR|CRITICAL) (?!.*Job 'Base: )")  # Odoo's own housekeeping apart
MET = re.compile("ERROR: could not serialize access|ERROR: deadlock detected")
PATIENCE = 180  # seconds until a node answers, on a machine that is busy


class OdooNode:
    """A server with workers, its own ports, data folder, configuration and log.

    :param Odoo program: what it runs
    :param str name: tells it from the others
    :param str database: which it serves
    :param int smtp_port: of this machine, where its mails go
    :param options: more for its configuration
    """

    WORKERS = 2
    CRON_WORKERS = 2

    def __init__(self, program, name, database, smtp_port, **options):
        self.program = program
        self.name = name
        self.database = database
        self.port = free_port()
        self.log = paths.LOGS / f"node-{name}.log"
        self.config = program.config(
            f"node-{name}",
            data_dir=paths.HOME / f"node-{name}",
            db_name=database,
            dbfilter=f"^{database}$",
            http_port=self.port,
            gevent_port=free_port(),
            db_replica_host=program.server.environment.get("PGHOST", ""),  # a second connection, for reading alone
            db_replica_port=program.server.environment.get("PGPORT", ""),
            smtp_server="127.0.0.1",
            smtp_port=smtp_port,
            limit_time_real=1200,
            limit_time_cpu=1200,
            **options,
        )
        self.process = None

    def start(self):
        """Start it, without waiting for its first answer."""
        if self.process is None:
            self.log.unlink(missing_ok=True)
        words = ["server", "-c", self.config, "-d", self.database, "--logfile", self.log]
        words += ["--workers", self.WORKERS, "--max-cron-threads", self.CRON_WORKERS]
        self.process = self.program.start(*words, start_new_session=True)

    def wait(self):
        """Wait until it answers.

        :raise Problem: where it does not
        """
        if not odoo.answers(self.process, f"http://127.0.0.1:{self.port}/web/health", PATIENCE):
            raise Problem(f"Node {self.name} does not answer.\n{shell.tail_of(self.log)}", f"Read {self.log}.")

    def kill(self):
        """End all its processes at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def complaints(self):
        """What its log holds at WARNING or above, but for two workers who met: Odoo's log tells of each as an error."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        pairs = zip(lines, [*lines[1:], ""], strict=True)
        return [line for line, after in pairs if LOUD.search(line) and not MET.match(after)]

    def stop(self):
        """End it in good order."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.kill()
