"""Write each addon's README.rst and description page anew from its readme fragments."""

import argparse

from .. import addons, paths, python_env, shell
from ..console import guarded, step


def main():
    parser = argparse.ArgumentParser(prog="setup/readme", description=__doc__)
    parser.add_argument("addons", nargs="*", help="their names (default: all)")
    options = parser.parse_args()
    return guarded(lambda: write(options.addons or addons.own()))


def write(names):
    with step("README and description pages"):
        python_env.ensure_odoo()
        folders = [addons.folder(name) for name in names]
        shell.run([paths.VENV / "bin" / "python", paths.SETUP / "scripts" / "build_readme.py", *folders])
    return 0
