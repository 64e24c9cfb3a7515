"""The receipts of certified mail (PEC): what became of a message, read from the mail that the provider sent back.

Two places say it, the headers of the mail and its signed attachment ``daticert.xml``: only where both say the same is
anything concluded. Whether the provider's signature itself is genuine is not verified here: who needs that as proof
keeps the mail as it came, which is what a court looks at.
"""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.utils import parseaddr

from .certificate import Recipient, Rejected, message_id, read_certificate

ACCEPTANCE, NON_ACCEPTANCE, TAKEN_IN_CHARGE, DELIVERY, DELIVERY_FAILED, DELIVERY_DELAYED, VIRUS = KINDS = (
    "acceptance",
    "non_acceptance",
    "taken_in_charge",
    "delivery",
    "delivery_failed",
    "delivery_delayed",
    "virus",
)
WRITTEN_KINDS = {
    "accettazione": ACCEPTANCE,
    "non-accettazione": NON_ACCEPTANCE,
    "presa-in-carico": TAKEN_IN_CHARGE,
    "avvenuta-consegna": DELIVERY,
    "errore-consegna": DELIVERY_FAILED,
    "preavviso-errore-consegna": DELIVERY_DELAYED,
    "rilevazione-virus": VIRUS,
}
PENDING, DELIVERED, FAILED = OUTCOMES = ("pending", "delivered", "failed")
PROBLEMS = (
    "unreadable",  # not even a mail
    "no_receipt_header",  # from a provider's address, but neither a receipt nor a forwarded message
    "unknown_kind",
    "anomaly",  # an ordinary mail that a provider forwarded, dressed up as a receipt
    "not_from_provider",
    "unsigned",
    "no_certificate",
    "several_certificates",
    "certificate_too_large",
    "malformed_certificate",
    "invalid_date",
    "no_identifier",
    "no_reference",
    "no_recipient",
    "no_receipt_type",
    "contradiction",  # headers and certificate, or two parts of the certificate, don't say the same
)
PROVIDER = "posta-certificata"
RECEIPT_TYPES = ("completa", "breve", "sintetica")
SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature")
ASN1_SEQUENCE = b"\x30"  # begins every such signature
LAST_NOTICE = "5.4.1"  # begins the words of a delay that is final: 24 hours are over (Aruba, Namirial)
# What Python's own parser raises on some malformed mails.
STUMBLES = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MessageError)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider certifies about a message.

    :param str kind: one of :data:`KINDS`
    :param str reference: Message-ID of the message that was sent, with its brackets
    :param str identifier: the provider's identifier of that message, the same in all of its receipts
    :param datetime when: the moment that counts, with its zone
    :param recipients: the :class:`Recipient` the message was sent to
    :param recipient: the one address that this receipt is about; None where it is about the whole message
    :param error: ``no_recipient``, ``no_domain``, ``virus``, ``other`` or None
    :param str error_text: the provider's own words for it
    :param receipt_type: one of :data:`RECEIPT_TYPES`; None where it is no delivery. Only ``completa`` holds the message
    """

    kind: str
    reference: str
    identifier: str
    when: datetime
    provider: str
    sender: str
    subject: str
    recipients: tuple[Recipient, ...]
    recipient: str | None
    error: str | None
    error_text: str
    receipt_type: str | None

    @property
    def outcome(self):
        """What is known about the recipient's side: PENDING, DELIVERED or FAILED.

        After 12 hours without an answer a provider gives a notice of delay, after 24 a second of the same kind; that is
        the end of it, but only some say so in a way that can be read.
        """
        if self.kind == DELIVERY:
            return DELIVERED
        if self.kind in (ACCEPTANCE, TAKEN_IN_CHARGE):
            return PENDING
        if self.kind == DELIVERY_DELAYED and not self.error_text.startswith(LAST_NOTICE):
            return PENDING
        return FAILED


@dataclass(frozen=True, slots=True)
class Problem:
    """A mail that claims to be a receipt and can't be relied on: a person has to look at it.

    :param str code: one of :data:`PROBLEMS`
    :param str detail: the piece at fault, as it was written
    :param str reference: the message that it claims to be about, "" if it doesn't say
    """

    code: str
    detail: str = ""
    reference: str = ""


def read_receipt(message):
    """Read a mail that may be a receipt; nothing in it makes this fail.

    :param message: an :class:`email.message.EmailMessage`, or the mail as bytes
    :return: a :class:`Receipt`; a :class:`Problem`; or None for a mail that doesn't claim to be a receipt, such as a
        certified message from somebody else

    >>> read_receipt(b"From: anna@example.com\\r\\nSubject: Hello\\r\\n\\r\\nGood morning")
    >>> read_receipt(b"X-Ricevuta: avvenuta-consegna\\r\\nFrom: anna@example.com\\r\\n\\r\\nForged")
    Problem(code='not_from_provider', detail='anna@example.com', reference='')
    """
    reference = ""
    try:
        message = message_from_bytes(message) if isinstance(message, bytes) else message
        if not _is_claimed(message):
            return None
        reference = message_id(_header(message, "X-Riferimento-Message-ID"))
        return _read(message, reference)
    except Rejected as problem:
        return Problem(problem.code, problem.detail, reference)
    except STUMBLES as error:
        return Problem("unreadable", type(error).__name__, reference)


def _is_claimed(message):
    """Whether a mail claims to be a receipt: by its header, or by coming from a provider for no other reason."""
    if message.get_all("X-Ricevuta"):
        return True
    return not message.get_all("X-Trasporto") and _is_from_provider(message)


def _read(message, reference):
    """:param str reference: of its header"""
    written_kind = _check_envelope(message)
    certificate = read_certificate(_certificate_file(_signed_part(message)))
    if certificate.written_kind != written_kind:
        raise Rejected("contradiction", f"{written_kind}, {certificate.written_kind}")
    if reference and certificate.reference and reference != certificate.reference:
        raise Rejected("contradiction", f"{reference}, {certificate.reference}")
    kind = WRITTEN_KINDS[written_kind]
    receipt = Receipt(
        kind=kind,
        reference=reference or certificate.reference,
        identifier=certificate.identifier,
        when=certificate.when,
        provider=certificate.provider,
        sender=certificate.sender,
        subject=certificate.subject,
        recipients=certificate.recipients,
        recipient=_recipient(kind, certificate),
        error=certificate.error,
        error_text=certificate.error_text,
        receipt_type=_receipt_type(message, certificate) if kind == DELIVERY else None,
    )
    _check_complete(receipt)
    return receipt


def _check_envelope(message):
    """The kind that the header names, of a mail that looks like a provider's."""
    written_kind = _header(message, "X-Ricevuta").lower()
    if not written_kind:
        raise Rejected("no_receipt_header")
    if message.get_all("X-Trasporto"):
        raise Rejected("anomaly", _header(message, "X-Trasporto"))
    if written_kind not in WRITTEN_KINDS:
        raise Rejected("unknown_kind", written_kind)
    if not _is_from_provider(message):
        raise Rejected("not_from_provider", _header(message, "From"))
    return written_kind


def _is_from_provider(message):
    local_part, at, _domain = parseaddr(_header(message, "From"))[1].partition("@")
    return bool(at) and local_part.lower() == PROVIDER


def _header(message, name):
    """The value of a header, "" without one.

    :raise Rejected: if two of that name differ
    """
    values = {_clean(str(value)) for value in message.get_all(name, [])}
    if len(values) > 1:
        raise Rejected("contradiction", f"{name}: {', '.join(sorted(values))}")
    return values.pop() if values else ""


def _clean(text):
    """A header's text in one line, without characters that no database takes."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _signed_part(message):
    """What the signature covers: the first part of two; whatever else hangs on the mail proves nothing."""
    parts = message.get_payload() if message.get_content_type() == "multipart/signed" else ()
    if len(parts) != 2 or isinstance(parts, str):
        raise Rejected("unsigned", message.get_content_type())
    signed, signature = parts
    content = signature.get_payload(decode=True) or b""
    if signature.get_content_type() not in SIGNATURES or not content.startswith(ASN1_SEQUENCE):
        raise Rejected("unsigned", signature.get_content_type())
    return signed


def _certificate_file(part):
    """The content of the one ``daticert.xml``; the message sent, attached to the receipt, may hold any file."""
    files = [leaf for leaf in _leaves(part) if (leaf.get_filename() or "").strip().lower() == "daticert.xml"]
    if len(files) != 1:
        raise Rejected("several_certificates" if files else "no_certificate")
    return files[0].get_payload(decode=True) or b""


def _leaves(part):
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for each in part.get_payload():
            yield from _leaves(each)
    elif not part.is_multipart():
        yield part


def _recipient(kind, certificate):
    if kind not in (DELIVERY, DELIVERY_FAILED, DELIVERY_DELAYED):
        return None
    known = [recipient.address for recipient in certificate.recipients]
    if certificate.recipient:
        if certificate.recipient.lower() not in {address.lower() for address in known}:
            raise Rejected("contradiction", f"{certificate.recipient}, {', '.join(known)}")
        return certificate.recipient
    if kind == DELIVERY or len(known) != 1:
        raise Rejected("no_recipient", ", ".join(known))
    return known[0]


def _receipt_type(message, certificate):
    in_header = _header(message, "X-TipoRicevuta").lower()
    if in_header and certificate.receipt_type and in_header != certificate.receipt_type:
        raise Rejected("contradiction", f"{in_header}, {certificate.receipt_type}")
    found = certificate.receipt_type or in_header
    if found not in RECEIPT_TYPES:
        raise Rejected("no_receipt_type", found)
    return found


def _check_complete(receipt):
    if not receipt.reference:
        raise Rejected("no_reference")
    if not receipt.identifier:
        raise Rejected("no_identifier")
    if not receipt.recipients:
        raise Rejected("no_recipient")
    if receipt.error and receipt.kind in (ACCEPTANCE, TAKEN_IN_CHARGE, DELIVERY):
        raise Rejected("contradiction", f"{receipt.kind}, {receipt.error}")
