"""An addon's first version, filled and upgraded: every value is still there, and the rest is as in a fresh database.

The first versions are kept in tests/installing/first as they were released, without tests, pictures and translations:
a clone need not bring the history.
"""

import functools
import re
import shutil
import tempfile

from . import addons, alone, database, odoo, paths, snapshot
from .console import step
from .lanes import Job

FIRST = paths.TESTS / "installing" / "first"
# What a version brings along itself, the channels' specifications too, which nobody else may write; whatever else the
# first version held is the company's, and stays.
BROUGHT = re.compile(
    r"ir_(?!(sequence|attachment|default)\w*)\w+|res_groups\w*|mail_template\w*|bus_\w+|orm_signaling_\w+"
    r"|shop_feed_channel_field"
)
SCHEDULED = """
SELECT d.name, s.code, c.interval_number, c.interval_type, c.active
  FROM ir_cron c JOIN ir_act_server s ON s.id = c.ir_actions_server_id
  JOIN ir_model_data d ON d.model = 'ir.cron' AND d.res_id = c.id WHERE d.module = '{name}'
"""
EXTERNAL_IDS = "SELECT module, name, model FROM ir_model_data WHERE module IN ({names})"


def versions():
    """The first version of each addon that has one, by its name."""
    return dict(path.name.removesuffix(".tar.xz").rsplit("-", 1) for path in sorted(FIRST.glob("*.tar.xz")))


def with_migrations(names):
    """Those of the addons that carry data over from an earlier version."""
    return [name for name in sorted(names) if (addons.folder(name) / "migrations").is_dir()]


def jobs(program, names):
    """A job for each of the addons that has grown since its first version."""
    grown = [name for name in sorted(names) if versions().get(name) != addons.manifest(name)["version"]]
    return [Job(f"Upgrading {name}", f"upgrade-{name}", functools.partial(check, program, name)) for name in grown]


def check(program, name):
    """Install an addon's first version, fill it, upgrade it as the README says, and compare.

    :return: the count of what passed
    :raise Problem: with all that is lost, or other than in a fresh database
    """
    config = program.config(f"upgrade-{name}")
    templates = database.Templates(program, config, [name])
    with (
        step(f"Upgrading {name} from {versions()[name]}"),
        database.copy(program.server, templates.apps(), f"old_{name}") as used,
    ):
        _install_first(program, templates.names, name, used)
        with database.copy(program.server, used, f"filled_{name}") as filled:
            log = f"upgrade-{name}"
            words = ["-u", ",".join(templates.names), "--stop-after-init", "--no-http"]
            program.run("server", "-c", config, "-d", used, *words, log=log)
            faults = [*alone.faults_of_log(program, log), *_lost(program.server, filled, used)]
        with database.copy(program.server, templates.installed(), f"new_{name}") as fresh:
            faults += _other(program.server, templates.names, used, fresh)
        faults += alone.check_core(program, config, used, f"{log}-check", BOTTEGA_UPGRADED=name)
    return alone.complain(faults, f"Mend the migrations of {name}.")


def _install_first(program, names, name, used):
    with tempfile.TemporaryDirectory(prefix="bottega-") as folder:
        shutil.unpack_archive(FIRST / f"{name}-{versions()[name]}.tar.xz", folder)
        first = odoo.Odoo(program.source, program.server, own=folder)
        config = first.config(f"first-{name}")
        first.run("module", "install", "-c", config, "-d", used, *names, log=f"upgrade-{name}-first")
        alone.scripted(first, config, used, "fill.py", f"upgrade-{name}-fill", BOTTEGA_FILL=name)


def _lost(server, filled, used):
    """Values of the first version that the upgrade took or changed."""
    wanted = {table: names for table, names in snapshot.columns(server, filled).items() if not BROUGHT.fullmatch(table)}
    before, after = (snapshot.rows(server, place, wanted) for place in (filled, used))
    other = {key for key, digest in before.items() if digest != after.get(key)}
    now = snapshot.contents(server, used, other & after.keys())
    for key, row in sorted(snapshot.contents(server, filled, other).items()):
        changed = {column for column in row if column in now.get(key, {}) and not _says(now[key][column], row[column])}
        if key not in now or changed - alone.CHANGED.get(key[0], set()):
            values = {column: now[key][column] for column in sorted(changed)}
            yield f"{f'now {values}' if key in now else 'lost'}: {alone.told(key, row)}"


def _other(server, names, used, fresh):
    """What is other than in a database where the addons are new."""
    quoted = ", ".join(f"'{name}'" for name in names)
    queries = [EXTERNAL_IDS.format(names=quoted), *(SCHEDULED.format(name=name) for name in names)]
    for what in (lambda place: snapshot.schema(server, place), *(_reader(server, sql) for sql in queries)):
        yield from alone.differences(what(fresh), what(used))


def _reader(server, sql):
    return lambda place: set(server.query(sql, place).splitlines())


def _says(now, before):
    """Whether a value says what it said: words may have got translations, which first versions are kept without."""
    return now == before or (isinstance(before, dict) and isinstance(now, dict) and before.items() <= now.items())
