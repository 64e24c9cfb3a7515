"""Two nodes on one database, killed in turn, with everything to do; and the count of what they did."""

import threading
import time
from collections import Counter

from . import addons
from .console import Problem, say, step
from .mail_sink import MailSink
from .odoo_node import OdooNode
from .trial import Trial
from .visitors import Visitors

STRUCK_AT = ["lifecycle.touch", "dunning.case"]  # mails about these, in turn
STRUCK_BY = 10  # the tenth mail of a kind costs its sender's life
EVERY = 10  # seconds from one round of disturbance to the next
CALL = 3  # rounds from one call of all scheduled actions to the next
DOWN = 3  # seconds that a killed node is away
DRAIN = 3_000  # seconds until the nodes have to be done, on a machine that is busy


class TwoNodes(Trial):
    """All scheduled actions on two nodes, due again and again, while one or the other is killed."""

    def __init__(self, program, config, database):
        super().__init__(program, config, database)
        self.sink = MailSink(self._strike)
        self.nodes = [OdooNode(program, name, database, self.sink.listen(name)) for name in ("one", "two")]
        self.visitors = None
        self.targets = []  # models; the sender of a mail about the first of them is killed
        self.seen, self.turn = Counter(), threading.Lock()
        self.struck = []
        self.rounds = 0

    def __exit__(self, *error):
        self.targets = []
        super().__exit__(*error)

    # === BEFORE AND AFTER === #

    def fill(self, cases):
        # OVERRIDE: visitors come once there is something to see.
        filled = super().fill(cases)
        self.visitors = Visitors(self.nodes, filled["pages"], filled["key"])
        return filled

    def check(self, kills):
        """Say what there is, and refuse what is not right.

        :param int kills: how often a node should have been killed
        :raise Problem: where anything was lost or done twice
        """
        numbers, findings = self.count()
        self._tell(numbers)
        findings += self.visitors.complaints()
        if len(self.struck) != kills:
            findings.append(f"{len(self.struck)} nodes were killed instead of {kills}.")
        if findings:
            raise Problem("\n".join(["Two nodes did not do everything once:", *findings]), "Read the nodes' logs.")

    def _tell(self, numbers):
        visits = {f"visits of the {page}": len(answers) for page, answers in self.visitors.answers.items()}
        numbers = numbers | visits | {"price changes by a person": self.visitors.changes}
        for what, number in sorted(numbers.items()):
            say(f"    {number:7} {what}")
        say(f"    killed while it sent a mail about: {', '.join(self.struck) or 'nothing'}")

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
            while left := self.query("left.sql"):
                if time.monotonic() > deadline:
                    raise Problem(f"The nodes come to no end: {left}", "Read the nodes' logs.")
                self.query("let_time_pass.sql")
                self._go_round()
        self.visitors.visit()

    def _go_round(self):
        if self.rounds % CALL == 0:
            self._call_actions()
        self.wake()
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
        self.query("call_actions.sql", addons=", ".join(f"'{name}'" for name in addons.own()))
