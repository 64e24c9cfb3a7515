"""Builders of papers for the tests, which need no database."""

import io
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from PIL import Image, ImageDraw
from pypdf import PdfReader

import odoo.addons.web

from ..paper.draw import draw
from ..paper.facts import (
    Addressee,
    Claim,
    Cost,
    Credit,
    Document,
    Instalment,
    InterestLine,
    Payment,
    Sender,
    Signature,
    Stretch,
)
from ..paper.figures import ENGLISH, ITALIAN
from ..paper.fonts import FontFiles
from ..paper.kinds import EvidenceIndex, FormalNotice, InterestSheet, Letter, Petition, Reminder, Section
from ..paper.labels import Labels

settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")

FONTS = FontFiles.find(Path(odoo.addons.web.__file__).parent / "static" / "fonts")
IBAN = "IT60X0542811101000000123456"

ITALIAN_LABELS = Labels(
    page="Pagina %(page)s di %(pages)s",
    vat="P. IVA",
    tax_code="C.F.",
    pec="PEC",
    email="E-mail",
    phone="Tel.",
    bank="Banca",
    subject="Oggetto:",
    attachments="Allegati",
    statement="Partite scadute",
    amounts_in="importi in %(currency)s",
    document="Documento",
    document_date="Data",
    due_date="Scadenza",
    original="Importo",
    paid="Pagato",
    residual="Residuo",
    days_late="Giorni di ritardo",
    instalments_total="Totale scaduto",
    net_total="Totale al netto dei crediti",
    interest_title="Interessi di mora",
    due_on="scadenza %(date)s",
    from_day="Dal",
    to_day="Al",
    days="Giorni",
    base="Capitale",
    rate="Tasso",
    interest="Interessi",
    interest_total="Totale interessi",
    provisional="Tasso del semestre non ancora pubblicato: periodo provvisorio, interessi non calcolati.",
    unconfirmed="Tasso non ancora confermato.",
    totals="Riepilogo",
    principal="Capitale residuo",
    credits="Note di credito e acconti da detrarre",
    interest_until="Interessi di mora al %(date)s",
    compensation="Importo forfettario, art. 6 D.Lgs. 231/2002 (%(count)s × %(each)s)",
    total="Totale da pagare",
    total_at="Totale dovuto al %(date)s",
    daily="Per ogni giorno successivo al %(date)s: %(amount)s",
    payment="Coordinate per il pagamento",
    amount="Importo",
    beneficiary="Beneficiario",
    iban="IBAN",
    bic="BIC",
    reference="Causale",
    scan="Inquadrare con l'app della banca",
    signature="Firma",
    number="N.",
    kind="Tipo",
    date="Data",
    pages="Pagine",
    fingerprint="SHA-256",
    event="Evento",
    detail="Dettaglio",
    documents_total="%(documents)s documenti, %(pages)s pagine",
)
ENGLISH_LABELS = Labels(
    page="Page %(page)s of %(pages)s",
    vat="VAT no.",
    tax_code="Tax code",
    pec="Certified mail",
    email="E-mail",
    phone="Tel.",
    bank="Bank",
    subject="Subject:",
    attachments="Enclosures",
    statement="Overdue items",
    amounts_in="amounts in %(currency)s",
    document="Document",
    document_date="Date",
    due_date="Due date",
    original="Amount",
    paid="Paid",
    residual="Open",
    days_late="Days late",
    instalments_total="Total overdue",
    net_total="Total less credits",
    interest_title="Late-payment interest",
    due_on="due on %(date)s",
    from_day="From",
    to_day="To",
    days="Days",
    base="Principal",
    rate="Rate",
    interest="Interest",
    interest_total="Total interest",
    provisional="The rate of this half-year is not published yet: no interest is reckoned for the period.",
    unconfirmed="Rate not confirmed yet.",
    totals="Summary",
    principal="Open principal",
    credits="Credit notes and payments to subtract",
    interest_until="Late-payment interest up to %(date)s",
    compensation="Flat compensation (%(count)s × %(each)s)",
    total="Total to pay",
    total_at="Total due at %(date)s",
    daily="For each further day after %(date)s: %(amount)s",
    payment="How to pay",
    amount="Amount",
    beneficiary="Beneficiary",
    iban="IBAN",
    bic="BIC",
    reference="Reference",
    scan="Scan with your banking app",
    signature="Signature",
    number="No.",
    kind="Kind",
    date="Date",
    pages="Pages",
    fingerprint="SHA-256",
    event="Event",
    detail="Detail",
    documents_total="%(documents)s documents, %(pages)s pages",
)
SENDER = Sender(
    name="Officina Meccanica Rossi S.r.l.",
    address=("Via dell'Artigianato 12", "10121 Torino (TO)"),
    vat="IT01234567890",
    tax_code="01234567890",
    pec="officinarossi@pec.example.it",
    email="amministrazione@officinarossi.example",
    phone="+39 011 555 0101",
    bank="Banca del Po, IBAN IT60 X054 2811 1010 0000 0123 456",
)
DEBTOR = Addressee(
    name="Carrozzeria Bianchi & Figli S.n.c.",
    lines=("Corso Giulio Cesare 100", "20131 Milano (MI)"),
    vat="IT09876543210",
    tax_code="09876543210",
    pec="bianchi@pec.example.it",
)
PAYMENT = Payment(
    beneficiary=SENDER.name,
    iban=IBAN,
    bic="BPMOIT22XXX",
    bank="Banca del Po",
    reference="MM/2026/0012",
    other_forms="In alternativa: addebito diretto SEPA o assegno circolare, da concordare con il nostro ufficio.",
)
SIGNATURE = Signature(name="Maria Rossi", role="Legale rappresentante", greeting="Distinti saluti.")
UNTIL = date(2026, 11, 27)
PRIVACY = "I dati personali sono trattati ai soli fini della gestione del credito (art. 13 Reg. UE 2016/679)."


def instalments(count=3):
    """Instalments with documents that occur nowhere else; each open for 1000 + its number."""
    first = date(2026, 1, 31)
    return tuple(
        Instalment(
            document=f"FT/2026/{number:05}",
            document_date=first + timedelta(number - 30),
            due_date=first + timedelta(number),
            original=Decimal(1220 + number),
            paid=Decimal(220),
            residual=Decimal(1000 + number),
            days_late=(UNTIL - first).days - number,
        )
        for number in range(1, count + 1)
    )


def interest(lines):
    """Two stretches an instalment: a half-year with its rate, and the next, for which none is known."""
    edge = date(2026, 6, 30)
    return tuple(
        InterestLine(
            document=line.document,
            due_date=line.due_date,
            stretches=(
                _stretch(line, line.due_date + timedelta(1), edge, Decimal("10.15")),
                _stretch(line, edge + timedelta(1), UNTIL, None),
            ),
        )
        for line in lines
    )


def _stretch(line, start, end, rate):
    days = (end - start).days + 1
    amount = line.residual * (rate or 0) * days / 36500
    return Stretch(start=start, end=end, days=days, base=line.residual, rate=rate, amount=amount)


def claim(count=3, **values):
    owed = instalments(count)
    defaults = {
        "instalments": owed,
        "credits": (Credit(document="NC/2026/00003", document_date=date(2026, 3, 3), amount=Decimal("120.50")),),
        "interest": interest(owed),
        "compensation": Decimal(40),
        "compensated": count,
        "costs": (Cost(label="Spese postali", amount=Decimal("7.40")),),
        "until": UNTIL,
        "daily": Decimal("0.83"),
    }
    return Claim(**{**defaults, **values})


def letter(kind=Letter, **values):
    """A letter of any kind, in Italian."""
    defaults = {
        "title": "Lettera MM/2026/0012",
        "sender": SENDER,
        "labels": ITALIAN_LABELS,
        "figures": ITALIAN,
        "addressee": DEBTOR,
        "place_date": "Torino, 27 novembre 2026",
        "references": (("Ns. rif.", "MM/2026/0012"), ("Mezzo", "Raccomandata A/R n. 15312345678-9")),
        "subject": "Estratto conto al 27/11/2026",
        "opening": (
            "Spettabile **Carrozzeria Bianchi & Figli**, così sta il Vostro conto perché possiate verificarlo.",
        ),
        "closing": ("Se il pagamento è già avvenuto, Vi preghiamo di non tenere conto di questa lettera.",),
        "signature": SIGNATURE,
        "attachments": ("Fattura FT/2026/00001", "Fattura FT/2026/00002"),
        "privacy": PRIVACY,
    }
    own = {field.name for field in fields(kind)}
    return kind(**{name: value for name, value in {**defaults, **values}.items() if name in own})


def reminder(count=3, **values):
    owed = claim(count, interest=(), compensated=0, costs=(), until=None, daily=None)
    return letter(Reminder, **{"claim": owed, "payment": PAYMENT, "signature": replace(SIGNATURE, ink=False), **values})


def notice(count=3, **values):
    defaults = {
        "claim": claim(count),
        "payment": PAYMENT,
        "subject": "Intimazione di pagamento e costituzione in mora, art. 1219 c.c.",
        "opening": (
            "in relazione alla fornitura di cui all'ordine **ORD/2025/0417** del 12/11/2025 e ai documenti di "
            "trasporto allegati, i seguenti importi risultano scaduti e non pagati.",
        ),
        "demand": "Vi **intimiamo di pagare** l'importo totale entro **15 giorni** dal ricevimento della presente.",
        "effect": "La presente vale come costituzione in mora (art. 1219 c.c.) e interrompe la prescrizione.",
        "next_step": "In mancanza, ci riserviamo di tutelare il nostro credito nelle sedi competenti.",
        "contact": "Per contestazioni o per concordare un piano di rientro: **Anna Verdi**, tel. +39 011 555 0102.",
        "already_paid": "Se il pagamento è già avvenuto, Vi preghiamo di comunicarcene gli estremi.",
        "closing": (),
    }
    return letter(FormalNotice, **{**defaults, **values})


def sheet(count=3, **values):
    defaults = {
        "title": "Prospetto degli interessi di mora",
        "claim": claim(count),
        "particulars": (("Debitore", DEBTOR.name), ("Pratica", "PR/2026/0007"), ("Calcolo al", "27/11/2026")),
        "notes": ("Tasso BCE del semestre più 8 punti (D.Lgs. 231/2002, art. 2 e 5); anno civile di 365 giorni.",),
    }
    return letter(InterestSheet, **{**defaults, **values})


def index(count=5, **values):
    documents = tuple(
        Document(
            name=f"Fattura FT/2026/{number:05}.pdf",
            kind="Fattura elettronica",
            date=date(2026, 1, number % 28 + 1),
            pages=2,
            sha256=f"{number:064x}",
        )
        for number in range(1, count + 1)
    )
    defaults = {
        "title": "Indice del fascicolo",
        "documents": documents,
        "particulars": (("Debitore", DEBTOR.name), ("Pratica", "PR/2026/0007")),
        "notes": ("L'impronta SHA-256 permette di verificare che il documento non sia stato modificato.",),
    }
    return letter(EvidenceIndex, **{**defaults, **values})


def petition(facts=6, **values):
    defaults = {
        "title": "Bozza di ricorso per decreto ingiuntivo",
        "watermark": "BOZZA",
        "signature": Signature(name=SIGNATURE.name, role=SIGNATURE.role),
        "heading": ("GIUDICE DI PACE DI TORINO", "RICORSO PER DECRETO INGIUNTIVO"),
        "sections": (
            Section(paragraphs=(f"La società **{SENDER.name}**, in persona del legale rappresentante,",)),
            Section(
                heading="PREMESSO CHE",
                numbered=True,
                paragraphs=tuple(f"fatto {number}: la merce è stata consegnata." for number in range(1, facts + 1)),
            ),
            Section(heading="CHIEDE", paragraphs=("che venga ingiunto il pagamento.",)),
        ),
        "attachments": ("Fatture", "Estratto autentico"),
    }
    return letter(Petition, **{**defaults, **values})


def english(build, *args, **values):
    """The same kind in English, whose words are not the point."""
    return build(*args, **{"labels": ENGLISH_LABELS, "figures": ENGLISH, "language": "en", **values})


def logo(width, height, colour=(20, 80, 140, 255)):
    """A picture with a transparent ground and a frame that shows its edges."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    edge = max(2, min(width, height) // 12)
    ImageDraw.Draw(picture).rectangle((0, 0, width - 1, height - 1), outline=colour, width=edge)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def pages(paper, files=FONTS):
    """The text of each page."""
    return texts(draw(paper, files))


def texts(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
