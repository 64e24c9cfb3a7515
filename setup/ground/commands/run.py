"""From a bare machine to Bottega served on 127.0.0.1, with demo data."""

import argparse
import signal
import socket
import time
import urllib.request

from .. import database, odoo, paths, postgres
from ..console import Problem, guarded, say, step

DATABASE = "bottega"


def main():
    options = _options()
    return guarded(lambda: _serve(options))


def _options():
    parser = argparse.ArgumentParser(prog="setup/run", description=__doc__)
    parser.add_argument("--port", type=int, default=8069, help="where to serve (default: 8069)")
    parser.add_argument("--workers", type=int, default=0, help="Odoo worker processes (default: 0, one threaded process)")
    parser.add_argument("--fresh", action="store_true", help="drop the database with all that is in it and make it anew")
    parser.add_argument("--stop-when-up", action="store_true", help="stop as soon as the login page answers")
    return parser.parse_args()


def _serve(options):
    live = options.port + 3
    for port in {options.port, live} if options.workers else {options.port}:
        _check_port(port)
    source = odoo.ensure()
    with postgres.serving("keep", durable=True) as server:
        program = odoo.Odoo(source, server)
        config = program.config("run", http_port=options.port, gevent_port=live, db_name=DATABASE, dbfilter=f"^{DATABASE}$")
        _ensure_database(program, config, fresh=options.fresh)
        return _foreground(program, config, options)


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
    server, addons = program.server, paths.own_addons()
    content = paths.digest(*(database.content(addon) for addon in addons))
    mark = paths.HOME / f"{DATABASE}.content"
    if fresh:
        server.drop(DATABASE)
    if DATABASE in server.databases() and mark.exists():
        if mark.read_text() != content:
            with step("Upgrading the addons in your database"):
                program.run("module", "install", "-c", config, "-d", DATABASE, *addons, log="run-install")
                program.run("module", "upgrade", "-c", config, "-d", DATABASE, *addons, log="run-upgrade")
                mark.write_text(content)
        return
    with step("Database in Italian, with the addons and their demo data"):
        server.drop(DATABASE)
        mark.unlink(missing_ok=True)
        database.create(program, config, DATABASE, addons)
        mark.write_text(content)


def _foreground(program, config, options):
    address = f"http://127.0.0.1:{options.port}"
    words = ["server", "-c", config, "-d", DATABASE, "--workers", options.workers]
    if options.workers:
        words += ["--max-cron-threads", 1]
    log = paths.LOGS / "server.log"
    process = program.start(*words, "--logfile", log)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        with step("Starting the server"):
            _wait(process, f"{address}/web/login", log)
        say(f"\n  Bottega is up:  {address}\n  Login: admin   Password: admin\n  Log: {log}\n  Stop with Ctrl+C.\n")
        if options.stop_when_up:
            return 0
        return process.wait()
    finally:
        process.terminate()
        process.wait()


def _wait(process, address, log, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Problem("The server stopped while starting.", f"Read {log}.")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.2)
    raise Problem(f"The server did not answer within {seconds} s.", f"Read {log}.")
