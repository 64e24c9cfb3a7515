"""Bring an addon's translations in line with the template that Odoo exported; needs polib, as Odoo does."""

import argparse
import pathlib
import sys

import polib

LANGUAGE = "it"
DATES = ("POT-Creation-Date", "PO-Revision-Date")
OF_LANGUAGE = {
    "Language": LANGUAGE,
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def main():
    """Write the files of an addon, or tell what is amiss in them; the exit code."""
    options = _options()
    files = _brought_in_line(options.export, options.folder)
    if options.check:
        amiss = [remark for path, content in files.items() for remark in _remarks(path, content)]
        sys.stdout.writelines(f"{remark}\n" for remark in amiss)
        return 1 if amiss else 0
    options.folder.mkdir(exist_ok=True)
    for path, content in files.items():
        path.write_text(str(content))
    return 0


def _options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("export", type=pathlib.Path, help="the template that Odoo exported")
    parser.add_argument("folder", type=pathlib.Path, help="the addon's folder of translations")
    parser.add_argument("--check", action="store_true", help="write nothing; tell what is amiss")
    return parser.parse_args()


def _brought_in_line(export, folder):
    """What is to stand in the files, by their paths."""
    template = stable(polib.pofile(export))
    path = folder / f"{LANGUAGE}.po"
    translated = polib.pofile(path) if path.exists() else polib.POFile()
    return {folder / export.name: template, path: merged(template, translated)}


def stable(export):
    """The export without what changes from one to the next: the dates, and the order of what belongs to a term.

    >>> export = polib.POFile()
    >>> export.metadata = {"POT-Creation-Date": "2026-01-01", "MIME-Version": "1.0"}
    >>> export.append(polib.POEntry(msgid="Unit", occurrences=[("b.py", "0"), ("a.py", "0")]))
    >>> [(entry.msgid, entry.occurrences) for entry in stable(export)], export.metadata
    ([('Unit', [('a.py', '0'), ('b.py', '0')])], {'MIME-Version': '1.0'})
    """
    for name in DATES:
        export.metadata.pop(name, None)
    for entry in export:
        entry.comment = "\n".join(sorted(entry.comment.splitlines()))
        entry.occurrences.sort()
    return export


def merged(template, translated):
    """The terms of the template in its order, each with the translation there is.

    >>> template, translated = polib.POFile(), polib.POFile()
    >>> template.extend([polib.POEntry(msgid="Price"), polib.POEntry(msgid="Unit")])
    >>> translated.extend([polib.POEntry(msgid="Unit", msgstr="Unità"), polib.POEntry(msgid="Row", msgstr="Riga")])
    >>> [(entry.msgid, entry.msgstr) for entry in merged(template, translated)]
    [('Price', ''), ('Unit', 'Unità')]
    """
    known = {entry.msgid: entry for entry in translated if not entry.obsolete}
    result = polib.POFile()
    result.header = template.header
    result.metadata = {**template.metadata, **OF_LANGUAGE}
    for entry in template:
        old = known.get(entry.msgid, entry)
        result.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=old.msgstr,
                flags=old.flags,
                tcomment=old.tcomment,
                comment=entry.comment,
                occurrences=entry.occurrences,
            )
        )
    return result


def _remarks(path, content):
    if not path.exists() or path.read_text() != str(content):
        yield f"{path.name} is not up to date."
    if path.suffix == ".po":
        for entry in (*content.untranslated_entries(), *content.fuzzy_entries()):
            yield f"{path.name} lacks the translation of: {entry.msgid}"


if __name__ == "__main__":
    sys.exit(main())
