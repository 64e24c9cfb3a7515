{
    "name": "Listino",
    "summary": "Complete price lists: derived, priced exactly, printed by category, always current",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "depends": ["sale_management", "portal", "web_hierarchy"],
    "data": [
        "security/listino_pricelist_groups.xml",
        "security/ir.model.access.csv",
        "security/listino_pricelist_rules.xml",
        "data/listino_audience_data.xml",
        "data/ir_cron_data.xml",
        "wizard/listino_derive_views.xml",
        "wizard/listino_price_check_views.xml",
        "views/listino_audience_views.xml",
        "views/listino_document_views.xml",
        "views/listino_run_views.xml",
        "views/product_pricelist_views.xml",
        "views/product_views.xml",
        "views/listino_pricelist_menus.xml",
    ],
    "demo": [
        "demo/product.category.csv",
        "demo/product.template.csv",
        "demo/listino_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "listino_pricelist/static/src/**/*",
        ],
        "web.assets_tests": [
            "listino_pricelist/static/tests/tours/**/*",
        ],
    },
    "application": True,
}
