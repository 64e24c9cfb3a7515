"""Price lists, each derived from another: the public one, resellers, wholesalers, restaurants, the shop, agents."""

from datetime import timedelta

from odoo.fields import Command

DRY, RICE, BANK, CELLAR = "Pasta secca", "Secchi e sfusi", "Banco", "Cantina"


def tell(story):
    """The lists with their rules."""
    _tell_public(story)
    _tell_trade(story)
    _create(story, "agents", "Listino agenti", "agents", [_from(story, "wholesale", {"price_discount": -3})])
    _create(
        story,
        "shop",
        "Negozio online",
        "end_customers",
        [_from(story, "public", {"price_discount": -6, "price_round": 0.1, "price_surcharge": -0.01})],
        sequence=0,  # the list of whoever has none of his own, as visitors of the shop
    )
    _add_faults(story)


def _tell_public(story):
    """The list from which all others follow."""
    _create(
        story,
        "public",
        "Listino pubblico",
        "end_customers",
        [
            _rule({"base": "list_price"}),
            _of_category(story, DRY, {"min_quantity": 12, "price_discount": 8, "listino_note": "Cartone da 12"}),
            _of_category(story, CELLAR, {"min_quantity": 12, "price_discount": 5}),
            _of_category(story, RICE, {"min_quantity": 100, "price_discount": 15}),
        ],
        listino_note="Prezzi franco nostro magazzino. Consegna gratuita da 150 €.",
    )


def _tell_trade(story):
    """Lists of those who sell on what they buy."""
    _create(
        story,
        "resellers",
        "Listino negozi e rivenditori",
        "resellers",
        [
            _from(story, "public", {"price_discount": 18}),
            _of_category(story, BANK, {**_base(story, "public"), "price_discount": 12, "price_round": 0.05}),
        ],
    )
    _create(
        story,
        "restaurants",
        "Listino ristorazione",
        "resellers",
        [
            _from(story, "resellers", {"price_discount": -4}),
            _of_category(story, CELLAR, {**_base(story, "resellers"), "price_discount": 3}),
        ],
    )
    _create(
        story,
        "wholesale",
        "Listino grossisti",
        "wholesalers",
        [
            _from(story, "resellers", {"price_discount": 8}),
            _of_category(story, BANK, {**_base(story, "resellers"), "price_discount": 4}),
        ],
    )


def _create(story, key, name, audience, rules, **more):
    story.lists[key] = story.env["product.pricelist"].create(
        {
            "name": name,
            "audience_id": story.env.ref(f"listino_pricelist.listino_audience_{audience}").id,
            "sequence": len(story.lists) + 1,
            "valid_from": story.today.replace(month=1, day=1),
            "valid_to": story.today.replace(month=12, day=31),
            "item_ids": [Command.create(rule) for rule in rules],
            **more,
        }
    )


def _rule(values):
    return {"applied_on": "3_global", "compute_price": "formula", "price_round": 0.01, **values}


def _base(story, key):
    return {"base": "pricelist", "base_pricelist_id": story.lists[key].id}


def _from(story, key, values):
    return _rule({**_base(story, key), **values})


def _of_category(story, name, values):
    category = {"applied_on": "2_product_category", "display_applied_on": "2_product_category"}
    return {**_rule({"base": "list_price"}), **category, "categ_id": story.categories[name].id, **values}


def _add_faults(story):
    """What the health check finds: a promotion that is over, and a rule that stands twice."""
    over = story.moment(40)
    story.env["product.pricelist.item"].create(
        [
            {
                "pricelist_id": story.lists["public"].id,
                "applied_on": "2_product_category",
                "display_applied_on": "2_product_category",
                "categ_id": story.categories["Dolci"].id,
                "compute_price": "percentage",
                "percent_price": 10,
                "date_start": over - timedelta(30),
                "date_end": over,
            },
            *(
                {
                    "pricelist_id": story.lists["wholesale"].id,
                    "applied_on": "1_product",
                    "product_tmpl_id": story.goods["OL002"].product_tmpl_id.id,
                    "min_quantity": 10,
                    "compute_price": "fixed",
                    "fixed_price": 42.9,
                }
                for _twice in range(2)
            ),
        ]
    )
