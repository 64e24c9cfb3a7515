"""Odoo shell: what the suite shows, as JSON in the file that SCREENS names.

Each menu of ours with each of its views, and the words that a reader of the language that LANGUAGE names must not see.
The names of the screens are Italian ones whatever the language.
"""

import json
import os
import pathlib

import polib

from odoo.modules.module import Manifest

OURS = env["ir.module.module"].search([("author", "=", "Bottega"), ("state", "=", "installed")]).mapped("name")
FORM = "form"
ITALIAN = "it_IT"
LISTED = {"list", "kanban", "graph", "pivot", "calendar", "activity"}


def menus():
    """Menus of ours that open something, with the names of those above them."""
    found = env["ir.model.data"].search([("module", "in", OURS), ("model", "=", "ir.ui.menu")])
    for menu in env["ir.ui.menu"].browse(found.mapped("res_id")).exists().sorted("complete_name"):
        if menu.action and menu.action._name in ("ir.actions.act_window", "ir.actions.client"):
            yield menu.complete_name, menu.action


def views(title, action):
    """Screens of an action: each list-like view, and the form of the first record."""
    if action._name == "ir.actions.client":
        yield {"name": title, "path": f"/odoo/action-{action.id}"}
        return
    modes = [mode for mode in action.view_mode.split(",") if mode in LISTED]
    for mode in modes:
        yield {"name": f"{title} ({mode})", "path": f"/odoo/action-{action.id}?view_type={mode}"}
    if FORM in action.view_mode and (record := first(action)):
        yield {"name": f"{title} (form)", "path": f"/odoo/action-{action.id}/{record.id}"}


def first(action):
    """The first record that an action shows; none where nothing is kept of its model."""
    model = env[action.res_model]
    return model.search([], limit=1) if model._auto and not model._transient else model.browse()


def foreign_words(language):
    """Words of the other language that are also none of the reader's own, and no name of a record that is there."""
    pairs = [(entry.msgid, entry.msgstr) for name in OURS for entry in polib.pofile(catalogue(name)) if entry.msgstr]
    sources, translations = ({words for words in side if len(words) > 3} for side in zip(*pairs, strict=True))
    if language == ITALIAN:
        return sorted(sources - translations - names_of_core())
    return sorted(translations - sources - names_in_story())


def names_of_core():
    """Names of records that Odoo brings along and does not translate."""
    return {*env["utm.medium"].search([]).mapped("name"), *env["product.category"].search([]).mapped("name")}


def names_in_story():
    """Names that the story gave in Italian: an English reader sees them as they are."""
    named = ("product.category", "product.tag", "res.partner.category", "utm.source", "utm.campaign")
    return {name for model in named for name in env[model].with_context(lang="en_US").search([]).mapped("name")}


def catalogue(name):
    """The path of an addon's Italian words."""
    return str(pathlib.Path(Manifest.for_addon(name).path) / "i18n" / "it.po")


env = env(context={"lang": ITALIAN})
screens = [screen for title, action in menus() for screen in views(title, action)]
pathlib.Path(os.environ["SCREENS"]).write_text(
    json.dumps({"screens": screens, "foreign": foreign_words(os.environ["LANGUAGE"])})
)
