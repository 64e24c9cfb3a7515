{
    "name": "Bottega tests: quotes beside the shop",
    "summary": "A customer's cart passes the limits, and a forged one does not",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "depends": ["quote_discounts", "website_sale_loyalty", "payment_demo"],
}
