"""What can go wrong, as data: the models put it into the user's words and language."""

from dataclasses import dataclass, field


class UnreadableFile(Exception):
    """The file as a whole can't be read.

    :param str code: what happened, for example ``empty`` or ``encrypted``
    :param details: what the message needs, for example ``limit=30000``
    """

    def __init__(self, code, **details):
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(slots=True, frozen=True)
class Remark:
    """Something to tell about one row: a reason to refuse it or a note.

    >>> Remark("price_missing")
    Remark(code='price_missing', details={})
    """

    code: str
    details: dict = field(default_factory=dict)
