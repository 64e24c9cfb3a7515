"""Two Odoo nodes with two workers each on one PostgreSQL, with all scheduled actions of the suite due again and again.

While they work a person changes prices, and one node is killed and started again: as soon as the mail server has one
of its mails and before it says so, the worst moment there is. When nothing is left to do, everything is counted: each
reminder, contact and price list was sent once or is for a person to decide on; each case, status, item and price is
there once; no action has failed.

With --jobs: one node with the runner of OCA's queue_job instead, and nobody disturbs it. Each scheduled action of the
suite that may become several jobs is due once, with one job at once and, in another copy of the same database, with
two; its time is taken until nothing is left, and all is counted likewise.
"""

from .. import addons, database, odoo, paths, postgres, python_env
from ..console import guarded, new_parser, say, step
from ..job_trial import JobTrial, tell
from ..suite import free_port
from ..trial import Trial
from ..two_nodes import TwoNodes

CASES, SECONDS, KILLS = 10_000, 300, 2
JOB_CASES = 3_000
JOBS, BRIDGE = (1, 2), "bottega_queue_job"
SHORT = {"cases": 300, "seconds": 30, "kills": 1}


def main():
    options = _options()
    return guarded(lambda: _nodes(options))


def _options():
    parser = new_parser("nodes", __doc__)
    parser.add_argument("--cases", type=int, help=f"of each kind (default: {CASES}; with --jobs {JOB_CASES})")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"of disturbance (default: {SECONDS})")
    parser.add_argument("--kills", type=int, default=KILLS, help=f"of a node (default: {KILLS})")
    parser.add_argument("--jobs", action="store_true", help="measure one and two jobs of queue_job at once")
    return parser.parse_args()


def _nodes(options):
    source = odoo.ensure()
    python_env.ensure_peers()
    with postgres.serving("test", durable=False) as server:
        program = odoo.Odoo(source, server, [paths.TESTS, paths.PEERS_ADDONS])
        if options.jobs:
            measure_jobs(program, options.cases or JOB_CASES)
        else:
            check(program, cases=options.cases or CASES, seconds=options.seconds, kills=options.kills)
    return 0


def check(program, *, cases, seconds, kills):
    """Let two nodes work, kill one, and count.

    :raise Problem: where anything was lost or done twice
    """
    config = program.config("nodes", http_port=free_port(), gevent_port=free_port())
    template = database.Templates(program, config, addons.own()).installed()
    with database.copy(program.server, template, "nodes") as name, step(f"Two nodes, {cases} cases"):
        trial = TwoNodes(program, config, name)
        trial.fill(cases)
        with trial:
            trial.disturb(seconds, kills)
            trial.drain()
        trial.check(kills)


def measure_jobs(program, cases):
    """Let one job at once do all long work, then two, and say how long each took.

    :raise Problem: where anything was lost or done twice
    """
    config = program.config("nodes", http_port=free_port(), gevent_port=free_port())
    template = database.Templates(program, config, addons.own()).installed()
    seconds = {}
    with database.copy(program.server, template, "filled") as filled, step(f"Jobs at once, {cases} cases"):
        program.run("module", "install", "-c", config, "-d", filled, BRIDGE, log="nodes-bridge")
        first = Trial(program, config, filled)
        numbers = first.fill(cases) | first.inside("find")
        for jobs in JOBS:
            with database.copy(program.server, filled, f"jobs{jobs}") as name, step(f"{jobs} at once"):
                trial = JobTrial(program, config, name, jobs)
                with trial:
                    seconds[jobs] = trial.measure()
                for what, number in sorted(trial.check().items()):
                    say(f"    {number:7} {what}")
        tell(numbers, seconds)
