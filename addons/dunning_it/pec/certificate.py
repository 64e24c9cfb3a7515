"""What a provider of certified mail (PEC) certifies: the file ``daticert.xml`` of each of its receipts.

The form is the DTD of the technical rules (decree of 2 November 2005 after DPR 68/2005; in English RFC 6109, 4.4). The
file comes from outside: it is read without entities, without a network and up to a size.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

MOST_BYTES = 1_000_000
FIRST_YEAR = 2005  # no certified mail before DPR 68/2005
NO_RECIPIENT, NO_DOMAIN, VIRUS_FOUND, OTHER_ERROR = ERRORS = ("no_recipient", "no_domain", "virus", "other")
WRITTEN_ERRORS = {"no-dest": NO_RECIPIENT, "no-dominio": NO_DOMAIN, "virus": VIRUS_FOUND, "nessuno": None, "": None}
MESSAGE_ID = re.compile(r"<([!-;=?-~]+)>|^([!-;=?-~]+)$")  # printable ASCII


class Rejected(ValueError):
    """A receipt that nothing may be concluded from.

    :param str code: one of ``receipts.PROBLEMS``
    :param str detail: the piece at fault
    """

    def __init__(self, code, detail=""):
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address of the message; one that is not certified mail never gives a delivery receipt."""

    address: str
    is_certified: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """The content of a ``daticert.xml``; texts are "" where the file has none.

    :param str written_kind: as written: ``avvenuta-consegna`` ...
    :param error: one of :data:`ERRORS` or None
    :param str error_text: the provider's own words and code for it
    :param str recipient: whom a delivery receipt or a notice of failure is about
    :param str reference: Message-ID of the message that was sent, with its brackets
    :param str identifier: the provider's own identifier of that message
    :param str receipt_type: ``completa``, ``breve`` or ``sintetica``
    """

    written_kind: str
    error: str | None
    error_text: str
    sender: str
    recipients: tuple[Recipient, ...]
    recipient: str
    subject: str
    provider: str
    when: datetime
    identifier: str
    reference: str
    receipt_type: str


def read_certificate(content):
    """Read a ``daticert.xml``.

    :param bytes content: the file
    :raise Rejected: where it can't be read
    :rtype: Certificate

    >>> read_certificate(b"<postacert tipo='accettazione'/>")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    Rejected: invalid_date: the date of the receipt
    """
    root = _parse(content)
    head, data = "intestazione/", "dati/"
    receipt_type = root.find("dati/ricevuta")
    return Certificate(
        written_kind=root.get("tipo", "").strip().lower(),
        error=WRITTEN_ERRORS.get(root.get("errore", "").strip().lower(), OTHER_ERROR),
        error_text=_text(root, data + "errore-esteso"),
        sender=_text(root, head + "mittente"),
        recipients=tuple(_recipients(root)),
        recipient=_text(root, data + "consegna"),
        subject=_text(root, head + "oggetto"),
        provider=_text(root, data + "gestore-emittente"),
        when=_moment(root),
        identifier=_text(root, data + "identificativo").strip("<>"),
        reference=message_id(_text(root, data + "msgid")),
        receipt_type="" if receipt_type is None else receipt_type.get("tipo", "").strip().lower(),
    )


def message_id(text):
    """A Message-ID as it is compared: without the blanks of a folded header, with its brackets; "" if there is none.

    >>> message_id(" <a1@example.com>"), message_id("a1@example.com"), message_id("<a1@exam\\r\\n ple.com>")
    ('<a1@example.com>', '<a1@example.com>', '<a1@example.com>')
    >>> message_id(""), message_id("<é@example.com>")
    ('', '')
    """
    found = MESSAGE_ID.search("".join(text.split()))
    return f"<{found[1] or found[2]}>" if found else ""


def _parse(content):
    if len(content) > MOST_BYTES:
        raise Rejected("certificate_too_large", str(len(content)))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("malformed_certificate", str(error)) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _entity in declared.iterentities()):
        raise Rejected("malformed_certificate", "it declares entities")
    if root.tag != "postacert":
        raise Rejected("malformed_certificate", str(root.tag))
    return root


def _text(root, path):
    return " ".join((root.findtext(path) or "").split())


def _recipients(root):
    for element in root.iterfind("intestazione/destinatari"):
        address = (element.text or "").strip()
        if address:
            yield Recipient(address, element.get("tipo", "certificato").strip().lower() == "certificato")


def _moment(root):
    """When the provider issued the receipt, with its zone: a delivered message counts as arrived at that moment."""
    element = root.find("dati/data")
    zone = "" if element is None else element.get("zona", "")
    written = f"{_text(root, 'dati/data/giorno')} {_text(root, 'dati/data/ora')} {zone.strip()}"
    try:
        moment = datetime.strptime(written, "%d/%m/%Y %H:%M:%S %z")
    except ValueError as error:
        raise Rejected("invalid_date", written) from error
    if moment.year < FIRST_YEAR:
        raise Rejected("invalid_date", written)
    return moment
