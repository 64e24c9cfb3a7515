"""The pure layer's codes in words: what is wrong, and what to do about it, for people who know their shop and no feed.

Each sentence may name the numbers of its problem and ``%(field)s``, the channel's name of the field.
"""

from typing import NamedTuple

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class Words(NamedTuple):
    """A title of a few words, under which like problems are listed, and the sentence about one of them."""

    title: object
    sentence: object


ISSUES = {
    "missing": Words(
        _lt("Needed, and empty"),
        _lt("The channel takes no item without %(field)s, and nothing fills it here."),
    ),
    "missing_recommended": Words(
        _lt("Better filled"),
        _lt("The channel shows items with %(field)s to more people. Nothing fills it here."),
    ),
    "unknown_field": Words(
        _lt("Field the channel does not know"),
        _lt("The channel has no field %(field)s (any more): what is mapped to it is not sent."),
    ),
    "not_text": Words(_lt("Not a text"), _lt("%(field)s takes a text; “%(value)s” is none.")),
    "too_long": Words(
        _lt("Text cut"),
        _lt("%(field)s has %(length)s characters and may have %(limit)s: it was cut at a word."),
    ),
    "too_long_to_use": Words(
        _lt("Too long to be used"),
        _lt("%(field)s has %(length)s characters and may have %(limit)s; cut, it would be something else."),
    ),
    "too_many": Words(
        _lt("Too many values"),
        _lt("%(field)s has %(count)s values and may have %(limit)s: the last ones were dropped."),
    ),
    "too_long_together": Words(
        _lt("Too long together"),
        _lt("The values of %(field)s have %(length)s characters in all and may have %(limit)s: the last were dropped."),
    ),
    "shouted": Words(
        _lt("In capitals"),
        _lt("%(field)s is written in capitals, which channels take for shouting: write it as in a sentence."),
    ),
    "html_removed": Words(_lt("HTML removed"), _lt("%(field)s is plain text: its formatting was taken out.")),
    "pictures_removed": Words(_lt("Emoji removed"), _lt("%(field)s takes no emoji and the like: they were taken out.")),
    "not_a_choice": Words(
        _lt("Word the channel does not know"),
        _lt("The channel does not know “%(value)s” for %(field)s. It takes: %(allowed)s."),
    ),
    "not_a_number": Words(_lt("Not a number"), _lt("%(field)s takes a whole number; “%(value)s” is none.")),
    "not_a_date": Words(_lt("Not a date"), _lt("%(field)s takes a date; “%(value)s” is none.")),
    "not_an_interval": Words(
        _lt("Not a stretch of time"),
        _lt("%(field)s takes the beginning and the end of a sale; “%(value)s” is no such stretch."),
    ),
    "interval_reversed": Words(
        _lt("Ends before it begins"),
        _lt("%(field)s ends on %(end)s and begins on %(start)s: check the dates of the price."),
    ),
    "gtin_not_digits": Words(
        _lt("Barcode with letters"),
        _lt(
            "The barcode “%(value)s” has letters or signs in it. A barcode has digits alone; a code of the maker"
            " belongs into Manufacturer's Number."
        ),
    ),
    "gtin_length": Words(
        _lt("Barcode of a wrong length"),
        _lt("The barcode %(value)s has a wrong number of digits: it has 8, 12, 13 or 14. Copy it from the package."),
    ),
    "gtin_check_digit": Words(
        _lt("Barcode mistyped"),
        _lt(
            "The last digit of the barcode %(value)s does not fit the others: one of them is mistyped. Copy it from the"
            " package."
        ),
    ),
    "gtin_restricted": Words(
        _lt("Barcode for use inside a shop"),
        _lt(
            "The barcode %(value)s is one that shops make for themselves, such as scales do. Leave it out of"
            " feeds, or enter the maker's."
        ),
    ),
    "gtin_coupon": Words(
        _lt("Barcode of a coupon"), _lt("The barcode %(value)s is one of a coupon, not of a product.")
    ),
    "gtin_placeholder": Words(
        _lt("Barcode that is a filler"), _lt("The barcode %(value)s is the same digit throughout: it was made up.")
    ),
    "url_not_absolute": Words(
        _lt("Not a whole address"),
        _lt("%(field)s is no whole address: “%(url)s”. It begins with https:// and the name of the shop."),
    ),
    "url_with_password": Words(
        _lt("Password in an address"),
        _lt("%(field)s has a user or a password in it, which everybody would read."),
    ),
    "url_not_public": Words(
        _lt("Address that nobody can reach"),
        _lt("%(field)s leads to %(host)s, which is not on the Internet. Enter the shop's own domain."),
    ),
    "url_of_back_office": Words(
        _lt("Address of the back office"),
        _lt("%(field)s leads behind the login, where customers can't go: %(url)s"),
    ),
    "url_not_secure": Words(
        _lt("Address without https"),
        _lt("%(field)s begins with http: browsers warn of such pages. Enter the shop's domain with https."),
    ),
    "image_format": Words(
        _lt("Picture in a wrong format"),
        _lt("The picture is a %(format)s file. The channel reads: %(allowed)s."),
    ),
    "image_too_small": Words(
        _lt("Picture too small"),
        _lt("The picture has %(width)s × %(height)s pixels and needs %(least)s each way: upload a larger one."),
    ),
    "not_money": Words(
        _lt("Not an amount"), _lt("%(field)s takes an amount of money; “%(value)s” is none. Map a price to it.")
    ),
    "not_positive": Words(
        _lt("Price of nothing"),
        _lt("%(field)s is %(amount)s. Enter a price, on the product or in the price list."),
    ),
    "not_a_measure": Words(
        _lt("Not a quantity"),
        _lt("%(field)s takes a quantity with its unit; “%(value)s” is none. Enter the net quantity of the product."),
    ),
    "unit_unknown": Words(
        _lt("Unit the channel does not know"),
        _lt("The channel does not know the unit “%(unit)s”. It knows: %(allowed)s."),
    ),
    "base_unsupported": Words(
        _lt("Base of the unit price"),
        _lt(
            "The channel tells no price for %(value)s: it takes 1, 2, 4, 8, 10 or 100 units, and 75 cl, 50 kg or a ton."
        ),
    ),
    "not_a_group": Words(_lt("Parts that do not fit"), _lt("%(field)s has the parts %(parts)s, and no others.")),
    "not_a_category": Words(
        _lt("Not a category"),
        _lt(
            "“%(value)s” is no category of the channel: choose one from its list, on the product or its shop category."
        ),
    ),
    "currency_differs": Words(
        _lt("Wrong currency"),
        _lt(
            "%(field)s is in %(found)s, the feed in %(expected)s. Nothing is converted in silence: choose a price"
            " list in %(expected)s."
        ),
    ),
    "sale_not_lower": Words(
        _lt("Sale price that is none"),
        _lt("The sale price %(sale)s is not below the price %(price)s: it is not sent."),
    ),
    "sale_over": Words(_lt("Sale is over"), _lt("The sale ended on %(end)s: its price is not sent.")),
    "sale_without_price": Words(
        _lt("Sale price without a price"), _lt("There is a sale price, but no price that it is lower than.")
    ),
    "interval_without_sale": Words(
        _lt("Dates without a sale"), _lt("There are dates of a sale, but no sale price: they are not sent.")
    ),
    "former_not_higher": Words(
        _lt("Price before that is no higher"),
        _lt("The price before, %(former)s, is not above the price %(price)s: it is not sent."),
    ),
    "id_twice": Words(
        _lt("Identifier used twice"),
        _lt("%(count)s items have the same identifier, and the channel keeps one: give each its own reference."),
    ),
    "variants_alike": Words(
        _lt("Variants alike"),
        _lt("Nothing tells it from the variant %(other)s: give them attributes such as colour or size."),
    ),
    "variant_alone": Words(
        _lt("Variant alone"), _lt("It is the only one of its product that is sent: the group says nothing.")
    ),
    "not_built": Words(
        _lt("Could not be built"),
        _lt("Something unforeseen is wrong with this product: %(problem)s. The other products are not touched by it."),
    ),
    "reduction_unknown": Words(
        _lt("Reduction held back: prices before unknown"),
        _lt(
            "The shop sells it for %(price)s instead of %(full)s. What it cost in the thirty days before is known for"
            " %(days)s days alone, so the feed announces no reduction (art. 17-bis)."
        ),
    ),
    "reduction_not_lower": Words(
        _lt("Reduction held back: it cost as little before"),
        _lt(
            "The shop sells it for %(price)s instead of %(full)s. It cost %(lowest)s within the thirty days before, so"
            " the feed announces no reduction (art. 17-bis)."
        ),
    ),
    "reduction_capped": Words(
        _lt("Reduction told from the lowest price before"),
        _lt(
            "The shop shows %(full)s as the price before. It cost %(lowest)s within the thirty days before: the feed"
            " says that (art. 17-bis), and the shop should too."
        ),
    ),
    "reduction_new": Words(
        _lt("Reduction of new goods"),
        _lt("It has been sold for %(days)s days: say so beside the price in the shop (art. 17-bis, par. 4)."),
    ),
    "member_price_unknown": Words(
        _lt("No price for members"),
        _lt(
            "The offer for members is no share of the price of each piece, such as 10 %%: what they pay for this one"
            " can't be said, and is not."
        ),
    ),
    "offer_with_own_codes": Words(
        _lt("Codes of their own"),
        _lt("Each fan of this offer gets a code of his own, which no file may tell. Offers by a common code are told."),
    ),
    "offer_of_choice": Words(
        _lt("A choice of discounts"),
        _lt("The program gives a choice of discounts, and the channel knows one an offer: make a program of each."),
    ),
    "offer_of_goods": Words(
        _lt("Free goods"), _lt("The program gives goods, and the channel knows discounts and free delivery alone.")
    ),
    "offer_with_minimum": Words(
        _lt("From an amount or a quantity on"),
        _lt(
            "The program asks for an amount or a quantity, which the file has no column for: told without it, the offer"
            " would promise too much."
        ),
    ),
    "offer_by_points": Words(
        _lt("By points"), _lt("What the program takes off follows from points, and the channel knows none.")
    ),
    "offer_of_cheapest": Words(
        _lt("Off the cheapest"),
        _lt("The program takes something off the cheapest product, which the channel can't tell apart."),
    ),
    "offer_with_cap": Words(
        _lt("With a limit"),
        _lt(
            "The program takes off no more than an amount, which the file has no column for: told without it, the offer"
            " would promise too much."
        ),
    ),
    "offer_part_of_percent": Words(
        _lt("Parts of a per cent"), _lt("The channel takes whole per cents: change the program, or tell it elsewhere.")
    ),
}
# A code that has another sentence where a number is given.
SPECIAL = {
    ("missing", "condition"): Words(
        _lt("Needed, and empty"),
        _lt(
            "The channel takes no item such as this one without %(field)s (where %(condition)s), and nothing fills it."
        ),
    ),
}

MISTAKES = {
    "source_unknown": Words(
        _lt("Unknown source"),
        _lt(
            "“%(name)s” is nothing that a feed may say of a product. Choose a source from the list, or write attribute:"
            " and the name of an attribute."
        ),
    ),
    "brace_alone": Words(
        _lt("Brace alone"), _lt("A brace stands alone: write {title}, and {{ or }} for a brace itself.")
    ),
    "length_unusable": Words(
        _lt("Unusable length"), _lt("“%(value)s” is no number of characters: write one from 1 to 99999.")
    ),
    "argument_missing": Words(_lt("Text missing"), _lt("Something is to be put in or looked for: write what.")),
    "argument_idle": Words(_lt("Text too many"), _lt("This change takes fewer texts: empty what it does not need.")),
    "transform_unknown": Words(_lt("Unknown change"), _lt("There is no change “%(name)s”.")),
    "not_a_number": Words(_lt("Not a number"), _lt("“%(value)s” is no number: write it with a point, such as 9.90.")),
    "operator_unknown": Words(_lt("Unknown comparison"), _lt("There is no comparison “%(name)s”.")),
    "operand_missing": Words(_lt("Value missing"), _lt("Write the value to compare with.")),
    "action_unknown": Words(_lt("Unknown action"), _lt("There is no action “%(name)s”.")),
    "field_missing": Words(_lt("Field missing"), _lt("Choose the field that is to be changed.")),
    "taxonomy_line": Words(
        _lt("Not a taxonomy"),
        _lt(
            "This is no taxonomy file: line %(line)s reads “%(text)s”, and should read like “1234 - Food > Oil”."
            " Download the channel's taxonomy “with ids” as a text file."
        ),
    ),
    "taxonomy_twice": Words(
        _lt("Number used twice"),
        _lt("Lines %(other)s and %(line)s have the same number %(id)s: the file is damaged, download it again."),
    ),
    "taxonomy_too_long": Words(
        _lt("Too long for a taxonomy"), _lt("The file has more than %(limit)s lines: this is no taxonomy.")
    ),
    "taxonomy_empty": Words(_lt("Empty taxonomy"), _lt("There is no category in this file.")),
}

HINTS = {"variant": _lt("it is one of several variants"), "by_measure": _lt("it is sold by weight, volume or length")}
IS, IS_FILLED, IS_EMPTY = _lt("%(field)s is %(value)s"), _lt("%(field)s is filled"), _lt("%(field)s is empty")
UNKNOWN = Words(_lt("Another problem"), _lt("%(code)s in %(field)s"))
