{
    "name": "Bottega tests: the five as one",
    "summary": "What passes from one addon to the next, and who may do what over all of them",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "depends": [
        "dunning_it",
        "l10n_it_stock_ddt",
        "lifecycle_crm",
        "payment_demo",
        "quote_discounts",
        "shop_feed",
    ],
    "assets": {"web.assets_tests": ["test_bottega_suite/static/tests/tours/*.js"]},
}
