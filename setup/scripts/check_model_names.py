"""Tell where an addon's Italian renames a model of core's: the name would stay behind when the addon goes.

Odoo keeps one translation of a model's name, whichever addon brought it. Needs polib, as Odoo does.
"""

import argparse
import ast
import collections
import pathlib
import re
import sys

import polib

LANGUAGE = "it"
NAME = re.compile(r"model:(?P<field>ir\.model,\w+):\w+\.(?P<model>model_\w+)")  # the same model in whichever addon


def main():
    options = _options()
    known = said(_catalogue(folder) for folder in underneath(options.addon, options.folders))
    remarks = list(renamed(_catalogue(options.addon), known))
    sys.stdout.writelines(f"{options.addon.name}: {remark}\n" for remark in remarks)
    return 1 if remarks else 0


def _options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addon", type=pathlib.Path, help="the addon's folder")
    parser.add_argument("folders", type=pathlib.Path, nargs="+", help="folders with core's addons")
    return parser.parse_args()


def underneath(addon, folders):
    """The folders of core's addons that an addon stands on, however far below.

    :param pathlib.Path addon: its folder
    :param list folders: where core's addons are; what is in none of them is not core's
    """
    found, waiting = {}, ["base", *_depends(addon)]
    while waiting:
        name = waiting.pop()
        place = next((folder / name for folder in folders if (folder / name).is_dir()), None)
        if place and name not in found:
            found[name] = place
            waiting += _depends(place)
    return list(found.values())


def _depends(folder):
    return ast.literal_eval((folder / "__manifest__.py").read_text()).get("depends", [])


def _catalogue(folder):
    path = folder / "i18n" / f"{LANGUAGE}.po"
    return polib.pofile(path) if path.exists() else polib.POFile()


def names(catalogue):
    """The names of models that a catalogue translates, as (field and model, term, translation).

    >>> place = ("model:ir.model,name:sale.model_res_partner", "")
    >>> entry = polib.POEntry(msgid="Contact", msgstr="Contatto", occurrences=[place, ("code:a.py", "0")])
    >>> list(names([entry]))
    [(('ir.model,name', 'model_res_partner'), 'Contact', 'Contatto')]
    """
    for entry in catalogue:
        for place, _line in entry.occurrences:
            if entry.msgstr and not entry.obsolete and (name := NAME.fullmatch(place)):
                yield (name["field"], name["model"]), entry.msgid, entry.msgstr


def said(catalogues):
    """All translations that catalogues give for each name of a model; they may contradict each other."""
    known = collections.defaultdict(set)
    for catalogue in catalogues:
        for model, term, translation in names(catalogue):
            known[model, term].add(translation)
    return known


def renamed(catalogue, known):
    """What an addon calls otherwise than core does, a sentence each; where core contradicts itself, any of it will do.

    :param dict known: core's translations by model and term, as :func:`said` gives them
    """
    for model, term, translation in names(catalogue):
        core = known.get((model, term), {translation})
        if translation not in core:
            others = " or ".join(f"“{other}”" for other in sorted(core))
            yield f"“{term}” ({model[1]}) is {others} in Odoo, not “{translation}”."


if __name__ == "__main__":
    sys.exit(main())
