{
    "name": "Bottega tests: price lists beside OCA's brands",
    "summary": "Rules for brands, which OCA's pricelist_brand brings, price the same through our engine",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "AGPL-3",
    "depends": ["listino_pricelist", "pricelist_brand"],
}
