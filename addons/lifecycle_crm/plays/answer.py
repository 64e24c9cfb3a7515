"""What a customer may say on a page of ours, read from what his browser sends."""

from dataclasses import dataclass

ORDER, CHECK_UP, TESTIMONIAL = KINDS = ("order", "check_up", "testimonial")
SCORES = range(1, 6)
LONGEST = 4000  # characters of a text


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer.

    :param int score: from 1 to 5; ``packaging`` and ``courier`` likewise, 0 where nothing was said
    :param bool may_publish: whether we may show what he wrote, and ``may_ask`` whether we may ask him for more
    """

    score: int
    packaging: int = 0
    courier: int = 0
    good: str = ""
    better: str = ""
    may_publish: bool = False
    may_ask: bool = False


def read(form):
    """The answer in the fields of a form; None where the one thing that is asked for, the score, is missing.

    >>> read({"score": "4", "courier": "2", "good": " The oil ", "may_publish": "on"})
    Answer(score=4, packaging=0, courier=2, good='The oil', better='', may_publish=True, may_ask=False)
    >>> read({"score": "6"})
    """
    score = read_score(form.get("score"))
    if not score:
        return None
    return Answer(
        score,
        read_score(form.get("packaging")),
        read_score(form.get("courier")),
        _read_text(form.get("good")),
        _read_text(form.get("better")),
        bool(form.get("may_publish")),
        bool(form.get("may_ask")),
    )


def read_score(text):
    """A score as a number; 0 for everything that is none.

    >>> [read_score(text) for text in ("3", "0", "33", "²", None)]
    [3, 0, 0, 0, 0]
    """
    return next((score for score in SCORES if text == str(score)), 0)


def _read_text(text):
    return text.replace("\x00", "").strip()[:LONGEST] if isinstance(text, str) else ""
