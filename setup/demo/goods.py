"""What is sold: some ninety goods by the piece, the kilogram and the quintal, with picture, barcode and weight."""

import csv
import pathlib
from datetime import timedelta

from odoo.fields import Command

from . import pictures
from .digits import barcode

FILE = pathlib.Path(__file__).with_name("goods.csv")
CATEGORIES = {  # name: (parent, colour of its pictures, note on price lists)
    "Alimentari": (None, "", ""),
    "Pasta": ("Alimentari", "", "Trafilata al bronzo ed essiccata a bassa temperatura."),
    "Pasta secca": ("Pasta", "#e3b95b", ""),
    "Pasta fresca": ("Pasta", "#f0d27f", "Conservare tra 0 e 4 °C. Consegna entro 24 ore dalla produzione."),
    "Olio e aceto": ("Alimentari", "", ""),
    "Olio": ("Olio e aceto", "#8a9a3b", ""),
    "Aceto": ("Olio e aceto", "#4a2c24", ""),
    "Conserve": ("Alimentari", "", ""),
    "Pomodoro": ("Conserve", "#c8442f", ""),
    "Sott’oli e pesti": ("Conserve", "#6f8f3f", ""),
    "Pesce in conserva": ("Conserve", "#5d86a3", ""),
    "Secchi e sfusi": ("Alimentari", "", "Venduti a chilo; il prezzo al quintale vale da un quintale in su."),
    "Riso e cereali": ("Secchi e sfusi", "#d8cda8", ""),
    "Farine": ("Secchi e sfusi", "#e8dcc0", ""),
    "Legumi": ("Secchi e sfusi", "#9c6b3f", ""),
    "Dolci e caffè": ("Alimentari", "", ""),
    "Dolci": ("Dolci e caffè", "#d99a6c", ""),
    "Caffè": ("Dolci e caffè", "#5a3a28", ""),
    "Banco": (None, "", ""),
    "Formaggi": ("Banco", "#e6c15a", "Al taglio o a pezzi sottovuoto; si fattura il peso consegnato."),
    "Salumi": ("Banco", "#b4574f", "Interi o a metà."),
    "Cantina": (None, "", "Minimo sei bottiglie per etichetta."),
    "Vini rossi": ("Cantina", "#6b1f2c", ""),
    "Vini bianchi": ("Cantina", "#b9b45a", ""),
    "Regali": (None, "#a8763e", ""),
}
NEW_PAGE = {"Banco", "Cantina"}
HEAVIER = {"bottle": 1.7, "jar": 1.5, "tin": 1.1}  # gross weight to net, by packing
EXCEPT_IN_SHOP = {"OL005", "PO003", "FO007"}  # for kitchens, not for the shop
WITHOUT_BARCODE = {"SA005"}  # a feed tells that it is missing
SOLD_OUT = {"PF005", "SA005", "SO005"}  # nothing is left of these today
LEFT = (30, 220)  # pieces or kilograms left of the others, at least and at most
TEXT = "{name}, scelto dai nostri assaggiatori tra i produttori che conosciamo di persona. Consegna in 48 ore."


def tell(story):
    """The categories and the goods."""
    _create_categories(story)
    rows = read()
    for rate in {row["vat"] for row in rows}:
        _get_tax(story, rate).active = True  # that of staple foods comes switched off
    units = {
        "unit": story.env.ref("uom.product_uom_unit"),
        "kg": story.env.ref("uom.product_uom_kgm"),
    }
    templates = story.env["product.template"].create(  # of variants in a batch, all but the first lose their picture
        [_prepare_vals(story, number, row, units) for number, row in enumerate(rows, 1)]
    )
    story.goods.update((product.default_code, product) for product in templates.product_variant_id)
    story.date_back(dict.fromkeys(templates, story.moment(760)))


def read():
    """The rows of the goods' file."""
    with FILE.open(newline="") as source:
        return list(csv.DictReader(source))


def _create_categories(story):
    for sequence, (name, (parent, _colour, note)) in enumerate(CATEGORIES.items(), 1):
        story.categories[name] = story.env["product.category"].create(
            {
                "name": name,
                "parent_id": story.categories[parent].id if parent else False,
                "listino_sequence": sequence * 10,
                "listino_page_break": name in NEW_PAGE,
                "listino_note": note,
            }
        )


def _get_tax(story, rate):
    return story.env.ref(f"account.{story.company.id}_{rate}v")


def _prepare_vals(story, number, row, units):
    net = float(row["net"])
    by_weight = row["unit"] == "kg"
    quintal = story.env.ref("listino_pricelist.uom_quintal")
    colour = CATEGORIES[row["category"]][1]
    return {
        "name": row["name"],
        "default_code": row["code"],
        "categ_id": story.categories[row["category"]].id,
        "type": "consu",
        "is_storable": True,
        "uom_id": units[row["unit"]].id,
        "uom_ids": [Command.set(quintal.ids)] if by_weight else False,
        "list_price": float(row["price"]),
        "standard_price": float(row["cost"]),
        "barcode": False if row["code"] in WITHOUT_BARCODE else barcode(number),
        "weight": round(net * HEAVIER.get(row["packing"], 1.02), 3),
        "image_1920": pictures.picture(row["name"], row["packing"], colour),
        "taxes_id": [Command.set(_get_tax(story, row["vat"]).ids)],
        "description_ecommerce": f"<p>{TEXT.format(name=row['name'])}</p>",
        "feed_quantity": net,
        "feed_unit": row["net_unit"],
        "feed_brand": "Dispensa Ferri",
    }


def stock(story, needed):
    """Count the warehouse so that everything ordered can be delivered, and something is left.

    :param dict needed: quantities by product, in its own unit
    """
    place = story.env["stock.warehouse"].search([("company_id", "=", story.company.id)], limit=1).lot_stock_id
    vals_list = []
    for code, product in story.goods.items():
        left = 0 if code in SOLD_OUT else story.random.randint(*LEFT)
        quantity = round(needed.get(product, 0) + left, 2)
        if quantity:
            vals_list.append({"product_id": product.id, "location_id": place.id, "inventory_quantity": quantity})
    quants = story.env["stock.quant"].with_context(inventory_mode=True).create(vals_list)
    quants.action_apply_inventory()
    moves = story.env["stock.move"].search([("product_id", "in", quants.product_id.ids), ("is_inventory", "=", True)])
    moves.write({"date": story.moment(740) - timedelta(hours=1)})
