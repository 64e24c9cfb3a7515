"""Write each addon's README.rst and description page anew from its readme fragments."""

from .. import addons, paths, python_env, shell
from ..console import guarded, new_parser, step


def main():
    parser = new_parser("readme", __doc__)
    parser.add_argument("addons", nargs="*", help="their names (default: all)")
    options = parser.parse_args()
    return guarded(lambda: write(options.addons or addons.own()))


def write(names):
    """Write both files of each of the named addons."""
    with step("README and description pages"):
        python_env.ensure_odoo()
        folders = [addons.folder(name) for name in names]
        shell.run([paths.VENV / "bin" / "python", paths.SCRIPTS / "build_readme.py", *folders])
    return 0
