"""The linters alone: Python, XML, JavaScript, translations and manifests."""

from .. import addons, node, odoo_source, paths, python_env, shell
from ..console import Problem, guarded, new_parser, say, step

PYTHON = ("setup", "addons", "tests")
XML_AND_STYLES = ("addons/**/*.{xml,js,scss}", "tests/**/*.{xml,js,scss}", "eslint.config.mjs")
# Prettier decides on the layout of XML, Odoo's own export on that of translations; numbers are written as core does.
MODULE_CHECKS_LEFT_OUT = "xml-header-wrong,xml-tag-position,xml-field-numeric-without-eval"
PO_CHECKS_LEFT_OUT = "po-pretty-format"


def main():
    parser = new_parser("lint", __doc__)
    parser.add_argument("--fix", action="store_true", help="mend what the linters can mend by themselves")
    options = parser.parse_args()
    return guarded(lambda: check(fix=options.fix))


def check(*, fix=False):
    """Run all linters.

    :raise Problem: where one finds something
    """
    with step("Linters"):
        python_env.ensure(paths.LINT_VENV, "lint.txt")
        commands = {**_python(fix=fix), **_odoo(), **_node(fix=fix)}
        failed = [title for title, command in commands.items() if not _passes(title, command)]
    if failed:
        raise Problem(f"Found by {', '.join(failed)}.", "Mend it; ./setup/lint --fix mends what it can.")


def _python(*, fix):
    ruff = paths.LINT_VENV / "bin" / "ruff"
    return {
        "ruff": [ruff, "check", "--quiet", *(["--fix"] if fix else []), *PYTHON],
        "ruff format": [ruff, "format", "--quiet", *([] if fix else ["--diff"]), *PYTHON],
    }


def _odoo():
    programs = paths.LINT_VENV / "bin"
    folders = [addons.folder(name) for name in [*addons.own(), *addons.testing()]]
    core = odoo_source.addons_folders(odoo_source.find())
    known = ",".join(map(str, [*core, paths.ADDONS]))
    commands = {
        "pylint-odoo": [programs / "pylint", "--rcfile", paths.ROOT / ".pylintrc", *folders],
        "oca-checks-odoo-module": [
            programs / "oca-checks-odoo-module",
            f"--disable={MODULE_CHECKS_LEFT_OUT}",
            *folders,
        ],
        "manifestoo": [programs / "manifestoo", "-d", paths.ADDONS, "--addons-path", known, "check-licenses"],
    }
    if translations := [path for folder in folders for path in folder.glob("i18n/*.po*")]:
        commands["oca-checks-po"] = [programs / "oca-checks-po", f"--disable={PO_CHECKS_LEFT_OUT}", *translations]
    return commands


def _node(*, fix):
    here = node.ensure()
    prettier = here.modules / "prettier" / "bin" / "prettier.cjs"
    plugin = here.modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    eslint = here.modules / "eslint" / "bin" / "eslint.js"
    quiet = ["--no-error-on-unmatched-pattern", *XML_AND_STYLES]
    return {
        "prettier": [here.program, prettier, "--plugin", plugin, "--write" if fix else "--check", *quiet],
        "eslint": [
            here.program,
            eslint,
            *(["--fix"] if fix else []),
            "--no-error-on-unmatched-pattern",
            "addons",
            "tests",
        ],
    }


def _passes(title, command):
    environment = shell.environment(RUFF_CACHE_DIR=paths.CACHE / "ruff", PYLINTHOME=paths.CACHE / "pylint")
    log = paths.LOGS / f"lint-{title.replace(' ', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as file:
        code = shell.follow(command, stdout=file, stderr=file, cwd=paths.ROOT, env=environment)
    if code:
        say(f"--- {title}\n{log.read_text().strip()}")
    return code == 0
