"""Plays to begin with; each company may change its copy."""

from .steps import (
    ANSWERED,
    COMPLAINED,
    DELIVERED,
    ENDED,
    ENTERED,
    LEFT,
    OBJECTED,
    REPLIED,
    SILENT,
    STAYED,
    Play,
    Step,
)

THANK_YOU = Play("thank_you", "new", (Step("mail", ENTERED, 1, "mail"),), frozenset({OBJECTED, ENDED}))
POST_SALE = Play("post_sale", None, (Step("papers", DELIVERED, 1, "mail"),), frozenset({COMPLAINED, ENDED}))
FEEDBACK = Play(
    "feedback",
    None,
    (Step("question", DELIVERED, 7, "mail"), Step("reminder", DELIVERED, 10, "mail")),
    frozenset({REPLIED, COMPLAINED, OBJECTED, ENDED}),
)
CHECK_UP = Play(
    "check_up",
    "regular",
    (Step("question", STAYED, 90, "mail"),),
    frozenset({LEFT, OBJECTED, ENDED}),
    cadence=180,
    cadence_action="mail",
)
REORDER = Play("reorder", None, (Step("mail", SILENT, 3, "mail"), Step("call", SILENT, 14, "call")))
KEEP = Play("keep", "at_risk", (Step("mail", ENTERED, 0, "mail"), Step("call", ENTERED, 14, "call")))
WIN_BACK = Play(
    "win_back",
    "lost",
    (Step("mail", ENTERED, 0, "mail"), Step("call", ENTERED, 10, "call"), Step("voucher", ENTERED, 15, "voucher")),
    cadence=180,
    cadence_action="mail",
)
TESTIMONIAL = Play(
    "testimonial", None, (Step("request", ANSWERED, 3, "mail"),), frozenset({COMPLAINED, OBJECTED, ENDED})
)
OFFER = Play("offer", "regular", (Step("mail", STAYED, 45, "mail"),), frozenset({LEFT, COMPLAINED, OBJECTED, ENDED}))
BONUS = Play(
    "bonus", "regular", (Step("voucher", ENTERED, 1, "voucher"),), frozenset({LEFT, COMPLAINED, OBJECTED, ENDED})
)
PLAYS = (THANK_YOU, POST_SALE, FEEDBACK, CHECK_UP, OFFER, BONUS, REORDER, KEEP, WIN_BACK, TESTIMONIAL)
