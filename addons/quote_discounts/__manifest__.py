{
    "name": "Quotes and Discounts",
    "summary": "Cascading discounts, limits set by management, approval only beyond them, countersigned quotes",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "depends": ["listino_pricelist", "sale_margin", "l10n_it_edi_sale", "sale_crm"],
    "data": [
        "security/quote_discounts_groups.xml",
        "security/ir.model.access.csv",
        "security/quote_discounts_rules.xml",
        "views/quote_discounts_menus.xml",
        "views/quote_discount_reason_views.xml",
        "views/sale_order_views.xml",
        "security/quick_rules.xml",
        "data/quick_activity.xml",
        "data/quick_cron.xml",
        "views/quote_question_views.xml",
        "views/sale_order_scoping_views.xml",
        "views/sale_order_clock_views.xml",
        "views/quick_quote_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "quote_discounts/static/src/quick/**/*",
        ],
        "web.assets_tests": [
            "quote_discounts/static/tests/tours/quick_tour.js",
        ],
    },
    "application": True,
}
