"""The browser that tours run in: the machine's own, or Debian's, installed where this may be done."""

import os
import shutil

from . import shell
from .console import Problem, step

KNOWN_TO_ODOO = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")


def ensure():
    """Have a browser that Odoo's tests find, or say how to get one.

    :raise Problem: where there is none and this user may not install it
    """
    if any(map(shutil.which, KNOWN_TO_ODOO)):
        return
    by_hand = f"Run `{' '.join(INSTALL)}` as root, or leave the browser out: ./setup/test --fast ADDON"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem("Browser tests need chromium, and it is not here.", by_hand)
    with step("Chromium"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        shell.run(["apt-get", "update"], log="apt-update", env=quiet, remedy=by_hand)
        shell.run(INSTALL, log="apt-chromium", env=quiet, remedy=by_hand)
