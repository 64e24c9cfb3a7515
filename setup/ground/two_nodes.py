"""Two nodes on one database, killed in turn, with everything to do; and the count of what they did."""

import json
import threading
import time
from collections import Counter

from . import addons, paths, shell
from .console import Problem, say, step
from .mail_sink import MailSink
from .odoo_node import OdooNode
from .visitors import Visitors

STRUCK_AT = ["lifecycle.touch", "dunning.case"]  # mails about these, in turn
STRUCK_BY = 10  # the tenth mail of a kind costs its sender's life
EVERY = 10  # seconds from one round of disturbance to the next
CALL = 3  # rounds from one call of all scheduled actions to the next
DOWN = 3  # seconds that a killed node is away
DRAIN = 3_000  # seconds until the nodes have to be done, on a machine that is busy
SCRIPTS = paths.TESTS / "two_nodes"


class TwoNodes:
    """A database from its filling to the counting, and the nodes on it, which run while its block does.

    :param Odoo program: what the nodes run
    :param pathlib.Path config: for work in the database beside them
    :param str database: a copy that is for this alone
    """

    def __init__(self, program, config, database):
        self.program = program
        self.config = config
        self.database = database
        self.sink = MailSink(self._strike)
        self.nodes = [OdooNode(program, name, database, self.sink.listen(name)) for name in ("one", "two")]
        self.visitors = None
        self.targets = []  # models; the sender of a mail about the first of them is killed
        self.seen, self.turn = Counter(), threading.Lock()
        self.struck = []
        self.rounds = 0

    def __enter__(self):
        self.sink.__enter__()
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait()
        return self

    def __exit__(self, *error):
        self.targets = []
        for node in self.nodes:
            node.stop()
        self.sink.__exit__(*error)

    # === BEFORE AND AFTER === #

    def fill(self, cases):
        """:param int cases: of each kind"""
        with step("Cases for the nodes"):
            filled = self._inside("fill", "--cases", cases)
        self.visitors = Visitors(self.nodes, filled.pop("pages"), filled.pop("key"))
        for what, number in filled.items():
            say(f"    {number:7} {what}")

    def count(self, kills):
        """Say what there is, and refuse what is not right.

        :param int kills: how often a node should have been killed
        :raise Problem: where anything was lost or done twice
        """
        mails = paths.HOME / "nodes-mails.json"
        mails.write_text(json.dumps([(mail.message_id, mail.receivers) for mail in self.sink.mails]))
        found = self._inside("count", "--mails", mails)
        self._tell(found["numbers"])
        findings = [*found["findings"], *self.visitors.complaints()]
        if len(self.struck) != kills:
            findings.append(f"{len(self.struck)} nodes were killed instead of {kills}.")
        findings += [f"node {node.name}: {line}" for node in self.nodes for line in node.complaints()]
        if findings:
            raise Problem("\n".join(["Two nodes did not do everything once:", *findings]), "Read the nodes' logs.")

    def _tell(self, numbers):
        visits = {f"visits of the {page}": len(answers) for page, answers in self.visitors.answers.items()}
        numbers = numbers | visits | {"price changes by a person": self.visitors.changes}
        for what, number in sorted(numbers.items()):
            say(f"    {number:7} {what}")
        say(f"    killed while it sent a mail about: {', '.join(self.struck) or 'nothing'}")

    def _inside(self, verb, *words):
        output = paths.HOME / "nodes.json"
        command = [self.program.python, "-m", "two_nodes.run", verb, "--output", output]
        command += ["--config", self.config, "--database", self.database, *words]
        environment = self.program.environment | {"PYTHONPATH": f"{self.program.source}:{paths.TESTS}"}
        shell.run(command, log=f"nodes-{verb}", env=environment, cwd=paths.HOME)
        return json.loads(output.read_text())

    # === DURING === #

    def disturb(self, seconds, kills):
        """Call all actions again and again, change prices, look at pages, and kill nodes."""
        end = time.monotonic() + seconds
        self.targets = [STRUCK_AT[number % len(STRUCK_AT)] for number in range(kills)]
        while time.monotonic() < end:
            self.visitors.change_prices()
            self._go_round()

    def drain(self):
        """Let the nodes come to an end; hours pass meanwhile for what a dead worker had in hand.

        :raise Problem: where they do not
        """
        deadline = time.monotonic() + DRAIN
        with step("Nothing more is added; the nodes come to an end"):
            while left := self._query((SCRIPTS / "left.sql").read_text()):
                if time.monotonic() > deadline:
                    raise Problem(f"The nodes come to no end: {left}", "Read the nodes' logs.")
                self._query((SCRIPTS / "let_time_pass.sql").read_text())
                self._go_round()
        self.visitors.visit()

    def _go_round(self):
        if self.rounds % CALL == 0:
            self._call_actions()
        self.program.server.query(f"SELECT pg_notify('cron_trigger', '{self.database}')")  # what is due, is due now
        self.rounds += 1
        self.visitors.visit()
        self._revive()
        time.sleep(EVERY)

    def _strike(self, mail):
        """Kill the node that has just delivered a mail of the kind that is waited for, before it hears that."""
        with self.turn:
            if not self.targets or mail.subject_model != self.targets[0]:
                return
            self.seen[mail.subject_model] += 1
            if self.seen[mail.subject_model] < STRUCK_BY:
                return
            self.struck.append(self.targets.pop(0))
            next(node for node in self.nodes if node.name == mail.sender).kill()

    def _revive(self):
        for node in self.nodes:
            if node.process.poll() is not None:
                time.sleep(DOWN)
                node.start()
                node.wait()

    def _call_actions(self):
        """Have all scheduled actions of the suite, and Odoo's mail queue, due; those at work are so already."""
        names = ", ".join(f"'{name}'" for name in addons.own())
        self._query((SCRIPTS / "call_actions.sql").read_text().replace(":addons", names))

    def _query(self, sql):
        answer = self.program.server.query(sql, self.database)
        if answer is None:
            raise Problem(f"PostgreSQL refused: {sql}", "Read its log.")
        return answer
