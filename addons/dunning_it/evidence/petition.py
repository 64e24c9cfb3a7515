"""The draft of a petition for an injunction (ricorso per decreto ingiuntivo, art. 633 ff. c.p.c.).

The words are Italian whatever the user reads, since the court reads no other. A fact that is not known leaves a place
like ``[… data]`` in the text, and is listed: nobody files a sentence that quietly lacks something.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..law.court import JUSTICE_OF_PEACE, TRIBUNAL
from ..paper.facts import Addressee, Claim, Sender
from ..paper.figures import ITALIAN, Figures
from ..paper.kinds import Section
from ..paper.wording import fill

MUST, MAY = "must", "may"  # provisional enforcement: art. 642 first and second paragraph
DRAFT = (
    "**BOZZA** composta dal programma con i dati contabili della pratica. Va verificata, completata e sottoscritta da "
    "un professionista prima del deposito; i punti tra parentesi quadre mancano e sono elencati in fondo."
)
COURTS = {JUSTICE_OF_PEACE: "GIUDICE DI PACE DI {place}", TRIBUNAL: "TRIBUNALE DI {place}"}
KINDS = {
    "contract": "contratto",
    "signed_quote": "preventivo sottoscritto",
    "order": "ordine",
    "delivery_note": "documento di trasporto",
    "einvoice": "fattura elettronica",
    "einvoice_unproven": "file della fattura elettronica",
    "invoice": "copia di cortesia della fattura",
    "tax_books_extract": "estratto autentico delle scritture contabili",
    "bill_or_cheque": "cambiale o assegno",
    "notarial_act": "atto notarile",
    "signed_plan": "piano di rientro o riconoscimento di debito",
    "negotiation_closed": "verbale di negoziazione assistita",
    "statement": "estratto conto",
    "interest": "prospetto degli interessi",
    "notice_delivered": "diffida e costituzione in mora, con prova dell'arrivo",
    "notice": "diffida e costituzione in mora",
    "receipt": "ricevuta",
    "correspondence": "corrispondenza",
    "other": "documento",
}
INTEREST = {
    "late_payment": (
        "Sono dovuti gli interessi moratori di cui agli artt. 2, 4 e 5 del D.Lgs. 231/2002, senza necessità di "
        "costituzione in mora, dal giorno successivo alla scadenza di ciascuna fattura e fino al saldo{surcharge}."
    ),
    "legal": (
        "Sono dovuti gli interessi al tasso legale dal giorno successivo alla scadenza (artt. 1219, 1224 e 1284 c.c.) "
        "e, dalla domanda giudiziale, al tasso di cui all'art. 1284, quarto comma, c.c."
    ),
}
SURCHARGE = ", con la maggiorazione prevista per i prodotti agricoli e alimentari (D.Lgs. 198/2021)"
COMPENSATION = (
    "È inoltre dovuto, senza necessità di costituzione in mora, l'importo forfettario di {each} per ciascuna fattura a "
    "titolo di risarcimento dei costi di recupero (art. 6, secondo comma, D.Lgs. 231/2002)."
)
EINVOICES = (
    "Costituiscono prova scritta idonea le fatture elettroniche trasmesse attraverso il Sistema di Interscambio (art. "
    "634, secondo comma, c.p.c., come modificato dal D.Lgs. 164/2024) {exhibits}."
)
ENFORCEMENT = {
    MUST: (
        "Il credito è fondato su cambiale, assegno o atto ricevuto da notaio {exhibits}: ricorrono i presupposti per "
        "l'esecuzione provvisoria ai sensi dell'art. 642, primo comma, c.p.c."
    ),
    MAY: (
        "Il ricorrente produce documentazione sottoscritta dal debitore, comprovante il diritto fatto valere "
        "{exhibits}: ricorrono i presupposti per l'esecuzione provvisoria ai sensi dell'art. 642, secondo comma, c.p.c."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A fact that exhibits prove: an agreement, a notice. ``text`` names it, ``numbers`` are those of the exhibits."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the petition says.

    :param tuple items: for each instalment of the claim, the numbers of the exhibits that are about it
    :param court: of ``law.court``; None where the law of the day is not known
    :param bool alone: whether the party may stand alone; None where that is not known
    :param str enforcement: MUST, MAY or nothing, with the exhibits it rests on in ``enforcing``
    :param tuple debit_notes: the names of those instalments that are interest and costs that were invoiced
    :param tuple entries: the names of those instalments that are no invoice, such as an opening balance
    :param tuple charged: the names of the debit notes that ask for interest already, be they in the claim or not
    :param tuple einvoices: the exhibits that the exchange system has; empty unless they are proof of every invoice
    :param Decimal value: of the claim, which decides on the court; ``fee_value`` what decides on the court ``fee``;
        None where it is not known; all three in euro, whatever the currency of the claim
    :param tuple exhibits: number, kind and name of each
    """

    creditor: Sender
    debtor: Addressee
    claim: Claim
    figures: Figures
    day: date
    items: tuple[tuple[int, ...], ...] = ()
    court: str | None = None
    place: str = ""
    alone: bool | None = None
    representative: str = ""
    consumer: bool = False
    regime: str = "none"
    agro_food: bool = False
    debit_notes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    charged: tuple[str, ...] = ()
    agreements: tuple[Proof, ...] = ()
    deliveries: tuple[int, ...] = ()
    notices: tuple[Proof, ...] = ()
    acknowledgements: tuple[Proof, ...] = ()
    einvoices: tuple[int, ...] = ()
    other_proofs: tuple[int, ...] = ()
    enforcement: str = ""
    enforcing: tuple[int, ...] = ()
    interest_sheet: tuple[int, ...] = ()
    value: Decimal | None = None
    fee_value: Decimal | None = None
    fee: Decimal | None = None
    opposition_days: int | None = None
    exhibits: tuple[tuple[int, str, str], ...] = ()


class Gaps:
    """The facts that were asked for and are not there.

    >>> gaps = Gaps()
    >>> gaps.or_gap("", "data"), gaps.or_gap("Torino", "luogo"), gaps.or_gap(None, "data"), gaps.names
    ('[… data]', 'Torino', '[… data]', ['data'])
    >>> gaps.or_gap(0, "valore"), gaps.or_gap(False, "valore")
    (0, '[… valore]')
    """

    def __init__(self):
        self.names = []

    def or_gap(self, fact, name):
        """The fact (0 is one), or a place to fill in by hand; the name of what is missing is kept."""
        if fact or (fact == 0 and fact is not False):
            return fact
        if name not in self.names:
            self.names.append(name)
        return f"[… {name}]"


def cite(numbers):
    """How exhibits are referred to.

    >>> cite([4]), cite([3, 1, 2, 7]), cite([])
    ('(doc. 4)', '(docc. 1-3, 7)', '')
    """
    runs = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return f"({'docc.' if len(set(numbers)) > 1 else 'doc.'} {', '.join(parts)})" if parts else ""


class Draft:
    """The heading and the sections of the petition, and what is missing from them.

    :ivar list gaps: names of what is missing, in the order in which it is read
    """

    def __init__(self, facts):
        self.facts, self._gaps = facts, Gaps()
        self.heading = (self._court(), "RICORSO PER DECRETO INGIUNTIVO", "ai sensi degli artt. 633 e seguenti c.p.c.")
        self.sections = tuple(self._sections())
        self.signatory = self._signatory()
        self.place_date = f"{self._gap(self.facts.place, 'luogo')}, {self._gap('', 'data del deposito')}"
        self.gaps = self._gaps.names
        if self.gaps:
            listed = tuple(f"{name};" for name in self.gaps)
            self.sections += (Section(heading="DA COMPLETARE (da togliere prima del deposito)", paragraphs=listed),)

    def _gap(self, fact, name):
        return self._gaps.or_gap(fact, name)

    def _fill(self, text, /, **values):
        return fill(text, values)

    def _court(self):
        place = self._gap(self.facts.place.upper(), "luogo dell'ufficio giudiziario competente per territorio")
        pattern = COURTS.get(self.facts.court) or self._gap("", "ufficio giudiziario competente per valore")
        return self._fill(pattern, place=place)

    def _sections(self):
        yield Section(paragraphs=(DRAFT,))
        yield Section(paragraphs=(self._creditor(), self._debtor()))
        yield Section(heading="PREMESSO CHE", numbered=True, paragraphs=tuple(self._story()))
        yield Section(heading="IN DIRITTO", paragraphs=tuple(self._law()))
        yield Section(heading="CHIEDE", paragraphs=(self._request(), *self._amounts(), *self._clause()))
        yield Section(heading="DICHIARAZIONE DI VALORE", paragraphs=(self._value(),))
        yield Section(heading="SI PRODUCONO", paragraphs=tuple(self._exhibits()))

    # === PARTIES === #

    def _creditor(self):
        creditor = self.facts.creditor
        return self._fill(
            "**{name}**, con sede in {address}, {numbers}, PEC {pec}, in persona di {who}, {stands} (di seguito “il "
            "ricorrente”),",
            name=creditor.name,
            address=self._gap(", ".join(creditor.address), "sede del creditore"),
            numbers=self._numbers(creditor, "del creditore"),
            pec=self._gap(creditor.pec, "PEC del creditore"),
            who=self._gap(self.facts.representative, "legale rappresentante del creditore"),
            stands=self._stands(),
        )

    def _stands(self):
        if self.facts.alone:
            return "che sta in giudizio personalmente ai sensi dell'art. 82 c.p.c."
        lawyer = self._gap("", "avvocato: nome, codice fiscale, PEC e domicilio")
        return f"rappresentato e difeso, giusta procura in atti, da {lawyer}"

    def _debtor(self):
        debtor = self.facts.debtor
        return self._fill(
            "nei confronti di **{name}**, {seat} in {address}, {numbers}, PEC {pec} (di seguito “il debitore”).",
            name=debtor.name,
            seat="residente" if self.facts.consumer else "con sede",
            address=self._gap(", ".join(debtor.lines), "indirizzo del debitore"),
            numbers=self._numbers(debtor, "del debitore"),
            pec=debtor.pec or "non nota" if self.facts.consumer else self._gap(debtor.pec, "PEC del debitore"),
        )

    def _numbers(self, party, whose):
        parts = [("C.F.", party.tax_code), ("P. IVA", party.vat)]
        known = ", ".join(f"{label} {number}" for label, number in parts if number)
        return self._gap(known, f"codice fiscale {whose}")

    # === FACTS === #

    def _story(self):
        facts = self.facts
        yield self._agreement()
        if facts.deliveries:
            yield self._fill(
                "la consegna risulta dai documenti di trasporto {exhibits};", exhibits=cite(facts.deliveries)
            )
        for instalment, numbers in zip(facts.claim.instalments, facts.items, strict=True):
            yield self._instalment(instalment, numbers)
        if facts.claim.credits:
            yield self._fill(
                "dal credito sono detratti note di credito e pagamenti non ancora imputati per {amount};",
                amount=self._money(facts.claim.credited),
            )
        for notice in facts.notices:
            yield self._fill("{text} {exhibits};", text=notice.text, exhibits=cite(notice.numbers))
        for word in facts.acknowledgements:
            yield self._fill(
                "il debitore ha riconosciuto il debito: {text} {exhibits};", text=word.text, exhibits=cite(word.numbers)
            )
        yield self._fill(
            "il credito residuo in linea capitale{included} ammonta a **{net}**, oltre interessi e spese.",
            included=self._included(),
            net=self._principal(),
        )

    def _agreement(self):
        parts = [
            self._fill("{text} {exhibits}", text=proof.text, exhibits=cite(proof.numbers)).strip()
            for proof in self.facts.agreements
        ]
        text = "; ".join(parts) or self._gap("", "contratto o ordine da cui nasce il credito")
        return (
            f"il ricorrente ha fornito al debitore i beni e i servizi delle fatture che seguono, in forza di: {text};"
        )

    def _instalment(self, instalment, numbers):
        is_note = instalment.document in self.facts.debit_notes
        is_entry = instalment.document in self.facts.entries
        paid = instalment.paid and f", di cui {self._money(instalment.paid)} già pagati o accreditati"
        return self._fill(
            "{kind} **{document}**{about} del {day}, scaduta il {due}, di {original}{paid}: residuo {residual} "
            "{exhibits};",
            kind="nota di debito" if is_note else "scrittura contabile" if is_entry else "fattura",
            about=" per interessi e spese" if is_note else "",
            document=instalment.document,
            day=self.facts.figures.day(instalment.document_date),
            due=self.facts.figures.day(instalment.due_date),
            original=self._money(instalment.original),
            paid=paid or "",
            residual=self._money(instalment.residual),
            exhibits=cite(numbers) or self._gap("", f"{'documenti' if is_entry else 'fatture'} da produrre"),
        )

    # === LAW === #

    def _law(self):
        facts = self.facts
        yield "Il credito è certo, liquido ed esigibile e si fonda su prova scritta (artt. 633 e 634 c.p.c.)."
        if facts.einvoices:
            yield self._fill(EINVOICES, exhibits=cite(facts.einvoices))
        if facts.other_proofs:
            yield self._fill(
                "Costituiscono inoltre prova scritta i documenti prodotti {exhibits}.",
                exhibits=cite(facts.other_proofs),
            )
        if not (facts.einvoices or facts.other_proofs):
            yield self._gap("", "prova scritta del credito, artt. 633 e 634 c.p.c.")
        if facts.regime in INTEREST:
            yield self._fill(INTEREST[facts.regime], surcharge=SURCHARGE if facts.agro_food else "")
            if facts.debit_notes:
                yield self._fill(
                    "Sulle note di debito per interessi e spese ({names}) non si chiedono interessi (art. 1283 c.c.).",
                    names=", ".join(facts.debit_notes),
                )
        if facts.claim.compensated:
            yield self._fill(COMPENSATION, each=self._money(facts.claim.compensation))
        yield self._competence()
        if facts.enforcement:
            yield self._fill(ENFORCEMENT[facts.enforcement], exhibits=cite(facts.enforcing))

    def _competence(self):
        rule = (
            "al foro di residenza o domicilio del consumatore (art. 66-bis, D.Lgs. 206/2005)"
            if self.facts.consumer
            else "secondo gli artt. 19 e 20 c.p.c."
        )
        value = self.facts.value
        return self._fill(
            "Il Giudice adito è competente per valore (artt. 7, 9 e 10 c.p.c.), la domanda valendo {value}, e per "
            "territorio {rule}: {place}.",
            value=self._gap(value is not None and ITALIAN.money(value), "valore della domanda"),
            rule=rule,
            place=self._gap("", "criterio di competenza per territorio"),
        )

    # === REQUEST === #

    def _request(self):
        days = self._gap(self.facts.opposition_days, "giorni per l'opposizione, art. 641 c.p.c.")
        when = "immediatamente" if self.facts.enforcement else f"entro {days} giorni dalla notifica"
        return self._fill(
            "che il Giudice adito voglia ingiungere a **{debtor}** di pagare {when} a **{creditor}**:",
            debtor=self.facts.debtor.name,
            creditor=self.facts.creditor.name,
            when=when,
        )

    def _amounts(self):
        claim = self.facts.claim
        yield self._fill(
            "a) {amount} per capitale{included};",
            amount=self._principal(),
            included=self._included().rstrip(","),
        )
        if self.facts.regime in INTEREST:
            charged = self.facts.charged
            yield self._fill(
                "b) gli interessi come sopra, dal giorno successivo a ciascuna scadenza al saldo{charged}{accrued};",
                charged=f", esclusi quelli già fatturati con {', '.join(charged)}" if charged else "",
                accrued=self._accrued(),
            )
        if claim.compensated:
            yield self._fill(
                "c) {amount} per l'importo forfettario di cui all'art. 6 del D.Lgs. 231/2002 (fatture: {count});",
                amount=self._money(claim.compensation_amount),
                count=claim.compensated,
            )
        yield "d) le spese e i compensi del procedimento, oltre accessori di legge."

    def _principal(self):
        net = self.facts.claim.net
        return self._gap(net > 0 and self._money(net), "capitale, che i crediti del debitore coprono")

    def _included(self):
        return ", compresi gli interessi e le spese già fatturati," if self.facts.debit_notes else ""

    def _accrued(self):
        claim = self.facts.claim
        if not (claim.until and claim.interest):
            return ""
        if any(stretch.provisional for stretch in claim.stretches):
            return f", maturati {self._gap('', 'interessi: manca il tasso di un periodo')}"
        day, sheet = self.facts.figures.day(claim.until), cite(self.facts.interest_sheet)
        return f", maturati al {day} per {self._money(claim.interest_amount)} {sheet}".rstrip()

    def _clause(self):
        if self.facts.enforcement:
            days = self._gap(self.facts.opposition_days, "giorni per l'opposizione, art. 641 c.p.c.")
            yield (
                "autorizzando l'esecuzione provvisoria del decreto ai sensi dell'art. 642 c.p.c. e fissando il termine "
                f"di {days} giorni ai soli effetti dell'opposizione."
            )

    def _value(self):
        value, fee = self.facts.fee_value, self.facts.fee
        return self._fill(
            "Ai fini del contributo unificato (artt. 13 e 14 D.P.R. 115/2002) si dichiara che il valore del "
            "procedimento è di {value}; il contributo dovuto, ridotto alla metà per il procedimento monitorio, è "
            "di {fee}.",
            value=self._gap(value is not None and ITALIAN.money(value), "valore del procedimento"),
            fee=self._gap(fee is not None and ITALIAN.money(fee), "contributo unificato"),
        )

    def _exhibits(self):
        for number, kind, name in self.facts.exhibits:
            yield self._fill("{number}) {kind}: {name}", number=number, kind=KINDS.get(kind, KINDS["other"]), name=name)

    def _signatory(self):
        if self.facts.alone:
            return self._gap(self.facts.representative, "legale rappresentante del creditore")
        return f"Avv. {self._gap('', 'nome di chi sottoscrive')}"

    def _money(self, amount):
        return self.facts.figures.money(amount)
