"""Each addon as a wheel, for whoever already runs Odoo 19: built, installed beside Odoo, and found by it."""

import os
import pathlib
import shutil
import tempfile

from . import addons, paths, python_env, shell
from .console import Problem, step


def check(odoo_source):
    """Build the wheel of every addon, install them all in a scratch folder and ask Odoo where it finds them.

    :param pathlib.Path odoo_source: the folder that holds the package ``odoo``
    :raise Problem: where a wheel can't be built, leaves out a file that the addon loads, or is not found
    """
    with step("Wheels of the addons"), tempfile.TemporaryDirectory(prefix="bottega-") as scratch:
        wheels, site = pathlib.Path(scratch, "wheels"), pathlib.Path(scratch, "site")
        for name in addons.own():
            build(name, wheels)
        options = ["--quiet", "--no-deps", "--target", site]
        environment = shell.environment(VIRTUAL_ENV=paths.VENV)
        command = [python_env.uv(), "pip", "install", *options, *sorted(wheels.glob("*.whl"))]
        shell.run(command, log="wheels-install", env=environment)
        for name, place in _found(odoo_source, site).items():
            _check_place(name, place, site)


def build(name, target):
    """Build the wheel of one addon from the files that git tracks, without the network.

    :param pathlib.Path target: the folder to put it in
    """
    if not shutil.which("git"):
        raise Problem("Wheels hold the files that git tracks, and git is missing.", "Install it: apt-get install git")
    python_env.ensure(paths.LINT_VENV, "lint.txt")
    options = ["--quiet", "--wheel", "--no-build-isolation", "--offline", "--out-dir", target]
    python = paths.LINT_VENV / "bin" / "python"
    command = [python_env.uv(), "build", *options, "--python", python, addons.folder(name)]
    shell.run(command, log=f"wheel-{name}", env=shell.environment())


def _found(odoo_source, site):
    """Where an Odoo without addons path finds our addons, by name."""
    names = addons.own()
    environment = shell.environment(PYTHONPATH=shell.python_path(odoo_source, site), ODOO_RC=os.devnull)
    script = paths.SCRIPTS / "find_addons.py"
    places = shell.read([paths.VENV / "bin" / "python", script, *names], env=environment, cwd=site)
    if places is None:
        raise Problem("Odoo does not load beside the wheels.", f"Run {script} with the wheels on PYTHONPATH.")
    return dict(zip(names, places.splitlines(), strict=True))


def _check_place(name, place, site):
    if not pathlib.Path(place).is_relative_to(site):
        raise Problem(f"Odoo does not find {name} in its wheel, but at {place}.", "See setup/scripts/find_addons.py.")
    manifest = addons.manifest(name)
    loaded = [*manifest.get("data", []), *manifest.get("demo", [])]
    if missing := [file for file in loaded if not pathlib.Path(place, file).exists()]:
        raise Problem(
            f"The wheel of {name} lacks {', '.join(missing)}.", "`git add` them: a wheel holds tracked files."
        )
