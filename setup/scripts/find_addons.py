"""Print where Odoo finds each of the named addons, a line an addon."""

import sys

import odoo.tools
from odoo.modules.module import Manifest

odoo.tools.config.parse_config([])
for name in sys.argv[1:]:
    manifest = Manifest.for_addon(name)
    print(manifest.path if manifest else "no place")  # noqa: T201 - this is what it is for
