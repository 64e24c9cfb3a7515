"""Wider ways to see the addons come and go: all together, beside other authors' addons, in English."""

from . import addons, alone, database, python_env, snapshot
from .console import step

WAYS = {
    "together": "uninstall the five one by one from a company that used them all, in both orders",
    "peers": "the same beside other authors' addons",
    "english": "install, use and uninstall them in a database that never spoke Italian",
}
PEERS = ["account_credit_control", "partner_stage", "pricelist_brand", "queue_job", "sale_exception"]


def together(program):
    """The five leave one by one; core works after each, and after the last nothing is left."""
    names = addons.own()
    alone.check(program, names, order=list(reversed(names)))
    return alone.check(program, names, order=[name for name in names if name not in alone.needing("listino_pricelist")])


def peers(program):
    """The five come before their peers and leave: the peers' own are as in a database without the five."""
    config = program.config("alone-peers")
    templates = database.Templates(program, config, addons.own())
    python_env.ensure_peers()
    with (
        step(f"Beside {', '.join(PEERS)}"),
        database.copy(program.server, templates.installed(), "used_peers") as used,
        database.copy(program.server, templates.apps(), "bare_peers") as bare,
    ):
        for place in (used, bare):
            program.run("module", "install", "-c", config, "-d", place, *PEERS, log=f"alone-peers-{place}")
        return _used_and_gone(program, config, used, "peers", bare)


def english(program):
    """The five in a company of Italy whose database has no language but English."""
    config, name = program.config("alone-english"), f"{database.OURS}_english"
    with step("In English alone"):
        program.server.drop(name)
        try:
            words = ["--language", "en_US", "--country", "it"]
            program.run("db", "-c", config, "init", *words, name, log="alone-english-init")
            program.run("module", "install", "-c", config, "-d", name, *addons.own(), log="alone-english-install")
            return _used_and_gone(program, config, name, "english")
        finally:
            program.server.drop(name)


def _used_and_gone(program, config, used, way, bare=None):
    """Fill all addons, see that core works with and without them, and that no trace of them is left.

    :param str bare: a database to which the schema must be equal afterwards
    """
    server, names = program.server, addons.own()
    alone.scripted(program, config, used, "fill.py", f"alone-{way}-fill", BOTTEGA_FILL=",".join(names))
    faults = alone.check_core(program, config, used, f"alone-{way}-with")
    trace = alone.trace_of(names, snapshot.models(server, used, names))
    faults += alone.uninstall(program, config, used, names)
    faults += alone.traces(server, used, trace)
    if bare:
        faults += alone.differences(snapshot.schema(server, bare), snapshot.schema(server, used))
    return alone.complain(faults, "Mend the addon's uninstall_hook.")
