"""Addons uninstalled from a company that used them: nothing of them is left, and nothing of the company's is lost.

Compared are core without the addons, core with them and data in both, and the same after the uninstall. What may
differ is said here, with its reason; anything else is a fault.
"""

import collections
import functools
import json
import re

from . import addons, database, paths, shell, snapshot, suite
from .console import Problem, step
from .lanes import Job

MOST_TOLD = 40

# What a company did while an addon was there is its own and stays. All other tables of core, above all those that
# describe models, screens, rights and actions, hold what they held before.
OF_THE_COMPANY = {
    "the company, its customers, users and hours": r"res_(company|partner|users|bank|currency)\w*|resource_\w+",
    "the rights of its users: it has a second company": r"res_groups_(users|implied)_rel",
    "its books": r"account_\w+|payment_\w+",
    "its sales, and what customers think of them": r"sale_\w+|crm_\w+|product_\w+|loyalty_\w+|rating_\w+",
    "its warehouse": r"stock_\w+",
    "what was written and agreed on its records": r"mail_\w+",
    "its links and campaigns, to which orders and visits refer": r"utm_\w+|link_tracker\w*|mailing_\w+",
    "its website": r"website\w*",
    "its numbers, files and defaults, and where it put what": r"ir_(sequence\w*|attachment|default|model_data)",
}
COMPANYS = re.compile("|".join(OF_THE_COMPANY.values()))
# Modules and their categories are those that lie on the server's path, installed or not.
SERVERS_NOTES = re.compile(r"ir_(cron_trigger|cron_progress|module_\w+|logging)|bus_\w+|orm_signaling_\w+")
# Rows that an uninstall takes from the company's tables all the same: an addon made them for itself alone.
MADE = {
    "lifecycle_crm": "SELECT 'res_partner_category', unnest(ARRAY[tag.id, tag.parent_id])"
    " FROM lifecycle_stage JOIN res_partner_category AS tag ON tag.id = lifecycle_stage.tag_id",
}
# Columns of the company's rows that an uninstall changes all the same.
CHANGED = {
    "mail_tracking_value": {"field_id", "field_info"},  # core keeps what was tracked of a field that goes
    "product_value": {"product_id"},  # core keeps what a product that goes was worth
    "res_partner": {"trust"},  # dunning gives it back
}


class Contents:
    """What one database holds.

    :param dict wanted: the columns by which rows are compared, by table; default: all
    """

    def __init__(self, server, name, wanted=None):
        self.server, self.name = server, name
        self.columns = {
            table: names
            for table, names in snapshot.columns(server, name).items()
            if not SERVERS_NOTES.fullmatch(table)
        }
        self.schema = snapshot.schema(server, name)
        self.rows = snapshot.rows(server, name, wanted or self.columns)

    def read(self, keys):
        """The rows as dictionaries, by table and key."""
        return snapshot.contents(self.server, self.name, keys)


def jobs(program, names):
    """A job for each of the addons, alone in its database."""
    return [
        Job(f"Uninstalling {name} after use", f"alone-{name}", functools.partial(check, program, [name]))
        for name in sorted(names)
    ]


def check(program, names, order=None):
    """Fill addons, uninstall them, and tell what is left or lost.

    :param list names: those that are installed, with what they need
    :param list order: those that are uninstalled, one after the other; default: all at once
    :return: the count of what passed
    :raise Problem: with everything that nobody explained
    """
    key = "-".join(order or names)
    config = program.config(f"alone-{paths.digest(key)}")
    templates = database.Templates(program, config, names)
    server, groups = program.server, [[name] for name in order] if order else [templates.names]
    with (
        step(f"Uninstalling {', then '.join(', '.join(group) for group in groups)} after use"),
        database.copy(server, templates.installed(), f"used_{paths.digest(key)}") as used,
        database.copy(server, templates.apps(), f"bare_{paths.digest(key)}") as bare,
    ):
        scripted(program, config, used, "fill.py", f"alone-fill-{paths.digest(key)}", BOTTEGA_FILL=",".join(names))
        with database.copy(server, used, f"filled_{paths.digest(key)}") as filled:
            faults = [fault for group in groups for fault in uninstall(program, config, used, group)]
            faults += _compare(server, templates.names, bare, filled, used)
    return complain(faults, "Mend the addon's uninstall_hook.")


def needing(name):
    """The suite's addons that go when one goes."""
    return [other for other in addons.own() if other != name and name in addons.closure([other])]


def complain(faults, remedy):
    """Make faults a problem.

    :return: the count of what passed
    :raise Problem: where there is a fault
    """
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:MOST_TOLD])
        more = f"\n  and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
        raise Problem(f"{len(faults)} things are not as they should be:\n{shown}{more}", remedy)
    return collections.Counter(passed=1)


def uninstall(program, config, used, names):
    """Uninstall, and see what core does then; what Odoo's log warns of is a fault."""
    log = f"alone-uninstall-{'-'.join(names)}"
    program.run("module", "uninstall", "-c", config, "-d", used, *names, log=log)
    return [
        *faults_of_log(program, log),
        *check_core(program, config, used, f"{log}-check", BOTTEGA_GONE=",".join(names)),
    ]


def check_core(program, config, used, log, **environment):
    """What core no longer does as it should, with its log, as a list of faults."""
    scripted(program, config, used, "check_core.py", log, **environment)
    return faults_of_log(program, log)


def faults_of_log(program, log):
    """What a log of Odoo warns of, as a list of at most one fault."""
    try:
        suite.check_log(program, log)
    except Problem as problem:
        return [f"not clean: {log}. {problem.remedy}"]
    return []


def _compare(server, names, bare, filled, used):
    without = Contents(server, bare)
    before, after = (Contents(server, name, without.columns) for name in (filled, used))
    trace = trace_of(names, snapshot.models(server, filled, names))
    made = [MADE[name] for name in names if name in MADE]
    owned = snapshot.owned(server, filled, names, made) - without.rows.keys()
    return [*left(without, after, trace), *lost(before, after, trace, owned, snapshot.hanging(server, filled))]


def trace_of(names, models):
    """What tells in a row that it is about one of the addons: its name, or one of its models.

    >>> trace = trace_of(["dunning_it"], ["dunning.case"])
    >>> [bool(trace.search(text)) for text in ('"dunning_it"', "dunning_it.menu", '"dunning.case"', '"a dunning.case"')]
    [True, True, True, False]
    """
    words = "|".join(map(re.escape, models))
    return re.compile(rf'"(?:{words})[",]|\b(?:{"|".join(names)})\b')


def left(without, after, trace):
    """What is there though the addons are not, and what of core went with them."""
    yield from differences(without.schema, after.schema)
    new = {key for key, digest in after.rows.items() if digest != without.rows.get(key)}
    known = without.read(new & without.rows.keys())
    for key, row in sorted(after.read(new).items()):
        is_page = key[0] == "ir_ui_view" and row.get("website_id")  # of the company's own website
        if trace.search(json.dumps(row)) or not (COMPANYS.fullmatch(key[0]) or is_page):
            other = [name for name, value in known.get(key, row).items() if row[name] != value]
            yield f"{'other in ' + ', '.join(other) if key in known else 'left'}: {told(key, row)}"
    for key, row in sorted(without.read(without.rows.keys() - after.rows.keys()).items()):
        yield f"gone: {told(key, row)}"


def differences(before, after):
    """Lines that are only in the one set or in the other."""
    yield from (f"left: {line}" for line in sorted(after - before))
    yield from (f"gone: {line}" for line in sorted(before - after))


def traces(server, used, trace):
    """Rows that are about addons which are not there."""
    contents = Contents(server, used)
    for key, row in sorted(contents.read(contents.rows).items()):
        if trace.search(json.dumps(row)):
            yield f"left: {told(key, row)}"


def lost(before, after, trace, owned, hanging):
    """What of the company's is gone or other than before the uninstall, and was not the addons'.

    :param dict hanging: to which table a row belongs so that it goes with that table's, by its table and column
    """
    other = {key for key, digest in before.rows.items() if COMPANYS.fullmatch(key[0]) and digest != after.rows.get(key)}
    rows, now = before.read(other - owned), after.read(other & after.rows.keys())
    along = _along({key: row for key, row in rows.items() if key not in now}, trace, owned, hanging)
    for key, row in sorted(rows.items()):
        if key in now:
            changed = {name for name, value in now[key].items() if value != row[name]} - CHANGED.get(key[0], set())
            if changed:
                yield f"changed in {', '.join(sorted(changed))}: {told(key, row)}"
        elif key not in along:
            yield f"lost: {told(key, row)}"


def _along(gone, trace, owned, hanging):
    """Of rows that are gone, those that went with the addons': files, messages, links, and what hangs on these."""
    along = owned | {key for key, row in gone.items() if _is_about(row, owned) or trace.search(json.dumps(row))}
    while more := {key for key, row in gone.items() if key not in along and _hangs(key, row, along, hanging)}:
        along |= more
    return along


def _hangs(key, row, along, hanging):
    """Whether a part of a message, a year of numbers or a link between two rows belongs to a row that goes along."""
    is_part = key[0].startswith("mail_") or key[0] == "ir_sequence_date_range" or not key[1].isdigit()
    return is_part and any(
        (hanging[key[0], name], str(value)) in along for name, value in row.items() if (key[0], name) in hanging
    )


def _is_about(row, owned):
    """Whether a file or a message belongs to a record of the addons."""
    model = row.get("res_model") or row.get("model")
    return bool(model) and (model.replace(".", "_"), str(row.get("res_id"))) in owned


def told(key, row):
    """A row in words, for a person who has to find it."""
    return f"{key[0]} {json.dumps({name: value for name, value in row.items() if value is not None})[:250]}"


def scripted(program, config, used, script, log, **environment):
    """Run one of our scripts in an Odoo shell that finds what the tests hold."""
    path = shell.python_path(program.source, paths.TESTS)
    program.script(paths.SCRIPTS / script, config, used, log, PYTHONPATH=path, **environment)
