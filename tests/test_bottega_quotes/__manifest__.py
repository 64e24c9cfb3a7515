{
    "name": "Bottega tests: quotes beside loyalty and payments",
    "summary": "Rewards count for the limits, and a quote beyond them is not paid",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "depends": ["quote_discounts", "sale_loyalty", "payment_demo"],
}
