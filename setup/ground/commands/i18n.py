"""Translations: the template of each addon as Odoo exports it, and its Italian brought in line.

What is translated stays; new terms come in without a translation, terms that are gone go. A second call changes
nothing. With --check nothing is written: it fails where a template is stale, a term has no Italian, or a model of
core's is called otherwise than core calls it.
"""

from .. import addons, database, odoo, odoo_source, paths, postgres, shell
from ..console import guarded, new_parser, step

MERGE = paths.SCRIPTS / "merge_translations.py"
NAMES = paths.SCRIPTS / "check_model_names.py"


def main():
    options = _options()
    return guarded(lambda: _translations(options))


def _options():
    parser = new_parser("i18n", __doc__)
    parser.add_argument("addons", nargs="*", metavar="addon", help="this addon alone (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where something is to be done")
    return parser.parse_args()


def _translations(options):
    addons.check(options.addons)
    source = odoo.ensure()
    with postgres.serving("test", durable=False) as server:
        program = odoo.Odoo(source, server, [paths.TESTS])
        # All addons of the suite, whichever are named: what is installed decides on which terms there are.
        template = database.Templates(program, program.config("i18n"), addons.own()).installed()
        bring_in_line(program, template, options.addons or addons.own(), check=options.check)


def bring_in_line(program, template, names, *, check):
    """Write the translation files of addons, or only look whether they are as they would be written.

    :param Odoo program: the programs to export with
    :param str template: a database with the addons installed
    :raise Problem: with ``check``, where a template is stale, a term is not translated or a model of core's renamed
    """
    config = program.config("i18n")
    with step("Translations"), database.copy(program.server, template) as copy:
        for name in names:
            export = paths.HOME / f"{name}.pot"
            program.run("i18n", "export", "-c", config, "-d", copy, "-o", export, name, log=f"i18n-{name}")
            shell.run(
                [program.python, MERGE, *(["--check"] if check else []), export, addons.folder(name) / "i18n"],
                log="i18n-merge",
                remedy="Call ./setup/i18n, and translate what has no translation in it.po." if check else "",
            )
            if check:
                check_names(program, name)


def check_names(program, name):
    """:raise Problem: where an addon's Italian calls a model of core's otherwise than core does"""
    shell.run(
        [program.python, NAMES, addons.folder(name), *odoo_source.addons_folders(program.source)],
        log="i18n-names",
        remedy="Give it in it.po the name that it has in Odoo: ours would stay when the addon goes.",
    )
