"""Blocks of a letter that are not tables: how to pay, where to sign, what is enclosed."""

from reportlab.platypus import HRFlowable, KeepTogether, Spacer, Table

from . import look
from .look import mm
from .pairs import pair_table
from .qr import Code
from .transfer import grouped, payload
from .typesetter import PADDING

_CODE = 31 * mm  # with its quiet margin
_CODE_COLUMN = 40 * mm
_INK = 18 * mm  # room to sign by hand
_SIGNATURE = 78 * mm


def payment_box(setter, payment, claim):
    """Amount, account and reference, with a code to scan; nothing where nothing is to be paid."""
    amount = claim.total if payment.amount is None else payment.amount
    if amount <= 0:
        return []
    code = _code(setter, payment, amount)
    right = _CODE_COLUMN if code else 0
    inner = look.WIDTH - right
    blocks = [_particulars(setter, payment, amount, inner - 6 * mm)]
    if payment.other_forms:
        blocks += [Spacer(1, 4), setter.plain(payment.other_forms, "small")]
    row = [blocks, [code, setter.plain(setter.labels.scan, "scan")]] if code else [blocks]
    style = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.6, look.RULE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.6, look.RULE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (1, 0), (-1, -1), "CENTER"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    box = Table([row], [inner, right] if code else [inner], style=style, spaceAfter=10)
    return [KeepTogether([setter.heading(setter.labels.payment), box])]


def _particulars(setter, payment, amount, width):
    labels = setter.labels
    amount, iban = setter.figures.money(amount), grouped(payment.iban)
    pairs = (
        (labels.amount, amount),
        (labels.beneficiary, payment.beneficiary),
        (labels.iban, iban),
        (labels.bic, payment.bic),
        (labels.bank, payment.bank),
        (labels.reference, payment.reference),
    )
    return pair_table(setter, pairs, width, bold=(amount, iban))


def _code(setter, payment, amount):
    """The EPC code; None in another currency or where the account cannot be right."""
    if setter.figures.currency != "EUR":
        return None
    text = payload(payment.beneficiary, payment.iban, amount, payment.reference, payment.bic)
    return Code(text, _CODE) if text else None


def signature_block(setter, signature):
    """Greeting, who signs and in what role, and room for ink; in one piece on the right half."""
    blocks = []
    if signature.greeting:
        blocks.append(setter.plain(signature.greeting, "greeting"))
    blocks.append(setter.plain(setter.paper.sender.name, "signer"))
    person = [setter.plain(text, style) for text, style in ((signature.name, "sign"), (signature.role, "role")) if text]
    if signature.ink:
        line = HRFlowable(width="100%", thickness=0.5, color=look.RULE, spaceBefore=_INK, spaceAfter=2)
        person = [line, setter.plain(setter.labels.signature, "ink"), *person]
    blocks += person
    style = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0)]
    return Table([[blocks]], [_SIGNATURE], style=style, hAlign="RIGHT", spaceBefore=4, spaceAfter=6)


def attachment_list(setter, names):
    """The names of what is enclosed."""
    if not names:
        return []
    rows = [setter.plain(f"{number}. {name}", "item") for number, name in enumerate(names, 1)]
    return [KeepTogether([setter.heading(setter.labels.attachments), *rows[:4]]), *rows[4:], Spacer(1, 6)]


def privacy_line(setter, text):
    """The small print on personal data, if there is any."""
    return [setter.plain(text, "small")] if text else []
