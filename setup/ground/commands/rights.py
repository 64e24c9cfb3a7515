"""The table of who may do what, written anew from the registry and from what the server answers.

The tests that hold it against the database write it: read what has changed in it before you commit it.
"""

import os

from .. import odoo, paths, postgres
from ..console import guarded, new_parser
from ..suite import Suite, places

ADDON = "test_bottega_suite"
RENEW = "BOTTEGA_RENEW_RIGHTS"  # as its rights_table.py reads it


def main():
    new_parser("rights", __doc__).parse_args()
    return guarded(renew)


def renew():
    """Let the tests of the table write it, and then hold it."""
    source = odoo.ensure()
    with postgres.serving("test", durable=False) as server:
        os.environ[RENEW] = "1"  # before Odoo takes over what is in the environment
        suite = Suite(odoo.Odoo(source, server, [paths.TESTS]), [ADDON])
        counts = suite.pytest(places([ADDON]), "-k", "rights", fast=True)
    return 1 if counts["failed"] else 0
