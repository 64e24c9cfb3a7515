"""From a bare machine to Bottega served on 127.0.0.1, with two years of a company's story."""

import collections
import contextlib
import signal
import socket

from .. import addons, database, odoo, paths, postgres
from ..console import Problem, guarded, new_parser, say, step

DATABASE = "bottega"
LOG = paths.LOGS / "server.log"
PATIENCE = 120  # seconds until it answers
NO_MAIL = {"smtp_server": "127.0.0.1", "smtp_port": 1}  # refused at once: no mail of the story may leave this machine
LOGINS = """
  Login: admin   Password: admin
  Each of these has his login as password:
    paolo    owner: approves, lists, feeds, dunning      chiara   bookkeeper: dunning
    marta    head of sales: approves                     elena    shop and feeds
    anna, luca, sara   sellers with their limits         cliente  a customer, on the portal
  Shop: /shop   Page to share: /catalogo/dispensa-ferri"""


Running = collections.namedtuple("Running", "program config process address log")


def main():
    options = _options()
    return guarded(lambda: _serve(options))


def _options():
    parser = new_parser("run", __doc__)
    parser.add_argument("--port", type=int, default=8069, help="where to serve (default: 8069)")
    parser.add_argument("--workers", type=int, default=0, help="worker processes (default: 0, one process)")
    parser.add_argument("--fresh", action="store_true", help="drop the database and make it anew")
    parser.add_argument("--stop-when-up", action="store_true", help="stop as soon as the login page answers")
    return parser.parse_args()


def _serve(options):
    with up(options.port, workers=options.workers, fresh=options.fresh) as server:
        say(f"\n  Bottega is up:  {server.address}{LOGINS}\n  Log: {server.log}\n  Stop with Ctrl+C.\n")
        return 0 if options.stop_when_up else server.process.wait()


@contextlib.contextmanager
def up(port, *, workers=0, fresh=False):
    """The demo database, served for the time of the block.

    :param bool fresh: make the database anew
    :rtype: Running
    """
    live = port + 3
    for one in {port, live} if workers else {port}:
        _check_port(one)
    source = odoo.ensure()
    with postgres.serving("keep", durable=True) as server:
        program = odoo.Odoo(source, server)
        ports = {"http_port": port, "gevent_port": live}
        config = program.config("run", db_name=DATABASE, dbfilter=f"^{DATABASE}$", **ports, **NO_MAIL)
        _ensure_database(program, config, fresh=fresh)
        with _started(program, config, workers) as process:
            running = Running(program, config, process, f"http://127.0.0.1:{port}", LOG)
            with step("Starting the server"):
                _wait(running)
            yield running


def _check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Problem(
                f"Port {port} is taken ({error.strerror}).",
                "Stop what uses it, or choose another: ./setup/run --port 8070",
            ) from error


def _ensure_database(program, config, *, fresh):
    """Make the demo database where it is missing or half-made; upgrade it where the addons' files changed."""
    names = addons.own()
    content = paths.digest(*map(addons.content, names))
    mark = paths.HOME / f"{DATABASE}.content"  # empty while the database is being made
    if fresh:
        program.server.drop(DATABASE)
    exists = DATABASE in program.server.databases()
    if exists and not mark.exists():
        unknown = f"There is a database {DATABASE} that this folder did not make."
        raise Problem(unknown, "./setup/run --fresh drops it with all it holds.")
    if exists and mark.read_text() == content:
        return
    if exists and mark.read_text():
        _upgrade(program, config, names)
    else:
        mark.write_text("")
        _create(program, config, names)
    mark.write_text(content)


def _upgrade(program, config, names):
    """As the README says: `odoo module upgrade` reads companies by the new code before their columns are there."""
    with step("Upgrading the addons in your database"):
        both = [word for option in ("-i", "-u") for word in (option, ",".join(names))]
        words = ["-d", DATABASE, *both, "--stop-after-init", "--no-http"]
        program.run("server", "-c", config, *words, log="run-upgrade")


def _create(program, config, names):
    with step("Database in Italian, with the addons and the story of a company"):
        program.server.drop(DATABASE)
        database.create(program, config, DATABASE, names)


@contextlib.contextmanager
def _started(program, config, workers):
    words = ["server", "-c", config, "-d", DATABASE, "--workers", workers]
    if workers:
        words += ["--max-cron-threads", 1]
    process = program.start(*words, "--logfile", LOG)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait(server):
    """Wait until the login page answers.

    :raise Problem: where it does not
    """
    if not odoo.answers(server.process, f"{server.address}/web/login", PATIENCE):
        is_gone = server.process.poll() is not None
        what = "stopped while starting" if is_gone else f"did not answer within {PATIENCE} s"
        raise Problem(f"The server {what}.", f"Read {server.log}.")
