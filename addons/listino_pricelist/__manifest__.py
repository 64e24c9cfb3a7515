{
    "name": "Listino",
    "summary": "Complete price lists: derived, priced exactly, printed by category, always current",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Sales/Sales",
    "license": "LGPL-3",
    "depends": ["sale_management", "portal"],
    "data": [
        "security/listino_pricelist_groups.xml",
        "security/ir.model.access.csv",
        "views/listino_pricelist_menus.xml",
    ],
    "application": True,
}
