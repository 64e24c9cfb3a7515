"""The kinds of findings: how grave each is, and which say something about costs."""

DUPLICATE, SHADOWED, OVERLAP, UNREACHED = "duplicate", "shadowed", "overlap", "unreached"
RISES, HIDDEN, NO_PRICE = "rises", "hidden", "no_price"
BELOW_COST, BELOW_MARGIN = "below_cost", "below_margin"
BASE_IGNORED, BASE_MISSING, SCOPE, CIRCLE = "base_ignored", "base_missing", "scope", "circle"
DISPLAY, EXPIRED, UNUSED, UNCHECKED = "display", "expired", "unused", "unchecked"

ERROR, WARNING, NOTE = "1_error", "2_warning", "3_note"

SEVERITY = {
    OVERLAP: ERROR,
    BASE_IGNORED: ERROR,
    BASE_MISSING: ERROR,
    CIRCLE: ERROR,
    NO_PRICE: ERROR,
    BELOW_COST: ERROR,
    SHADOWED: WARNING,
    RISES: WARNING,
    BELOW_MARGIN: WARNING,
    SCOPE: WARNING,
    UNCHECKED: WARNING,
    HIDDEN: NOTE,
    DUPLICATE: NOTE,
    UNREACHED: NOTE,
    DISPLAY: NOTE,
    EXPIRED: NOTE,
    UNUSED: NOTE,
}
OF_COSTS = frozenset({BELOW_COST, BELOW_MARGIN})
