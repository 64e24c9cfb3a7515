"""Gets Odoo 19: a tree you name, an installed one, or Debian's package, unpacked and never installed."""

import hashlib
import os
import pathlib
import shutil

from . import paths, shell
from .console import Problem, say, warn

VERSION = "19.0.0+dfsg-1"
SHA256 = "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf"
KEYRING = pathlib.Path("/usr/share/keyrings/debian-archive-keyring.gpg")
STABLE, UNSTABLE = "bookworm", "sid"

# What the package's relative links point to. The icon and code fonts of unstable moved their files, the old ones fit.
FROM_STABLE = [
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
FROM_UNSTABLE = ["fonts-montserrat"]

# Named in the manifest but not packaged: without it every backend page logs a console error.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
OWN_TREE = "Set ODOO_SRC to an unpacked Odoo 19.0 or a git checkout of it."


def find():
    """The folder to put on PYTHONPATH so that ``import odoo`` gives Odoo 19.

    :rtype: pathlib.Path
    :raise Problem: where there is none and none can be fetched
    """
    if named := os.environ.get("ODOO_SRC"):
        return _checked(pathlib.Path(named).expanduser().resolve())
    unpacked = _newest_unpacked()
    if unpacked:
        return unpacked
    return _installed() or _fetch()


def version(source):
    """Odoo's full version and the place it comes from, as a key for what is built on it."""
    release = source / "odoo" / "release.py"
    return f"{release.stat().st_mtime_ns}:{release.read_text()}"


def addons_beside(source):
    """The addons folder outside the package: a git checkout keeps most of them there."""
    beside = source / "addons"
    return [beside] if (beside / "web").is_dir() else []


def addons_folders(source):
    """All folders with Odoo's own addons."""
    return [source / "odoo" / "addons", *addons_beside(source)]


def _checked(source):
    release = source / "odoo" / "release.py"
    if not release.is_file():
        raise Problem(f"ODOO_SRC ({source}) holds no odoo/release.py.", OWN_TREE)
    facts = {}
    exec(release.read_text(), facts)  # noqa: S102 - Odoo's own release file; it only sets names
    if facts["version_info"][:2] != (19, 0):
        raise Problem(f"{source} holds Odoo {facts['version']}, not 19.0.", OWN_TREE)
    return source


def _installed():
    place = shell.read(
        [
            "python3",
            "-c",
            "import pathlib, odoo.release as r; assert r.version_info[:2] == (19, 0);"
            " print(pathlib.Path(r.__file__).parents[1])",
        ],
        cwd="/",
    )
    return pathlib.Path(place) if place else None


def _tree(root):
    return root / "usr" / "lib" / "python3" / "dist-packages"


def _newest_unpacked():
    done = sorted(paths.ODOO.glob("*/complete"), key=lambda mark: mark.stat().st_mtime)
    pinned = paths.ODOO / VERSION / "complete"
    if pinned in done:
        return _tree(pinned.parent)
    return _tree(done[-1].parent) if done else None


def _fetch():
    mirror = _mirror()
    config = _isolated_apt(mirror)
    environment = {**os.environ, "APT_CONFIG": str(config)}
    no_network = f"Check the network and Debian's mirror, then call again. {OWN_TREE}"
    shell.run(["apt-get", "update"], log="apt-update", env=environment, remedy=no_network)
    chosen = _choose_version(environment)
    debs = paths.APT / "debs"
    debs.mkdir(exist_ok=True)
    wanted = [f"odoo-19={chosen}"]
    wanted += [f"{name}/{STABLE}" for name in FROM_STABLE] + [f"{name}/{UNSTABLE}" for name in FROM_UNSTABLE]
    shell.run(["apt-get", "download", *wanted], log="apt-download", env=environment, cwd=debs, remedy=no_network)
    if chosen == VERSION:
        _check_sum(next(debs.glob("odoo-19_*.deb")))
    return _unpack(debs, chosen)


def _mirror():
    """The address of the machine's own Debian mirror: BOTTEGA_DEBIAN_MIRROR, or the one apt uses."""
    if named := os.environ.get("BOTTEGA_DEBIAN_MIRROR"):
        return named.rstrip("/")
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb") or not KEYRING.is_file():
        raise Problem("This machine has no apt with Debian's keyring, so Odoo's package can't be fetched.", OWN_TREE)
    listed = shell.read(
        ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME) $(ORIGIN)", "Created-By: Packages"]
    )
    for line in (listed or "").splitlines():
        uri, codename, *origin = line.split()
        if codename == STABLE and "Debian" in origin:
            return uri.rstrip("/")
    raise Problem(
        f"apt knows no mirror of Debian {STABLE} (or `apt-get update` never ran).",
        f"Run `apt-get update` once, or set BOTTEGA_DEBIAN_MIRROR to a mirror's address. {OWN_TREE}",
    )


def _isolated_apt(mirror):
    """An apt root of our own, so that the machine's apt never hears of unstable."""
    for folder in ("etc/apt.conf.d", "etc/preferences.d", "state/lists/partial", "cache/archives/partial"):
        (paths.APT / folder).mkdir(parents=True, exist_ok=True)
    (paths.APT / "state" / "status").touch()
    sources = [f"deb [signed-by={KEYRING}] {mirror} {suite} main" for suite in (UNSTABLE, STABLE)]
    (paths.APT / "etc" / "sources.list").write_text("\n".join(sources) + "\n")
    lines = [
        f'Dir::Etc "{paths.APT}/etc";',
        'Dir::Etc::sourceparts "-";',
        f'Dir::State "{paths.APT}/state";',
        f'Dir::State::status "{paths.APT}/state/status";',
        f'Dir::Cache "{paths.APT}/cache";',
        'Acquire::Languages "none";',
        'Acquire::Check-Valid-Until "false";',  # a frozen mirror's index expires; its signature is still checked
        'APT::Get::List-Cleanup "false";',
    ]
    if os.geteuid() == 0:
        lines.append('APT::Sandbox::User "root";')
    config = paths.APT / "apt.conf"
    config.write_text("\n".join(lines) + "\n")
    return config


def _choose_version(environment):
    listed = shell.read(["apt-cache", "madison", "odoo-19"], env=environment) or ""
    versions = [line.split("|")[1].strip() for line in listed.splitlines()]
    if VERSION in versions:
        return VERSION
    if not versions:
        raise Problem("Debian's index holds no odoo-19 package.", OWN_TREE)
    warn(f"Debian's index no longer holds odoo-19 {VERSION}: taking {versions[0]}, on which Bottega was not tested.")
    return versions[0]


def _check_sum(package):
    found = hashlib.sha256(package.read_bytes()).hexdigest()
    if found != SHA256:
        package.unlink()
        raise Problem(
            f"The package {package.name} has checksum {found}, not {SHA256}.",
            f"It was deleted. Call again; if it stays wrong, the mirror is not to be trusted. {OWN_TREE}",
        )


def _unpack(debs, chosen):
    root = paths.ODOO / chosen
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    for package in sorted(debs.glob("*.deb")):
        shell.run(["dpkg-deb", "-x", package, root])
    absent = _tree(root) / "odoo" / "addons" / ABSENT
    if not absent.exists():
        absent.parent.mkdir(parents=True, exist_ok=True)
        absent.write_text("/* Not in Debian's package: the background blur of calls is not available. */\n")
    shutil.rmtree(debs)
    (root / "complete").touch()
    say(f"    Odoo {chosen}")
    return _tree(root)
