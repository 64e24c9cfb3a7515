"""What a product attribute means to a channel, by the name that a shop gave it."""

_WORDS = {
    "color": ("color", "colour", "colore", "couleur", "farbe"),
    "size": ("size", "taglia", "misura", "numero", "taille", "größe"),
    "material": ("material", "materiale", "tessuto", "matière", "stoff"),
    "pattern": ("pattern", "fantasia", "motivo", "motif", "muster"),
    "size_system": ("size system", "sistema taglie"),
    "brand": ("brand", "marca", "marchio", "produttore", "marque", "marke"),
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words}
ROLES = frozenset(_WORDS)


def role_of(*names):
    """The source that an attribute of one of these names fills; None where none of them says it.

    >>> role_of("Colore"), role_of("Finitura", "Colour"), role_of("Annata")
    ('color', 'color', None)
    """
    return next((_ROLES[name] for name in map(str.casefold, filter(None, names)) if name in _ROLES), None)
