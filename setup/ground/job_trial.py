"""The long work of the suite as jobs of OCA's queue: how long it takes with one job at once, and with more."""

import time
from typing import NamedTuple

from .console import Problem, say
from .odoo_node import OdooNode
from .trial import Trial

POLL = 0.25  # seconds from one look at what is left to the next
MOST = 1_800  # seconds until an action has to be done, on a machine that is busy


class Work(NamedTuple):
    """What a scheduled action does that may become several jobs.

    :param str action: its external id
    :param str number: under which name the filling tells how much it is
    :param tuple left: what ``left.sql`` calls it
    """

    action: str
    number: str
    left: tuple


WORKS = {
    "reminders": Work(
        "dunning_it.ir_cron_dunning_remind", "debtors", ("cases without a reminder", "reminders to send")
    ),
    "contacts (made; Odoo's queue sends them)": Work(
        "lifecycle_crm.ir_cron_lifecycle_send", "contacts", ("contacts to make",)
    ),
    "price lists": Work(
        "listino_pricelist.ir_cron_listino_sending",
        "readers of a price list",
        ("sendings to open", "price lists to send"),
    ),
    "items of a feed, from nothing to the served file": Work(
        "shop_feed.ir_cron_feed_refresh",
        "items of a feed",
        ("changes for feeds", "items to build", "files to put together"),
    ),
}


class QueueNode(OdooNode):
    """A node with the runner of the queue.

    :param int jobs: at once
    """

    WORKERS = 4  # a job takes one for itself

    def __init__(self, program, database, smtp_port, jobs):
        modules = "base,rpc,web,queue_job"
        super().__init__(program, f"jobs-{jobs}", database, smtp_port, server_wide_modules=modules)
        with self.config.open("a") as config:
            config.write(f"\n[queue_job]\nchannels = root:{self.WORKERS},root.bottega:{jobs}\n")


class JobTrial(Trial):
    """Each of the scheduled actions due once, one after the other, on a node that does so many jobs at once."""

    def __init__(self, program, config, database, jobs):
        super().__init__(program, config, database)
        self.jobs = jobs
        self.nodes = [QueueNode(program, database, self.sink.listen("jobs"), jobs)]

    def measure(self):
        """Have each action called in turn, and take its time.

        :return: seconds from when an action is due until nothing is left that it would do, by the name of its work
        """
        self.query("call_nothing.sql")
        return {name: self._do(work) for name, work in WORKS.items()}

    def _do(self, work):
        begin = time.monotonic()
        self.query("call_as_jobs.sql", jobs=self.jobs, action=work.action)
        self._wait("left.sql", work.left)
        seconds = time.monotonic() - begin
        say(f"    {seconds:7.1f} s until no {' and no '.join(work.left)} are left")
        self._wait("jobs_left.sql")
        return seconds

    def _wait(self, script, names=None):
        """Wait until a script tells of no work any more, or of none of these names."""
        deadline = time.monotonic() + MOST
        while left := [what for what in read_left(self.query(script)) if not names or what in names]:
            if time.monotonic() > deadline:
                raise Problem(f"The jobs come to no end: {', '.join(left)}.", "Read the node's log.")
            self.wake()
            time.sleep(POLL)

    def check(self):
        """Refuse what is not right, once the node is at rest.

        :return: numbers by name
        :raise Problem: where anything was left, lost or done twice
        """
        failed = self.query("jobs_failed.sql").splitlines()
        left = [f"{number} {what} are left." for what, number in read_left(self.query("left.sql")).items()]
        numbers, findings = self.count()
        if findings := [*failed, *left, *findings]:
            told = "\n".join([f"{self.jobs} jobs did not do everything once:", *findings])
            raise Problem(told, "Read the node's log.")
        return numbers


def read_left(lines):
    """What is left, by name.

    >>> read_left("3 reminders to send\\n1 items to build")
    {'reminders to send': 3, 'items to build': 1}
    """
    return {what: int(number) for number, what in (line.split(" ", 1) for line in lines.splitlines())}


def tell(numbers, seconds):
    """Say how long each work took with each number of jobs, and how many times as fast the last is as the first.

    :param dict numbers: how much there is of what
    :param dict seconds: what :meth:`JobTrial.measure` gives, by the number of jobs
    """
    for row in rows(numbers, seconds):
        say(f"    | {' | '.join(row)} |")


def rows(numbers, seconds):
    """What :func:`tell` says, as the cells of a table.

    >>> seconds = {1: dict.fromkeys(WORKS, 3), 2: dict.fromkeys(WORKS, 2)}
    >>> rows({work.number: 10 for work in WORKS.values()}, seconds)[-1]
    ['in all', '40', '12.0 s', '8.0 s', '1.50']
    """
    table = [["", "how many", *(f"{jobs} at once" for jobs in seconds), "times as fast"]]
    totals = {jobs: sum(of_jobs.values()) for jobs, of_jobs in seconds.items()}
    for name, work in WORKS.items():
        table.append(_row(name, numbers[work.number], [of_jobs[name] for of_jobs in seconds.values()]))
    table.append(_row("in all", sum(numbers[work.number] for work in WORKS.values()), [*totals.values()]))
    return table


def _row(name, number, times):
    return [name, f"{number:,}", *(f"{seconds:.1f} s" for seconds in times), f"{times[0] / times[-1]:.2f}"]
