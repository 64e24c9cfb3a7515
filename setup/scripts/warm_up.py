"""Odoo shell: make the asset bundles beforehand, which a browser test would else wait for."""

env["ir.qweb"]._pregenerate_assets_bundles()
for bundle in ("web.assets_tests", "web.assets_web"):
    files = env["ir.qweb"]._get_asset_bundle(bundle, assets_params={})
    files.js()
    files.css()
env.cr.commit()
