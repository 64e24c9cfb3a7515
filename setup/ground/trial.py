"""A filled database, the nodes that work on it, and the count of what they did: what every trial of nodes shares."""

import json

from . import paths, shell
from .console import Problem, say, step
from .mail_sink import MailSink

SCRIPTS = paths.TESTS / "two_nodes"


class Trial:
    """A database from its filling to the counting, and the nodes on it, which run while its block does.

    :param Odoo program: what the nodes run
    :param pathlib.Path config: for work in the database beside them
    :param str database: a copy that is for this alone
    """

    def __init__(self, program, config, database):
        self.program = program
        self.config = config
        self.database = database
        self.sink = MailSink()
        self.nodes = []

    def __enter__(self):
        self.sink.__enter__()
        for node in self.nodes:
            node.start()
        for node in self.nodes:
            node.wait()
        return self

    def __exit__(self, *error):
        for node in self.nodes:
            node.stop()
        self.sink.__exit__(*error)

    # === BEFORE AND AFTER === #

    def fill(self, cases):
        """Make work for the nodes.

        :param int cases: of each kind
        :return: how many there are of what, by its name, and what visitors need
        """
        with step("Cases for the nodes"):
            filled = self.inside("fill", "--cases", cases)
        for what, number in filled.items():
            if isinstance(number, int):
                say(f"    {number:7} {what}")
        return filled

    def count(self):
        """Count in the database and among the mails that came.

        :return: numbers by name; what is not right, the complaints of the nodes' logs included
        """
        mails = paths.HOME / "nodes-mails.json"
        mails.write_text(json.dumps([(mail.message_id, mail.receivers) for mail in self.sink.mails]))
        found = self.inside("count", "--mails", mails)
        complaints = [f"node {node.name}: {line}" for node in self.nodes for line in node.complaints()]
        return found["numbers"], [*found["findings"], *complaints]

    def inside(self, verb, *words):
        """What a verb of ``two_nodes.run`` answers in the database."""
        output = paths.HOME / "nodes.json"
        command = [self.program.python, "-m", "two_nodes.run", verb, "--output", output]
        command += ["--config", self.config, "--database", self.database, *words]
        environment = self.program.environment | {"PYTHONPATH": shell.python_path(self.program.source, paths.TESTS)}
        shell.run(command, log=f"nodes-{verb}", env=environment, cwd=paths.HOME)
        return json.loads(output.read_text())

    # === DURING === #

    def wake(self):
        """What is due, is due now: a cron worker looks at once, not within a minute."""
        self.program.server.query(f"SELECT pg_notify('cron_trigger', '{self.database}')")

    def query(self, script, **values):
        """What a script of ``tests/two_nodes`` gives, with its ``:name`` for the values.

        :raise Problem: where PostgreSQL refuses it
        """
        sql = (SCRIPTS / script).read_text()
        for name, value in values.items():
            sql = sql.replace(f":{name}", str(value))
        answer = self.program.server.query(sql, self.database)
        if answer is None:
            raise Problem(f"PostgreSQL refused: {sql}", "Read its log.")
        return answer
