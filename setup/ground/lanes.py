"""Jobs in two lanes at once; what each says comes out whole when it has ended, so that nothing is mixed."""

import collections
import concurrent.futures
import dataclasses
from collections.abc import Callable

from . import console, paths, shell
from .console import Problem, say, step

LANES = 2
LAST_WORDS = 15  # lines
PATIENCE = 5  # seconds for programs to clean up, before those that were begun meanwhile are told to end too


@dataclasses.dataclass
class Job:
    """Work for a lane.

    :param str title: what a person calls it
    :param str log: a name for the file of what it says, below the logs folder
    :param work: does it; gives the counts of its tests by outcome, or None where it has none
    :param int weight: how much there is to do, with what comes after it: the heaviest of the waiting begins first
    :param list then: the jobs that can begin when this one has ended, well or not
    """

    title: str
    log: str
    work: Callable[[], collections.Counter | None]
    weight: int = 0
    then: list = dataclasses.field(default_factory=list)

    def do(self):
        """Do it, with its words in its file.

        :return: the counts; a problem counts as one failure
        """
        with console.into(self.place):
            try:
                with step(self.title):
                    return self.work() or collections.Counter()
            except Problem as problem:
                console.tell(problem)
                return collections.Counter(failed=1)

    @property
    def place(self):
        """The file of what it says."""
        return paths.LOGS / f"lane-{self.log}.log"

    def last_words(self):
        """What it said at its end, where a job that failed says why."""
        return "\n".join(self.place.read_text().rstrip().splitlines()[-LAST_WORDS:])


def run(jobs):
    """Run jobs and those after them to their end; one that fails stops no other.

    :return: the counts of all tests by outcome, and the jobs in which something failed
    """
    waiting, running = list(jobs), {}
    total, failed = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        try:
            while waiting or running:
                _begin(waiting, running, pool)
                done = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED).done
                for future in done:
                    job = running.pop(future)
                    counts = future.result()
                    say(job.place.read_text().rstrip())
                    total += counts
                    failed += [job] if counts["failed"] else []
                    waiting += job.then
        except BaseException as stop:
            _stop(running, heard=type(stop) is KeyboardInterrupt)
            raise
    return total, failed


def say_failed(jobs):
    """Say of jobs why they failed, once more: of a long run, often only the end is kept."""
    for job in jobs:
        say(f"\nFAILED: {job.title}. Its last words:\n{job.last_words()}")


def _begin(waiting, running, pool):
    waiting.sort(key=lambda job: -job.weight)
    while waiting and len(running) < LANES:
        job = waiting.pop(0)
        say(f"... {job.title}: begun")
        running[pool.submit(job.do)] = job


def _stop(running, *, heard):
    """Let the running jobs end early.

    :param bool heard: whether their programs know already: Ctrl+C reaches all programs of a terminal
    """
    told = set(shell.RUNNING) if heard else set()
    while running:
        new = set(shell.RUNNING) - told
        shell.interrupt(new)
        told |= new
        running = concurrent.futures.wait(running, timeout=PATIENCE).not_done
