"""The formal notice as a letter."""

from dataclasses import replace

from odoo import models
from odoo.tools import format_date

from ..paper.draw import draw
from ..paper.facts import Signature
from ..paper.kinds import FormalNotice
from ..paper.wording import fill, paragraphs
from .dunning_notice_text import TEXTS
from .dunning_paper import address_lines

INTEREST_TEXTS = ("late_payment", "legal")  # named after the regimes they are about


class DunningNotice(models.Model):
    _inherit = "dunning.notice"

    def _prepare_letter(self, watermark=""):
        """The letter, in the debtor's language.

        :rtype: FormalNotice
        """
        self.ensure_one()
        case = self.case_id._in_reader_language()
        notice = self.with_context(lang=case.env.lang)
        claim = notice._get_claim(notice._get_case_lines(), notice.date)
        words = notice._get_words(claim)
        payment = case._get_payment_facts()
        head = {**case._get_letter_head(notice.date), "addressee": notice._get_addressee(case)}
        return FormalNotice(
            **head,
            title=case.env._("Formal notice %(number)s", number=notice.name or "").strip(),
            subject=words["subject"],
            references=notice._get_references(),
            opening=notice._get_opening(words, claim),
            claim=claim,
            payment=payment and replace(payment, reference=notice.name or payment.reference),
            demand=words["demand"],
            effect=words["effect"],
            next_step=words["next_step"],
            contact=words["contact"],
            already_paid=words["already_paid"],
            attachments=tuple(notice.enclosure_ids.sorted("id").attachment_id.mapped("name")),
            privacy=words["privacy"],
            signature=notice._get_signature(words["greeting"]),
            watermark=watermark,
        )

    def _draw_draft(self):
        """The letter with a mark across it.

        :return: pair of a name and bytes
        """
        letter = self._prepare_letter(watermark=self.env._("DRAFT"))
        return f"{self.display_name}.pdf".replace("/", "-"), draw(letter, self.case_id._get_fonts())

    def _get_addressee(self, case):
        """The debtor himself at his own address: a notice is not for the office that pays."""
        partner = self.partner_id
        pec = self.recipient_pec or partner.dunning_pec or ""
        return replace(
            case._get_addressee_facts(),
            lines=address_lines(partner),
            pec=pec if self.channel == "pec" else "",
        )

    def _get_signature(self, greeting):
        return Signature(
            name=self.signatory or "",
            role=self.signatory_role or "",
            greeting=greeting,
            ink=self.signing == "ink",
        )

    def _get_references(self):
        """Number and channel, beside the address."""
        labels = dict(self._fields["channel"]._description_selection(self.env))
        number = [(self.env._("No."), self.name)] if self.name else []
        return (*number, (self.env._("Channel"), labels[self.channel]))

    def _get_opening(self, words, claim):
        """Where the claim comes from, and why more than the principal is owed."""
        law = []
        regime = self.case_id.policy_id.interest_regime
        if regime in INTEREST_TEXTS and claim.interest:
            law.append(words[regime])
        if claim.compensated:
            law.append(words["compensation"])
        return (*paragraphs(words["opening"]), *(part for text in law for part in paragraphs(text)))

    def _get_words(self, claim):
        """All texts, filled in."""
        facts = self._get_facts(claim)
        text = self.text_id.with_context(lang=self.env.lang)
        return {name: fill(text[name], facts) for name in TEXTS}

    def _get_facts(self, claim):
        """What the places of the texts are filled with, see ``PLACES`` of the words."""
        company, user = self.company_id, self.user_id
        phone, email = user.partner_id.phone or company.phone or "", user.email or company.email or ""
        money = self.case_id._in_reader_language()._get_figures().money
        return {
            "creditor": company.name,
            "debtor": self.partner_id.name,
            "number": self.name or "",
            "date": format_date(self.env, self.date),
            "days": self.days_to_pay,
            "count": len(claim.instalments),
            "principal": money(claim.principal),
            "total": money(claim.total),
            "compensation": money(claim.compensation),
            "contact": ", ".join(filter(None, [user.name or company.name, phone, email])),
            "phone": phone,
            "email": email,
        }
