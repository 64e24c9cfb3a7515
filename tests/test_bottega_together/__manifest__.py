{
    "name": "Bottega tests: addons side by side",
    "summary": "Addons and apps that do not know of each other get along, and one finds what the other made",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "depends": ["dunning_it", "quote_discounts", "sale_stock", "l10n_it_stock_ddt"],
}
