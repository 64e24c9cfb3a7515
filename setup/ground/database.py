"""Databases: Italian, with the common story of the addons, and templates keyed by what they hold."""

import collections
import contextlib
import os
import threading

from . import addons, odoo_source, paths, python_env
from .console import step

ITALIAN = ["--language", "it_IT", "--country", "it"]
CHART = "l10n_it"
IN_DATABASE, WARM_UP = "attachments_in_database.py", "warm_up.py"
OURS = f"bottega_{paths.digest(paths.HOME)[:4]}"  # several homes may share one server
MAKING = collections.defaultdict(threading.Lock)  # by layer: no two lanes make the same one


def create(odoo, config, name, names):
    """Create an Italian database with the addons and the story of a company that uses them all, for a person to use.

    With Odoo's own demo data the main company would become an American one, so it is left out.
    """
    odoo.run("db", "-c", config, "init", *ITALIAN, name, log=f"{name}-init")
    odoo.run("module", "install", "-c", config, "-d", name, CHART, *names, log=f"{name}-install")
    odoo.script(paths.SCRIPTS / "load_demo.py", config, name, log=f"{name}-demo")


@contextlib.contextmanager
def copy(server, template, use="run"):
    """A copy of a template for the time of the block; copies that killed runs left behind go first.

    :param str use: tells one copy of a process from another that is there at the same time
    """
    prefix, mine = f"{OURS}_run_", f"_{os.getpid()}"
    for name in server.databases():
        if name.startswith(prefix) and not name.endswith(mine):
            server.drop(name)
    name = f"{prefix}{use}{mine}"
    server.drop(name)
    server.create(name, template=template)
    try:
        yield name
    finally:
        server.drop(name)


class Templates:
    """Template databases for a choice of addons, made where they are missing.

    Four layers, each a copy of the one before: an Italian company, the Odoo apps underneath, the addons, the browser's
    bundles. A layer's name tells the choice and what it was made of; when that changes, the new takes the old's place.

    :param Odoo odoo: the programs to make them with
    :param pathlib.Path config: Odoo's configuration
    :param list names: the chosen addons
    """

    def __init__(self, odoo, config, names):
        self.odoo = odoo
        self.config = config
        self.names = addons.closure(names)
        self.choice = paths.digest(*sorted({*self.names, *names}))
        self.needed = addons.underneath(names)
        made_with = [(paths.SCRIPTS / name).read_text() for name in (IN_DATABASE, WARM_UP)]
        self.ground = paths.digest(odoo_source.version(odoo.source), python_env.locked(), *ITALIAN, CHART, made_with)
        self.apps_content = paths.digest(self.ground, *self.needed)
        self.content = paths.digest(self.ground, *map(addons.content, self.names))

    def apps(self):
        """The name of a template with the Odoo apps underneath the addons, and without them."""
        return self._layer(f"apps_{self.choice}", self.apps_content, self._make_apps)

    def installed(self):
        """The name of a template with the addons installed."""
        return self._layer(f"addons_{self.choice}", self.content, self._install)

    def for_tours(self):
        """The name of a template with the addons and the bundles that a browser asks for."""
        return self._layer(f"tours_{self.choice}", self.content, self._make_bundles)

    def _layer(self, layer, content, make):
        """Make a template under a name of its own and rename it when done, so that a half-made one is never used."""
        server, prefix = self.odoo.server, f"{OURS}_{layer}_"
        name, half = f"{prefix}{content}", f"{prefix}half"
        with MAKING[layer]:
            if name not in server.databases():
                make(half)
                for old in server.databases():
                    if old.startswith(prefix) and old != half:
                        server.drop(old)
                server.rename(half, name)
        return name

    def _make_italian(self, half):
        with step("Template with an Italian company"):
            self.odoo.server.drop(half)
            self._run("italian", "db", "-c", self.config, "init", *ITALIAN, half)
            self.odoo.script(paths.SCRIPTS / IN_DATABASE, self.config, half, log="template-italian-attachments")
            self._run("italian", "module", "install", "-c", self.config, "-d", half, CHART)

    def _make_apps(self, half):
        base = self._layer("italian", self.ground, self._make_italian)
        with step(f"Template with {', '.join(self.needed)}"):
            self._begin(half, base)
            self._run(f"apps-{self.choice}", "module", "install", "-c", self.config, "-d", half, *self.needed)

    def _install(self, half):
        base = self.apps()
        with step(f"Template with {', '.join(self.names)}"):
            self._begin(half, base)
            self._run(f"addons-{self.choice}", "module", "install", "-c", self.config, "-d", half, *self.names)

    def _make_bundles(self, half):
        base = self.installed()
        with step("Template with the browser's bundles"):
            self._begin(half, base)
            self.odoo.script(paths.SCRIPTS / WARM_UP, self.config, half, log=f"template-tours-{self.choice}")

    def _begin(self, half, base):
        self.odoo.server.drop(half)
        self.odoo.server.create(half, template=base)

    def _run(self, layer, *words):
        self.odoo.run(*words, log=f"template-{layer}")
