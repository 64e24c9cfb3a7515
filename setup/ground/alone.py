"""Addons uninstalled from a company that used them: nothing of them is left, and nothing of the company's is lost.

Compared are core without the addons, core with them and data in both, and the same after the uninstall. What may
differ is said here, with its reason; anything else is a fault.
"""

import os
import re

from . import database, paths, snapshot, suite
from .console import Problem, step

SCRIPTS = paths.SETUP / "scripts"
MOST_TOLD = 40

# What a company did while an addon was there is its own and stays. All other tables of core, above all those that
# describe models, screens, rights and actions, hold what they held before.
OF_THE_COMPANY = {
    "the company, its customers, users and hours": r"res_(company|partner|users|bank|currency)\w*|resource_\w+",
    "its books": r"account_\w+|payment_\w+",
    "its sales": r"sale_\w+|crm_\w+|product_\w+|loyalty_\w+",
    "its warehouse": r"stock_\w+",
    "what was written and agreed on its records": r"mail_(message|followers|tracking_value|notification|mail|activity)\w*",
    "its links and campaigns, to which orders and visits refer": r"utm_\w+|link_tracker\w*|mailing_\w+",
    "its website": r"website\w*",
    "its numbers and files, and where it put what": r"ir_(sequence\w*|attachment|model_data)",
    "the server's own notes": r"ir_(cron|cron_trigger|cron_progress|module_module\w*|logging)|bus_\w+",
}
COMPANYS = re.compile("|".join(OF_THE_COMPANY.values()))
# What an uninstall changes in what is the company's, by addon: a table, and why.
CHANGED_BY = {}


class Contents:
    """What one database holds, read at once.

    :param dict wanted: the columns by which rows are compared, by table; default: all
    """

    def __init__(self, server, name, wanted=None):
        self.server, self.name = server, name
        self.columns = snapshot.columns(server, name)
        self.schema = snapshot.schema(server, name)
        self.rows = snapshot.rows(server, name, wanted or self.columns)

    def tell(self, keys):
        """Rows in words, for a person who has to find them."""
        known = snapshot.texts(self.server, self.name, keys)
        return [f"{table} {key}: {known.get((table, key), 'no longer there')[:200]}" for table, key in sorted(keys)]


def check(program, config, names, order=None):
    """Fill addons, uninstall them, and tell what is left or lost.

    :param list names: those that are installed, with what they need
    :param list order: groups of those that are uninstalled, one after the other; default: all at once
    :raise Problem: with everything that nobody explained
    """
    templates = database.Templates(program, config, names)
    key = "-".join(names) if len(names) < 3 else "all"
    with step(f"Uninstalling {', '.join(templates.names)} after use"):
        with database.copy(program.server, templates.apps(), f"bare_{key}") as bare:
            without = Contents(program.server, bare)
        with database.copy(program.server, templates.installed(), f"used_{key}") as used:
            scripted(program, config, used, "fill.py", f"alone-fill-{key}", BOTTEGA_FILL=",".join(names))
            faults = _uninstall(program, config, used, without, templates.names, order)
            scripted(program, config, used, "check_core.py", f"alone-check-{key}")
            suite.check_log(program, f"alone-check-{key}")
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:MOST_TOLD])
        more = f"\n  and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
        raise Problem(f"{len(faults)} things are left or lost:\n{shown}{more}", "Mend the addon's uninstall_hook.")


def _uninstall(program, config, used, without, names, order):
    server = program.server
    filled = Contents(server, used, without.columns)
    companys = {key: text for key, text in snapshot.texts(server, used, _companys(filled.rows)).items()}
    trace = trace_of(names, snapshot.models(server, used, names))
    owned = snapshot.owned(server, used, names)
    faults = [fault for each in order or [names] for fault in _go(program, config, used, each)]
    after = Contents(server, used, without.columns)
    kept = {key for key in owned if key not in without.rows}
    return [*faults, *left(without, after, trace), *lost(filled, after, companys, trace, kept)]


def _go(program, config, used, names):
    """Uninstall; what Odoo's log warns of is a fault."""
    log = f"alone-uninstall-{'-'.join(names)}"
    program.run("module", "uninstall", "-c", config, "-d", used, *names, log=log)
    try:
        suite.check_log(program, log)
    except Problem as problem:
        yield f"the log of uninstalling {', '.join(names)} is not clean: {problem.remedy}"


def trace_of(names, models):
    """What tells in a text that it is about one of the addons: its name, or one of its models.

    >>> trace = trace_of(["dunning_it"], ["dunning.case"])
    >>> [bool(trace.search(text)) for text in ("dunning_it.menu", '"model": "dunning.case"', "dunning.case.x", "a case")]
    [True, True, False, False]
    """
    wanted = "|".join(re.escape(word) for word in (*models, *(model.replace(".", "_") for model in models)))
    return re.compile(rf"\b(?:{'|'.join(names)}\.|(?:{wanted})(?![\w.]))")


def left(without, after, trace):
    """What is there though the addons are not, and what of core went with them."""
    yield from (f"left: {line}" for line in sorted(after.schema - without.schema))
    yield from (f"gone: {line}" for line in sorted(without.schema - after.schema))
    before, now = without.rows, after.rows
    new = {key for key in now if now[key] != before.get(key)}
    yield from (f"left or changed: {row}" for row in after.tell(new - _companys(new)))
    about = snapshot.texts(after.server, after.name, _companys(new))
    yield from (f"left: {row}" for row in after.tell({key for key, text in about.items() if trace.search(text)}))
    yield from (f"gone: {row}" for row in without.tell({key for key in before.keys() - now.keys()}))


def lost(filled, after, texts, trace, owned):
    """What of the company's is gone or other than before the uninstall, and was not the addons'."""
    ours = owned | {key for key, text in texts.items() if trace.search(text)}
    before, now = filled.rows, after.rows
    other = {key for key in texts if before[key] != now.get(key)} - ours
    for key in sorted(other):
        yield f"{'changed' if key in now else 'lost'}: {key[0]} {key[1]}: {texts[key][:200]}"


def scripted(program, config, used, script, log, **environment):
    """Run one of our scripts in an Odoo shell that finds what the tests hold."""
    path = os.pathsep.join(map(str, (program.source, paths.TESTS)))
    program.script(SCRIPTS / script, config, used, log, PYTHONPATH=path, **environment)


def _companys(keys):
    return {key for key in keys if COMPANYS.fullmatch(key[0])}
