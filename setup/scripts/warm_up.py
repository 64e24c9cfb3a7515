"""Odoo shell: make the bundles that our tours ask for beforehand, so that the first does not wait for them."""

BUNDLES = (
    "web.__assets_tests_call__",
    "web.assets_frontend",
    "web.assets_frontend_lazy",
    "web.assets_frontend_minimal",
    "web.assets_tests",
    "web.assets_web",
    "web.assets_web_print",
    "web.report_assets_common",
    "web.report_assets_pdf",
)

for name in BUNDLES:
    bundle = env["ir.qweb"]._get_asset_bundle(name, assets_params={})
    bundle.js()
    bundle.css()
env.cr.commit()
