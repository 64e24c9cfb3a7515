"""The draft of a petition for an injunction, with the facts of the case."""

from dataclasses import replace

from odoo import models

from ..evidence.petition import MAY, MUST, Draft, Facts, Proof
from ..law import routes
from ..law.compensation import CONSUMER
from ..law.documents import ENFORCEABLE, SIGNED_BY_DEBTOR
from ..law.outlines import INJUNCTION
from ..law.reading import Reading, euros
from ..paper.facts import Signature
from ..paper.figures import ITALIAN
from ..paper.kinds import Petition
from .dunning_charge import INTEREST
from .dunning_paper import address_lines

AGREEMENTS = {"contract": "contratto", "signed_quote": "preventivo", "order": "ordine"}
ENFORCEMENT = {"enforceable_at_once": MUST, "may_be_enforceable_at_once": MAY}
UNPRODUCED = ("mail", "log")  # for the lawyer, who decides what of it the court gets
LOST = ("returned", "failed")  # unless they count as arrived
CHANNELS = {"pec": "PEC", "registered": "lettera raccomandata"}


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _prepare_petition(self, files, wishes):
        """The draft, whose exhibits are the files of an evidence file in their order.

        :param files: see :class:`..evidence.archive.File`
        :param wishes: see :class:`.dunning_evidence_gathering.Wishes`
        :return: pair of the paper and the names of what is missing from it
        """
        self.ensure_one()
        draft = Draft(self._get_petition_facts(files, wishes))
        paper = Petition(
            **{**self._get_paper_head(), "language": "it", "figures": self._get_italian_figures()},
            title="Bozza di ricorso per decreto ingiuntivo",
            watermark="BOZZA",
            heading=draft.heading,
            sections=draft.sections,
            place_date=draft.place_date,
            signature=Signature(name=draft.signatory),
        )
        return paper, draft.gaps

    def _get_italian_figures(self):
        return replace(self._get_figures(), number=ITALIAN.number, day=ITALIAN.day)

    def _get_petition_facts(self, files, wishes):
        """All that the draft of the petition tells, each fact with the numbers of the exhibits that prove it."""
        numbered = list(enumerate(files, 1))
        lines = self.line_ids.filtered(lambda line: line.state == "active")
        pec = self.partner_id.dunning_pec or self.partner_id.l10n_it_pec_email or ""
        notes = self.env["dunning.charge"]._get_charged(lines.move_id).notes.sorted("id")
        return Facts(
            creditor=self._get_sender_facts(),
            debtor=replace(self._get_addressee_facts(), lines=address_lines(self.partner_id), pec=pec),
            claim=self._get_claim(wishes.day, lines),
            figures=self._get_italian_figures(),
            day=wishes.day,
            items=tuple(_numbers(numbered, "einvoice", "einvoice_unproven", "invoice", about=line) for line in lines),
            place=wishes.place,
            representative=self.company_id.dunning_signatory or "",
            consumer=self.policy_id.audience == CONSUMER,
            regime=self.policy_id.interest_regime or "none",
            agro_food=self.policy_id.is_agro_food,
            debit_notes=tuple((notes & lines.move_id).mapped("name")),
            entries=tuple(lines.move_id.filtered(lambda move: move.move_type == "entry").mapped("name")),
            charged=tuple(
                note.name if note.state == "posted" else note.display_name
                for note in notes
                if INTEREST in note.dunning_charge_ids.mapped("kind")
            ),
            agreements=tuple(_get_agreements(numbered)),
            deliveries=_numbers(numbered, "delivery_note"),
            notices=tuple(self._get_notice_proofs(numbered)),
            acknowledgements=tuple(self._get_acknowledgements(numbered)),
            interest_sheet=_numbers(numbered, "interest"),
            exhibits=tuple((number, file.kind, file.path) for number, file in numbered if file.kind not in UNPRODUCED),
            **self._get_law_facts(numbered, wishes.day),
        )

    def _get_law_facts(self, numbered, day):
        """What the law says of the injunction on the day: court, fee, terms, and what the claim rests on."""
        claim, table = self._get_law_claim(day), self.env["dunning.legal.value"]._get_table()
        law, way = Reading(table, day), self._get_injunction(day, claim)
        outline, codes = way.outline, claim.documents
        enforcement = next((ENFORCEMENT[code] for code in outline.remarks if code in ENFORCEMENT), "")
        enforcing = {MUST: ENFORCEABLE, MAY: SIGNED_BY_DEBTOR}.get(enforcement, ())
        proofs = [code for need in outline.needs if need.code == "written_proof" for code in need.any_of]
        other = [code for code in proofs if code in codes and code != "einvoice"]
        is_proof = "einvoice" in codes and "einvoice" in proofs
        days = {deadline.code: deadline.length for deadline in outline.deadlines}
        return {
            "court": outline.court,
            "alone": outline.alone,
            "einvoices": _numbers(numbered, "einvoice") if is_proof else (),
            "other_proofs": _numbers(numbered, *other),
            "enforcement": enforcement,
            "enforcing": _numbers(numbered, *enforcing),
            "value": euros(claim.value(law)),
            "fee_value": euros(claim.fee_value(law)),
            "fee": euros(outline.fee.court) if outline.fee else None,
            "opposition_days": days.get("opposition_days"),
        }

    def _get_injunction(self, day, claim=None):
        """The injunction as a way out.

        :rtype: routes.Way
        """
        claim = claim or self._get_law_claim(day)
        table = self.env["dunning.legal.value"]._get_table()
        return routes.assess(INJUNCTION, claim, table, routes.Estimate())

    def _get_notice_proofs(self, numbered):
        for notice in self._get_sent_notices():
            day = ITALIAN.day
            arrived = ", non recapitata," if notice.state in LOST else ""
            if notice.arrival_date:
                arrived = f", pervenuta il {day(notice.arrival_date)},"
            text = (
                f"con diffida n. {notice.name} del {day(notice.date)}, inviata per {CHANNELS[notice.channel]} il "
                f"{day(notice.sent_date)}{arrived} il ricorrente ha chiesto il pagamento, senza esito"
            )
            numbers = tuple(number for number, file in numbered if file.subject == notice.name)
            yield Proof(text=text, numbers=numbers)

    def _get_acknowledgements(self, numbered):
        for promise in self._get_written_promises():
            amount, day = self._get_italian_figures().money(promise.amount), ITALIAN.day
            text = (
                f"il {day(promise.made_date)} ha promesso per iscritto di pagare {amount} entro il {day(promise.date)}"
            )
            yield Proof(text=text)
        for number, file in numbered:
            if file.kind == "signed_plan" and file.signed:
                yield Proof(text=file.subject, numbers=(number,))


def _numbers(numbered, *kinds, about=None):
    """The numbers of files of some kinds, of those that are about the invoice of a case line where one is given."""
    return tuple(
        number
        for number, file in numbered
        if file.kind in kinds and (about is None or not file.about or about.move_id.id in file.about)
    )


def _get_agreements(numbered):
    for number, file in numbered:
        if file.kind in AGREEMENTS:
            day = f" del {ITALIAN.day(file.day)}" if file.day else ""
            signed = ", sottoscritto dal debitore" if file.signed else ""
            yield Proof(text=f"{AGREEMENTS[file.kind]} {file.subject}{day}{signed}", numbers=(number,))
