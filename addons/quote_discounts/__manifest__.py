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
    ],
    "application": True,
}
