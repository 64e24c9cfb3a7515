"""What shop_feed keeps: feeds, items, files that are served, and what products say to channels."""

from . import core


def fill(env):
    """A feed to Google with an item that is built and a file that is served."""
    company = env.company
    product = core.find_product(env)
    website = env["website"].search([("company_id", "=", company.id)], limit=1) or env["website"].create(
        {"name": company.name, "company_id": company.id, "domain": f"https://shop{company.id}.example.com"}
    )
    product.write({"is_published": True, "feed_brand": "Frantoio", "description_sale": "Olio, del frantoio."})
    feed = env["shop.feed"].create(
        {
            "name": f"Google {company.name}",
            "channel_id": env.ref("shop_feed.channel_google").id,
            "company_id": company.id,
            "website_id": website.id,
            "pricelist_id": env["product.pricelist"].create({"name": "Vetrina", "company_id": company.id}).id,
            "country_id": env.ref("base.it").id,
            "lang_id": website.default_lang_id.id,
        }
    )
    feed._take_changes()
    while feed._build_next():
        pass
    assert feed.item_ids
