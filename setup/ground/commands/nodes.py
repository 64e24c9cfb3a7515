"""Two Odoo nodes with two workers each on one PostgreSQL, with all scheduled actions of the suite due again and again.

While they work a person changes prices, and one node is killed and started again: as soon as the mail server has one
of its mails and before it says so, the worst moment there is. When nothing is left to do, everything is counted: each
reminder, contact and price list was sent once or is for a person to decide on; each case, status, item and price is
there once; no action has failed.
"""

import argparse
import contextlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter

from .. import addons, database, odoo, paths, postgres, python_env, shell
from ..console import Problem, guarded, say, step
from ..mail_sink import MailSink
from ..odoo_node import OdooNode
from ..suite import free_port

CASES, SECONDS, KILLS = 10_000, 300, 2
SHORT = {"cases": 400, "seconds": 45, "kills": 1}
STRUCK_AT = ["lifecycle.touch", "dunning.case"]  # mails about these, in turn
STRUCK_BY = 10  # the tenth mail of a kind costs its sender's life
PRICES = 20  # changed at a time
EVERY = 10  # seconds from one call of all scheduled actions to the next
DOWN = 3  # seconds that a killed node is away
DRAIN = 3_000  # seconds until the nodes have to be done, on a machine that is busy
SCRIPTS = paths.TESTS / "two_nodes"


def main():
    options = _options()
    return guarded(lambda: _nodes(options))


def _options():
    parser = argparse.ArgumentParser(
        prog="setup/nodes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=CASES, help=f"of each kind (default: {CASES})")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"of disturbance (default: {SECONDS})")
    parser.add_argument("--kills", type=int, default=KILLS, help=f"of a node (default: {KILLS})")
    return parser.parse_args()


def _nodes(options):
    source = odoo.ensure()
    python_env.ensure_peers()
    with postgres.serving("test", durable=False) as server:
        program = odoo.Odoo(source, server, [paths.TESTS, paths.PEERS_ADDONS])
        check(program, cases=options.cases, seconds=options.seconds, kills=options.kills)
    return 0


def check(program, *, cases, seconds, kills):
    """Let two nodes work, kill one, and count.

    :raise Problem: where anything was lost or done twice
    """
    config = program.config("nodes", http_port=free_port(), gevent_port=free_port())
    template = database.Templates(program, config, addons.own()).installed()
    with database.copy(program.server, template, "nodes") as name, step(f"Two nodes, {cases} cases"):
        trial = Trial(program, config, name)
        trial.fill(cases)
        with trial:
            trial.disturb(seconds, kills)
            trial.drain()
        trial.count(kills)


class Trial:
    """Two nodes on a database, from its filling to the counting.

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
        self.key, self.pages = None, {}
        self.visits = {}  # the answers to visitors, by page, in order
        self.targets = []  # models; the sender of a mail about the first of them is killed
        self.seen, self.turn = Counter(), threading.Lock()
        self.struck = []
        self.changes = 0

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
        with step("Cases for the nodes"):
            filled = self._inside("fill", "--cases", cases)
        self.key, self.pages = filled.pop("key"), filled.pop("pages")
        for what, number in filled.items():
            say(f"    {number:7} {what}")

    def count(self, kills):
        """
        :raise Problem: where anything was lost or done twice, or the nodes were not killed as often as they should
        """
        mails = paths.HOME / "nodes-mails.json"
        mails.write_text(json.dumps([(mail.message_id, mail.receivers) for mail in self.sink.mails]))
        found = self._inside("count", "--mails", mails)
        for what, number in sorted({**found["numbers"], "price changes by a person": self.changes}.items()):
            say(f"    {number:7} {what}")
        for page, answers in self.visits.items():
            say(f"    {len(answers):7} visits of the {page}")
        say(f"    killed while it sent a mail about: {', '.join(self.struck) or 'nothing'}")
        findings = found["findings"]
        if len(self.struck) != kills:
            findings.append(f"{len(self.struck)} nodes were killed instead of {kills}.")
        findings += [f"node {node.name}: {line}" for node in self.nodes for line in node.complaints()]
        findings += self._check_visits()
        if findings:
            raise Problem("\n".join(["Two nodes did not do everything once:", *findings]), "Read the nodes' logs.")

    def _inside(self, verb, *words):
        output = paths.HOME / "nodes.json"
        command = [self.program.python, "-m", "two_nodes.run", verb, "--output", output]
        command += ["--config", self.config, "--database", self.database, *words]
        environment = self.program.environment | {"PYTHONPATH": f"{self.program.source}:{paths.TESTS}"}
        shell.run(command, log=f"nodes-{verb}", env=environment, cwd=paths.HOME)
        return json.loads(output.read_text())

    # === DURING === #

    def disturb(self, seconds, kills):
        """Call all actions again and again, change prices, and have nodes killed."""
        end = time.monotonic() + seconds
        self.targets = [STRUCK_AT[number % len(STRUCK_AT)] for number in range(kills)]
        while time.monotonic() < end:
            self._call_actions()
            self._change_prices()
            self._visit()
            self._revive()
            time.sleep(EVERY)

    def drain(self):
        """Let the nodes come to an end; hours pass meanwhile for what a dead worker had in hand.

        :raise Problem: where they do not
        """
        self._revive()
        deadline = time.monotonic() + DRAIN
        with step("Nothing more is added; the nodes come to an end"):
            while left := self._get_left():
                if time.monotonic() > deadline:
                    raise Problem(f"The nodes come to no end: {left}", "Read the nodes' logs.")
                self._query((SCRIPTS / "let_time_pass.sql").read_text())
                self._call_actions()
                self._visit()
                self._revive()
                time.sleep(EVERY)
            self._visit()

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
        self.program.server.query(f"SELECT pg_notify('cron_trigger', '{self.database}')")

    def _change_prices(self):
        """As a person does, now on one node and then on the other, who may be dead."""
        node = self.nodes[self.changes % len(self.nodes)]
        self.changes += 1
        with contextlib.suppress(OSError):
            for place, product in enumerate(self._ask(node, "search", domain=[["sale_ok", "=", True]], limit=PRICES)):
                self._ask(node, "write", ids=[product], vals={"list_price": self.changes + place / 4})

    def _visit(self):
        """Look at the public pages of each node that is there; what reads is answered from the replica."""
        for node in self.nodes:
            for page, path in self.pages.items():
                url = f"http://127.0.0.1:{node.port}{path}"
                try:
                    with urllib.request.urlopen(
                        urllib.request.Request(url, headers={"Host": "shop.example"}), timeout=60
                    ) as answer:
                        answer.read()
                        status = answer.status
                except urllib.error.HTTPError as error:
                    status = error.code
                except OSError:
                    continue  # the node is dead, or dies
                self.visits.setdefault(page, []).append(status)

    def _check_visits(self):
        """Once there is something to see, everybody sees it."""
        for page in self.pages:
            answers = self.visits.get(page, [])
            if 200 not in answers:
                yield f"{page}: nobody saw it, but {answers}."
            elif set(answers[answers.index(200) :]) != {200}:
                yield f"{page}: the answers were {answers}."

    def _ask(self, node, method, **words):
        request = urllib.request.Request(
            f"http://127.0.0.1:{node.port}/json/2/product.template/{method}",
            data=json.dumps(words).encode(),
            headers={
                "Authorization": f"bearer {self.key}",
                "Content-Type": "application/json",
                "X-Odoo-Database": self.database,
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own server
            return json.load(answer)

    def _get_left(self):
        """What is still to be done, in words; nothing where all is done."""
        return self._query((SCRIPTS / "left.sql").read_text())

    def _query(self, sql):
        answer = self.program.server.query(sql, self.database)
        if answer is None:
            raise Problem(f"PostgreSQL refused: {sql}", "Read its log.")
        return answer
