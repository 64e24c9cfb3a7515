"""Why prices change: told to the history by the code that changes them."""

from typing import NamedTuple

KEY = "listino_price_reason"
# No mail for thousands of products: the history says what was changed.
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True, "mail_notrack": True}
BY_HAND, IMPORT, CHANGE, ROLLBACK = "hand", "import", "change", "rollback"


class PriceReason(NamedTuple):
    """Where a change of prices comes from. It lives in the context, where a client can name the key but never make it.

    :param str origin: one of the constants above
    :param str text: in the user's words
    """

    origin: str
    text: str = ""
    change_id: int | None = None


def reason_of(env):
    """The reason in an environment's context; by hand, where nobody says otherwise."""
    reason = env.context.get(KEY)
    return reason if isinstance(reason, PriceReason) else PriceReason(BY_HAND)
