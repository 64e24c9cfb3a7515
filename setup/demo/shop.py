"""The shop on the website: published goods, feeds for Google and Meta, an offer for fans, a share page, reviews."""

from datetime import timedelta

from odoo.fields import Command

from . import goods, people
from .customers import CUSTOMERS

SHELVES = {  # shop category: product categories on it
    "Pasta e riso": ("Pasta secca", "Pasta fresca", "Riso e cereali"),
    "Olio e aceto": ("Olio", "Aceto"),
    "Dispensa": ("Pomodoro", "Sott’oli e pesti", "Pesce in conserva", "Legumi", "Farine"),
    "Formaggi e salumi": ("Formaggi", "Salumi"),
    "Cantina": ("Vini rossi", "Vini bianchi"),
    "Dolci e caffè": ("Dolci", "Caffè"),
    "Regali": ("Regali",),
}
REVIEWS = (  # code, customer, stars, words, days ago
    ("FO001", "verdi", 5, "Sa di parmigiano vero, arrivato sottovuoto e freddo.", 40),
    ("OL001", "monti", 5, "Olio profumato, la latta la prendo la prossima volta.", 180),
    ("RE001", "neri", 4, "Bel cesto, il biglietto era un po' piccolo.", 60),
    ("AC001", "verdi", 5, "Denso e non troppo dolce.", 12),
)
OFFER = ("Per chi ci segue: 8 % sul primo ordine", "SEGUICI8", 8)
SLUG = "dispensa-ferri"
TITLE, WORDS = "La dispensa di Ferri", "Quello che mangiamo noi, spedito in 48 ore in tutta Italia."
DELIVERY = ("Corriere in 48 ore", 8.20, 69)  # name, price before VAT, free from
FETCHED_DAYS = 20  # in which the channels have fetched each night
AGENTS = {"google": ("Googlebot-Image/1.0", "66.249.64.0/24"), "meta": ("facebookexternalhit/1.1", "173.252.79.0/24")}


def tell(story):
    """Website, goods on their shelves, orders of persons as the shop's, feeds, offer, reviews."""
    website = story.env["website"].search([("company_id", "=", story.company.id)], limit=1)
    website.write(
        {
            "name": "Dispensa Ferri",
            "logo": story.company.logo,
            "show_line_subtotals_tax_selection": "tax_included",
        }
    )
    story.lists["shop"].write({"website_id": website.id, "selectable": True})
    _set_delivery(story)
    _publish(story)
    _take_orders(story, website)
    feeds = _create_feeds(story, website)
    _share(story, feeds["google"])
    _review(story)
    for feed in feeds.values():
        _build(feed)
        feed.action_make_first_address()
        _note_fetches(story, feed)


def _set_delivery(story):
    """One way of delivery, at a price of its own that the list does not change."""
    name, price, free_from = DELIVERY
    story.env["delivery.carrier"].search([]).is_published = False
    product = story.env["product.product"].create({"name": name, "type": "service", "sale_ok": False})
    story.env["delivery.carrier"].create(
        {
            "name": name,
            "product_id": product.id,
            "delivery_type": "fixed",
            "fixed_price": price,
            "free_over": True,
            "amount": free_from,
            "is_published": True,
        }
    )
    rule = {"applied_on": "1_product", "product_tmpl_id": product.product_tmpl_id.id}
    story.lists["shop"].item_ids = [Command.create({**rule, "compute_price": "fixed", "fixed_price": price})]


def _publish(story):
    shelves = {
        name: story.env["product.public.category"].create({"name": name, "sequence": number})
        for number, name in enumerate(SHELVES, 1)
    }
    for name, categories in SHELVES.items():
        products = [product for product in story.goods.values() if product.categ_id.name in categories]
        templates = story.env["product.product"].concat(*products).product_tmpl_id
        templates.public_categ_ids = [Command.link(shelves[name].id)]
        templates.filtered(lambda template: template.default_code not in goods.EXCEPT_IN_SHOP).is_published = True


def _take_orders(story, website):
    """What persons ordered came through the shop."""
    persons = {customer.key for customer in CUSTOMERS if customer.kind == "person"}
    orders = [order for order, (_ago, customer) in story.orders.items() if customer.key in persons]
    story.env["sale.order"].concat(*orders).write({"website_id": website.id})


def _create_feeds(story, website):
    """A feed a channel, by the dialog that asks three questions."""
    feeds = {}
    for code in AGENTS:
        start = story.env["shop.feed.start"].create(
            {
                "channel_id": story.env.ref(f"shop_feed.channel_{code}").id,
                "website_id": website.id,
                "pricelist_id": story.lists["shop"].id,
            }
        )
        feeds[code] = story.env["shop.feed"].browse(start.action_create_feed()["res_id"])
        feeds[code].user_id = story.users[people.SHOP]
    return feeds


def _share(story, feed):
    """A page to share, with a discount for those who follow the shop."""
    name, code, percent = OFFER
    program = story.env["loyalty.program"].create(
        {
            "name": name,
            "program_type": "promo_code",
            "trigger": "with_code",
            "applies_on": "current",
            "limit_usage": True,
            "max_usage": 200,
            "rule_ids": [Command.create({"mode": "with_code", "code": code})],
            "reward_ids": [
                Command.create({"reward_type": "discount", "discount": percent, "discount_mode": "percent"})
            ],
        }
    )
    offer = story.env["shop.feed.offer"].create(
        {
            "name": name,
            "feed_id": feed.id,
            "program_id": program.id,
            "audience": "link",
            "date_from": story.day(20),
            "date_to": story.day(-40),
            "utm_source_id": story.env["utm.mixin"]._find_or_create_record("utm.source", "Instagram").id,
        }
    )
    feed.write(
        {
            "is_shared": True,
            "share_title": TITLE,
            "share_text": WORDS,
            "share_offer_id": offer.id,
            "share_slug": SLUG,
            "is_indexed": True,
        }
    )


def _review(story):
    """Reviews of persons on the pages of what they bought."""
    for code, key, stars, words, ago in REVIEWS:
        message = story.goods[code].product_tmpl_id.message_post(
            body=words,
            author_id=story.partners[key].id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            rating_value=stars,
        )
        message.date = story.moment(ago)
        ratings = story.env["rating.rating"].search([("message_id", "=", message.id)])
        story.date_back(dict.fromkeys(ratings, story.moment(ago)))


def _build(feed):
    """What the scheduled action does, without waiting for it."""
    feed._take_changes()
    while feed._build_next():
        pass
    feed._put_together()


def _note_fetches(story, feed):
    agent, network = AGENTS[feed.channel_id.code]
    build = feed.build_id
    story.env["shop.feed.fetch"].create(
        [
            {
                "feed_id": feed.id,
                "build_id": build.id,
                "moment": story.moment(ago) - timedelta(hours=5),
                "status": 200 if ago % 3 else 304,
                "size": build.size if ago % 3 else 0,
                "agent": agent,
                "address": network,
            }
            for ago in range(FETCHED_DAYS, 0, -1)
        ]
    )
