"""Odoo shell: load the suite's own demo data, without Odoo's, once an addon."""

import pathlib

from odoo.modules.module import Manifest
from odoo.tools.convert import convert_file

modules = env["ir.module.module"].search([("state", "=", "installed"), ("demo", "=", False)])
for module in modules:
    manifest = Manifest.for_addon(module.name)
    if not manifest or manifest.get("author") != "Bottega":
        continue
    for filename in manifest.get("demo", []):
        convert_file(env, module.name, str(pathlib.PurePosixPath(filename)), {}, mode="init", noupdate=True)
    module.demo = True
env.cr.commit()
