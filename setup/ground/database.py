"""Databases: Italian, with the addons' own demo data, and templates keyed by what they hold."""

import ast

from . import odoo_source, paths, python_env
from .console import say, step

ITALIAN = ["--language", "it_IT", "--country", "it"]
CHART = "l10n_it"
SCRIPTS = paths.SETUP / "scripts"
LOOK_ONLY = ("tests", "readme", "static/description")


def create(odoo, config, name, addons):
    """Create an Italian database with the addons and their demo data, for a person to use.

    With Odoo's own demo data the main company would become an American one, so only the addons' own is loaded.
    """
    odoo.run("db", "-c", config, "init", *ITALIAN, name, log=f"{name}-init")
    odoo.run("module", "install", "-c", config, "-d", name, CHART, *addons, log=f"{name}-install")
    odoo.script(SCRIPTS / "load_demo.py", config, name, log=f"{name}-demo")


def template(odoo, config, addons, *, browser):
    """The name of a template database with the addons installed, made where it is missing.

    Three layers, each a copy of the one before: the Odoo apps underneath, the addons, the browser's bundles.

    :param list addons: the addons to install
    :param bool browser: whether tours will run on it
    """
    needed = underneath(addons)
    ground = paths.digest(odoo_source.version(odoo.source), python_env.locked(), needed, _text(SCRIPTS))
    base = f"bottega_t1_{ground}"
    _layer(odoo, base, lambda: _make_base(odoo, config, base, needed))
    content = paths.digest(ground, *(content(addon) for addon in addons))
    plain = f"bottega_t2_{content}"
    _layer(odoo, plain, lambda: _add(odoo, config, plain, base, addons), "bottega_t2_")
    if not browser:
        return plain
    warm = f"bottega_t3_{content}"
    _layer(odoo, warm, lambda: _warm_up(odoo, config, warm, plain), "bottega_t3_")
    return warm


def underneath(addons):
    """The Odoo apps that the addons depend on, directly; the addons themselves left out."""
    own = {*paths.own_addons(), *paths.test_addons()}
    return sorted({name for addon in addons for name in manifest(addon).get("depends", [])} - own)


def manifest(addon):
    return ast.literal_eval((folder(addon) / "__manifest__.py").read_text())


def folder(addon):
    return next(place / addon for place in (paths.ADDONS, paths.TESTS, paths.PEERS_ADDONS) if (place / addon).is_dir())


def _layer(odoo, name, make, prefix=None):
    """Make a template under a name of its own and rename it when done, so that a half-made one is never used."""
    if name in odoo.server.databases():
        return
    for old in odoo.server.databases():
        if prefix and old.startswith(prefix):
            odoo.server.drop(old)
    odoo.server.drop(f"{name}_half")
    make()
    odoo.server.rename(f"{name}_half", name)


def _make_base(odoo, config, name, needed):
    with step(f"Template with {', '.join(needed) or 'no apps'}"):
        half = f"{name}_half"
        odoo.run("db", "-c", config, "init", *ITALIAN, half, log="template-init")
        odoo.script(SCRIPTS / "attachments_in_database.py", config, half, log="template-attachments")
        odoo.run("module", "install", "-c", config, "-d", half, CHART, *needed, log="template-apps")


def _add(odoo, config, name, base, addons):
    with step(f"Template with {', '.join(addons)}"):
        odoo.server.create(f"{name}_half", template=base)
        odoo.run("module", "install", "-c", config, "-d", f"{name}_half", *addons, log="template-addons")


def _warm_up(odoo, config, name, plain):
    with step("Template with the browser's bundles"):
        odoo.server.create(f"{name}_half", template=plain)
        odoo.script(SCRIPTS / "warm_up.py", config, f"{name}_half", log="template-bundles")


def content(addon):
    """What an installed addon is made of: all its files but those that only tests and readers see."""
    return paths.tree_digest(folder(addon), leave_out=LOOK_ONLY)


def _text(place):
    return [path.read_text() for path in sorted(place.glob("*.py"))]


def prune(odoo, keep):
    """Drop the databases that earlier, killed runs left behind."""
    for name in odoo.server.databases():
        if name.startswith("bottega_run_") and name != keep:
            say(f"    dropping {name}, left behind by an earlier run")
            odoo.server.drop(name)
