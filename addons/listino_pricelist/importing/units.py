"""Units of measure as price lists abbreviate them."""

from .text import fold

_SYNONYMS = {
    "unit": "pz pezzo pezzi nr n num numero cad cadauno cadauna ciascuno unita units unit ea each pc pcs piece pieces",
    "kg": "kg kgs kilo chilo chili chilogrammo chilogrammi kilogrammo kilogram kilograms",
    "g": "g gr grammo grammi gram grams",
    "hg": "hg etto etti ettogrammo",
    "quintal": "q ql q le qle quintale quintali quintal quintals",
    "ton": "t ton tonn tonnellata tonnellate tons tonne tonnes",
    "l": "l lt ltr litro litri liter litre liters litres",
    "ml": "ml millilitro millilitri milliliter",
    "hl": "hl ettolitro ettolitri",
    "m": "m mt metro metri meter meters metro lineare metri lineari",
    "m2": "m2 mq metro quadro metri quadri metro quadrato metri quadrati sqm",
    "m3": "m3 mc metro cubo metri cubi cbm",
    "pack": "cf conf confezione confezioni pack packs package pacco pacchi pk",
    "box": "ct crt cartone cartoni box boxes scatola scatole sc cassa casse colli collo",
    "bottle": "bt bott bottiglia bottiglie btg bottle bottles",
    "dozen": "dz dozzina dozzine dozen dozens",
    "hour": "h ora ore hour hours",
    "day": "gg giorno giorni day days",
}


def _phrases(text):
    """Single words and the few synonyms that are made of several words."""
    several = ("q le", "metro quadro", "metri quadri", "metro quadrato", "metri quadrati", "metro cubo", "metri cubi")
    several += ("metro lineare", "metri lineari")
    for phrase in several:
        if phrase in text:
            yield phrase
            text = text.replace(phrase, " ")
    yield from text.split()


_BY_WORD = {word: unit for unit, words in reversed(_SYNONYMS.items()) for word in _phrases(words)}


def unit_key(name):
    """What the spellings of one unit have in common; an unknown unit is its own key.

    >>> [unit_key(name) for name in ("Kg.", "PZ", "Unità", "q.le", "Quintale", "Lt", "m²", "conf.", "Fusto")]
    ['kg', 'unit', 'unit', 'quintal', 'quintal', 'l', 'm2', 'pack', 'fusto']
    """
    folded = fold(name)
    return _BY_WORD.get(folded, folded)
