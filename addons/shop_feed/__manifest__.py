{
    "name": "Shop Feed",
    "summary": "One catalogue, every social shop: feeds that are checked, priced lawfully and always served",
    "version": "19.0.1.0.0",
    "author": "Bottega",
    "website": "https://github.com/bottega/bottega",
    "category": "Website/Website",
    "license": "LGPL-3",
    "depends": ["listino_pricelist", "website_sale_loyalty", "website_sale_stock"],
    "data": [
        "security/feed_groups.xml",
        "security/ir.model.access.csv",
        "security/feed_rules.xml",
        "data/shop.feed.channel.csv",
        "data/shop.feed.channel.field.csv",
        "views/feed_menus.xml",
    ],
    "application": True,
}
