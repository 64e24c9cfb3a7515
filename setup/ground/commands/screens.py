"""Open every screen of the suite, at a desk's and a phone's width, and say what is wrong with them.

The database is that of ./setup/run. Each menu is opened with each of its views and its first record's form, then the
pages of setup/screens.json, as the people named there, in Italian or with --english. The pictures are below
.bottega/screens; --keep puts those that setup/screens.json names into the app pages. Exits non-zero where something is
wrong.
"""

import contextlib
import json
import re
import shutil
import subprocess

from .. import chromium, node, paths
from ..console import Problem, guarded, new_parser, say, step
from ..suite import free_port
from .run import DATABASE, up

FOLDER = paths.HOME / "screens"
PAGES = paths.SETUP / "screens.json"
WIDTHS = (1280, 390)
ADMIN = "admin"
ITALIAN, ENGLISH = "it_IT", "en_US"


def main():
    parser = new_parser("screens", __doc__)
    parser.add_argument("words", nargs="*", help="only screens whose name holds one of these")
    parser.add_argument("--keep", action="store_true", help="put the pictures named for app pages where they belong")
    parser.add_argument("--english", action="store_true", help="as people see them who read English")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    options = parser.parse_args()
    return guarded(lambda: _look(options))


def _look(options):
    if options.english and options.keep:
        raise Problem("The app pages show Italian screens.", "Leave out --english, or --keep.")
    chromium.ensure()
    language = ENGLISH if options.english else ITALIAN
    with up(free_port(), fresh=options.fresh) as server, _read_by_all(server, language):
        plan = _plan(server, options.words, language)
        with step(f"Looking at {len(plan['screens'])} screens"):
            seen = _visit(plan)
    if options.keep:
        _keep(seen, plan["screens"])
    wrong = [(one, problem) for one in seen for problem in one["problems"]]
    for one, problem in wrong:
        say(f"{one['name']}, {one['width']} px: {problem}")
    say(f"{len(seen)} pictures in {FOLDER}, {len(wrong)} things to mend")
    return 1 if wrong else 0


@contextlib.contextmanager
def _read_by_all(server, language):
    """All users read the language for the time of the block; the demo's are Italians."""
    if language == ITALIAN:
        yield
        return
    _set_language(server, language)
    try:
        yield
    finally:
        _set_language(server, ITALIAN)


def _set_language(server, language):
    server.program.script(paths.SCRIPTS / "speak.py", server.config, DATABASE, log="screens-speak", LANGUAGE=language)


def _plan(server, words, language):
    """What to open, and how."""
    listed = paths.HOME / "screens.json"
    script = paths.SCRIPTS / "list_screens.py"
    told = {"SCREENS": str(listed), "LANGUAGE": language}
    server.program.script(script, server.config, DATABASE, log="screens-list", **told)
    plan = json.loads(listed.read_text())
    screens = _joined(plan["screens"], json.loads(PAGES.read_text()))
    chosen = [one for one in screens if not words or any(word.lower() in one["name"].lower() for word in words)]
    if not chosen:
        raise Problem("No screen has such a name.", "Leave the words out to see them all.")
    for number, one in enumerate(chosen):
        one["file"] = f"{number:03}-{_slug(one['name'])}"
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    browser = next(filter(None, map(shutil.which, chromium.KNOWN_TO_ODOO)))
    return {
        **plan,
        "screens": chosen,
        "address": server.address,
        "locale": language.replace("_", "-"),
        "browser": browser,
        "folder": str(FOLDER),
        "widths": WIDTHS,
    }


def _joined(listed, named):
    """The screens of menus and the pages of the file; what the file says of a menu's screen is added to that.

    >>> _joined([{"name": "Listini", "path": "/odoo/action-1"}], [{"name": "Listini", "picture": "lists.png"}])
    [{'as': 'admin', 'name': 'Listini', 'path': '/odoo/action-1', 'picture': 'lists.png'}]
    """
    by_name = {one["name"]: {"as": ADMIN, **one} for one in listed}
    for one in named:
        by_name[one["name"]] = {"as": ADMIN} | by_name.get(one["name"], {}) | one
    return list(by_name.values())


def _slug(name):
    """A name for a file.

    >>> _slug("Vendite / Listini (form)")
    'vendite-listini-form'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _visit(plan):
    """What the browser says of each screen at each width."""
    program = node.ensure()
    script = program.modules.parent / "screens.mjs"  # beside its packages, where Node.js looks for them
    shutil.copy(paths.SCRIPTS / script.name, script)
    done = subprocess.run(
        [program.program, script],
        check=False,
        input=json.dumps(plan),
        text=True,
        stdout=subprocess.PIPE,
        env=program.environment,
    )
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode:
        raise Problem(f"The browser stopped after {len(seen)} screens.", "Read what it said above.")
    return seen


def _keep(seen, screens):
    """Put the pictures that an app page shows into its place."""
    wanted = {(one["name"], one.get("width", WIDTHS[0])): one["picture"] for one in screens if "picture" in one}
    for one in seen:
        if place := wanted.get((one["name"], one["width"])):
            shutil.copy(one["picture"], paths.ADDONS / place)
