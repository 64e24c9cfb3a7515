"""What stands on each kind of paper, from top to bottom, as Platypus reads it."""

from functools import singledispatch

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from . import look
from .boxes import attachment_list, payment_box, privacy_line, signature_block
from .kinds import Chronicle, EvidenceIndex, FormalNotice, InterestSheet, Letter, Petition, Reminder
from .look import mm
from .pairs import pair_table
from .tables import document_table, event_table, instalment_table, interest_notes, interest_table, total_table

_HEAD_ROOM = 38 * mm  # a heading, the head of its table and three rows


@singledispatch
def tell(paper, setter):
    """The flowables of a paper."""
    raise TypeError(f"No letter is drawn from {type(paper).__name__}.")


@tell.register
def _letter(paper: Letter, setter):
    return [*_opening(paper, setter), *_ending(paper, setter, paper.closing)]


@tell.register
def _reminder(paper: Reminder, setter):
    story = [*_opening(paper, setter), *_statement(setter, paper.claim)]
    if paper.payment:
        story += payment_box(setter, paper.payment, paper.claim)
    return story + _ending(paper, setter, paper.closing)


@tell.register
def _formal_notice(paper: FormalNotice, setter):
    claim = paper.claim
    story = [*_opening(paper, setter), *_statement(setter, claim), *_interest(setter, claim), *_totals(setter, claim)]
    story.append(setter.rich(paper.demand))
    if paper.payment:
        story += payment_box(setter, paper.payment, claim)
    texts = (paper.effect, paper.next_step, paper.contact, paper.already_paid, *paper.closing)
    return story + _ending(paper, setter, [text for text in texts if text])


@tell.register
def _interest_sheet(paper: InterestSheet, setter):
    story = [*_title(paper, setter), *_statement(setter, paper.claim), *_interest(setter, paper.claim)]
    story += _totals(setter, paper.claim)
    return story + [setter.rich(note, "small") for note in paper.notes]


@tell.register
def _evidence_index(paper: EvidenceIndex, setter):
    labels = setter.labels
    pages = sum(document.pages or 0 for document in paper.documents)
    count = labels.documents_total % {"documents": len(paper.documents), "pages": pages}
    story = [*_title(paper, setter), document_table(setter, paper.documents), setter.plain(count, "small")]
    return [*story, Spacer(1, 6), *(setter.rich(note, "small") for note in paper.notes)]


@tell.register
def _chronicle(paper: Chronicle, setter):
    notes = (setter.rich(note, "small") for note in paper.notes)
    return [*_title(paper, setter), event_table(setter, paper.events), Spacer(1, 6), *notes]


@tell.register
def _petition(paper: Petition, setter):
    story = [setter.plain(line, "centre") for line in paper.heading]
    story.append(Spacer(1, 10))
    number = 0
    for section in paper.sections:
        if section.heading:
            story.append(setter.plain(section.heading, "section"))
        for text in section.paragraphs:
            if section.numbered:
                number += 1
                story.append(setter.rich(text, "numbered", bulletText=f"{number}."))
            else:
                story.append(setter.rich(text))
    end = attachment_list(setter, paper.attachments)
    if paper.place_date:
        end.append(setter.plain(paper.place_date, "place"))
    if paper.signature:
        end.append(signature_block(setter, paper.signature))
    last = paper.sections[-1:]
    kept = 2 if last and last[0].heading and len(last[0].paragraphs) == 1 else 1  # a heading goes with its paragraph
    return [*story[:-kept], KeepTogether([*story[-kept:], *end])]


def _opening(paper, setter):
    yield setter.rich(f"{setter.labels.subject} {paper.subject}", "subject")
    for text in paper.opening:
        yield setter.rich(text)


def _ending(paper, setter, texts):
    """Closing paragraphs, signature, enclosures. The signature never stands on a page without words above it."""
    paragraphs = [setter.rich(text) for text in texts]
    if paper.signature:
        block = signature_block(setter, paper.signature)
        paragraphs[-1:] = [KeepTogether([*paragraphs[-1:], block])]
    return [*paragraphs, *attachment_list(setter, paper.attachments), *privacy_line(setter, paper.privacy)]


def _title(paper, setter):
    yield setter.plain(paper.title, "title")
    if any(value for _label, value in paper.particulars):
        yield pair_table(setter, paper.particulars, look.WIDTH)
    yield Spacer(1, 8)


def _statement(setter, claim):
    if claim.instalments or claim.credits:
        remark = setter.labels.amounts_in % {"currency": setter.figures.currency}
        yield from _headed(setter.heading(setter.labels.statement, remark), instalment_table(setter, claim))


def _interest(setter, claim):
    if claim.interest:
        yield from _headed(setter.heading(setter.labels.interest_title), interest_table(setter, claim))
        yield from interest_notes(setter, claim)


def _totals(setter, claim):
    block = [setter.heading(setter.labels.totals), total_table(setter, claim)]
    if claim.daily and claim.until:
        values = {"date": setter.figures.day(claim.until), "amount": setter.figures.money(claim.daily)}
        block.append(setter.plain(setter.labels.daily % values, "daily"))
    yield KeepTogether(block)


def _headed(heading, table):
    """A table that may fill pages under its heading, which is kept from standing alone at the foot of one."""
    return [CondPageBreak(_HEAD_ROOM), heading, table]
