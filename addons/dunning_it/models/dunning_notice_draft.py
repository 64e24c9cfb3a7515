"""A formal notice is written: its figures, its letter, its signature."""

from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..outbox.signed import is_signed
from .dunning_notice_file import fingerprint

PURSUED = ("open", "legal")
OF_A_LETTER = (
    "letter_id",
    "signed_id",
    "enclosure_ids",
    "recipient_pec",
    "message_uid",
    "mail_state",
    "remark",
)  # gone with a new draft


class DunningNotice(models.Model):
    _inherit = "dunning.notice"

    # === FIGURES === #

    def _take_figures(self, lines):
        """Write down what is owed now: the instalments with interest up to today, and what is netted.

        :param lines: the ``dunning.case.line`` that are claimed
        """
        today = self._get_today()
        claim = self._get_claim(lines, today)
        vals_list = self._prepare_line_vals_list(lines, claim)
        self.line_ids.unlink()
        self.env["dunning.notice.line"].create(vals_list)
        self.write(
            {
                "date": today,
                "amount_principal": float(claim.principal),
                "amount_credit": float(claim.credited),
                "amount_interest": float(claim.interest_amount),
                "amount_compensation": float(claim.compensation_amount),
                "amount_total": float(claim.total),
                "snapshot": self._take_snapshot(),
            }
        )

    def _get_claim(self, lines, day):
        """What the notice claims of instalments on a day.

        The flat compensation is owed once an invoice: what an earlier notice claims already is not claimed again, and
        what a debit note asks for is claimed as that.

        :rtype: Claim
        """
        claim = self.case_id._get_claim(day, lines)
        again = len((lines.move_id & self._get_compensated(lines)) - lines._get_without_compensation())
        return replace(claim, compensated=max(claim.compensated - again, 0))

    def _get_compensated(self, lines):
        """The invoices of instalments whose compensation a notice that arrived has claimed."""
        items = lines.move_id.line_ids.dunning_notice_line_ids
        return items.filtered(
            lambda line: line.amount_compensation and line.notice_id.arrival_date and line.notice_id != self
        ).move_id

    def _prepare_line_vals_list(self, lines, claim):
        """Values of the lines; the flat compensation is owed once an invoice, and stands on its first instalment."""
        compensated = set(self._get_compensated(lines) | lines._get_without_compensation())
        vals_list = []
        interest = [line.amount(claim.decimals) for line in claim.interest] or [0] * len(lines)
        for line, facts, accrued in zip(lines, claim.instalments, interest, strict=True):
            move = line.move_id
            is_first = claim.compensated and move.is_sale_document() and move not in compensated
            compensated.add(move)
            vals_list.append(
                {
                    "notice_id": self.id,
                    "move_line_id": line.move_line_id.id,
                    "name": facts.document,
                    "due_date": facts.due_date,
                    "amount_original": float(facts.original),
                    "amount_residual": float(facts.residual),
                    "amount_interest": float(accrued),
                    "amount_compensation": float(claim.compensation) if is_first else 0,
                }
            )
        return vals_list

    def _get_case_lines(self):
        """The instalments of the notice that are pursued still, as the case has them."""
        items = self.line_ids.move_line_id
        return self.case_id.line_ids.filtered(lambda line: line.state == "active" and line.move_line_id in items)

    def _take_snapshot(self):
        """What is open of the notice's instalments now, in a form that can be compared and kept."""
        lines = self._get_case_lines()
        residuals = {line.move_line_id.id: line.amount_residual for line in lines}
        return {
            "lines": [[item.id, residuals.get(item.id, 0)] for item in self.line_ids.move_line_id.sorted("id")],
            "credit": self.case_id.amount_credit,
        }

    def _has_changed(self):
        """Whether something was paid, credited, disputed or invoiced since the figures were taken."""
        if len(self.line_ids.move_line_id) != len(self.line_ids) or self._take_snapshot() != self.snapshot:
            return True
        if self.state == "draft":
            return False  # interest and compensation are taken anew with the letter
        total = self._get_claim(self._get_case_lines(), self.date).total
        return bool(self.currency_id.compare_amounts(float(total), self.amount_total))

    def _check_unchanged(self):
        """:raise UserError: where the case rests, or the figures are not those of the notice any more"""
        if self.case_id.state not in PURSUED:
            raise UserError(
                self.env._("The case is paused, stopped or closed: no formal notice goes out for it at the moment.")
            )
        if self._has_changed():
            raise UserError(
                self.env._(
                    "What %(debtor)s owes has changed since this notice was drawn up: a payment, a credit note or a "
                    "dispute came in. Make a new draft with the figures of today.",
                    debtor=self.partner_id.name,
                )
            )

    # === COMPLETE === #

    def _get_problems(self):
        """What the notice lacks, in whole sentences: without it, it may be void or can't be sent."""
        words = self._get_missing_words()
        problems = [words[name] for name in self._prepare_letter().missing()]
        if self.channel == "pec":
            problems += self._get_pec_problems()
        elif not (self.partner_id.street and self.partner_id.city):
            problems.append(words["debtor_address"])
        return list(dict.fromkeys(problems))

    def _get_missing_words(self):
        """A sentence for each element that :meth:`..paper.kinds.FormalNotice.missing` knows."""
        _ = self.env._
        return {
            "creditor": _("The name of your company is missing."),
            "creditor_identifier": _("Your company's tax code or VAT number is missing."),
            "debtor": _("The debtor's name is missing."),
            "debtor_identifier": _("The debtor's tax code or VAT number is missing."),
            "debtor_address": _("The debtor's address is missing: street and town are needed."),
            "debt": _("Nothing is left to claim: open credits cover it, or it was paid."),
            "demand": _("The words that demand payment are missing: see Words of Formal Notices."),
            "effect": _("The words that make it a formal notice are missing: see Words of Formal Notices."),
            "signature": _("Who signs is missing."),
        }

    def _get_warnings(self):
        """What somebody should look at before it is signed; nothing of it forbids to go on."""
        warnings = []
        if self.case_id.is_provisional:
            warnings.append(self.env._("A rate of interest is missing or not confirmed: see Law."))
        if self.channel == "pec":
            warnings += self.partner_id._get_pec_warnings(self.company_id)
        if not self.case_id._get_bank_account():
            warnings.append(self.env._("There is no bank account to pay to: enter one for your company."))
        if self.state == "draft":
            warnings += self.sudo()._get_problems()  # the letter is drawn with the server's rights
        return warnings

    # === ACTIONS === #

    def action_renew(self):
        """Take the figures of now; a letter that was ready is a draft again, its signed file put aside."""
        notice = self._hold()
        notice._require("draft", "ready")
        notice._check_idle()
        if notice.signed_id:
            notice.message_post(body=notice.env._("The signed file is put aside: the figures are taken anew."))
        notice.write({"state": "draft", **dict.fromkeys(OF_A_LETTER, False)})
        notice._take_figures(notice.case_id._get_notice_lines())

    def action_ready(self):
        """Fix the figures, give it its number and draw the letter."""
        notice = self._hold()
        notice._require("draft")
        notice._check_unchanged()
        notice._take_figures(notice._get_case_lines())  # with the interest of today
        if problems := notice._get_problems():
            raise UserError("\n".join([self.env._("The formal notice can't be made ready:"), *problems]))
        notice.name = notice.name or notice._take_number(notice.company_id, notice.date)
        if notice.channel == "pec":
            notice.recipient_pec = notice.partner_id.dunning_pec
        notice._enclose()
        name, content = notice.case_id._draw(notice._prepare_letter())
        notice.write({"state": "ready", "letter_id": notice._keep("letter", name, content).id})

    def _enclose(self):
        """Keep the invoices that go along, where the stage has it so; the letter names them."""
        if self.stage_id.attaches_invoices:
            files = self.case_id._get_invoice_files(self._get_case_lines())
            self.enclosure_ids = [Command.set([self._keep("enclosure", name, content).id for name, content in files])]

    def action_print(self):
        """Download the letter: as it is to be signed, or a draft of it."""
        self.ensure_one()
        if self.letter_id:
            return self.letter_id.action_open()
        return {"type": "ir.actions.act_url", "url": f"/dunning/notice/{self.id}/draft", "target": "download"}

    def action_cancel(self):
        """Give up a notice that has not left."""
        notice = self._hold()
        notice._require("draft", "ready")
        notice._check_idle()
        notice.state = "cancelled"

    def _check_idle(self):
        """:raise UserError: where it may be on its way"""
        if self.mail_state in ("claimed", "handing", "uncertain"):
            raise UserError(
                self.env._("It is in the outbox, or nobody knows whether it was sent: that has to be settled first.")
            )

    @api.model
    def _prepare_sequence_vals(self, company):
        # OVERRIDE: the name and prefix of notices.
        name = self.env._("Formal notices of %(company)s", company=company.name)
        return {**super()._prepare_sequence_vals(company), "name": name, "prefix": "MM/%(range_year)s/"}

    # === FILES === #

    def _keep(self, kind, name, content):
        """Keep a file with its fingerprint.

        :param bytes content: the file
        :rtype: dunning.notice.file
        """
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "res_model": self._name, "res_id": self.id}
        )
        return self.env["dunning.notice.file"].create(
            {
                "notice_id": self.id,
                "kind": kind,
                "attachment_id": attachment.id,
                "sha256": fingerprint(content),
            }
        )

    def _add_signed_file(self, name, content):
        """The letter was signed.

        :raise UserError: where the file can't be that
        """
        self._require("ready")
        self._check_idle()
        self._check_unchanged()
        if fingerprint(content) == self.letter_id.sha256:
            raise UserError(self.env._("This is the letter as it was drawn, without a signature: sign it first."))
        if not is_signed(content, self.signing):
            raise UserError(self._get_signing_words())
        self.signed_id = self._keep("signed", name, content)
        self.message_post(body=self.env._("The signed file was added: %(name)s", name=name))

    def _get_signing_words(self):
        if self.signing == "digital":
            return self.env._(
                "There is no digital signature in this file. Upload the PDF signed in the PAdES format, or the .p7m."
            )
        return self.env._("Upload the scan of the signed letter as PDF, PNG or JPEG.")

    def _check_signed(self):
        """:raise UserError: where there is no signed file, or not the one that was added"""
        if not self.signed_id:
            raise UserError(
                self.env._(
                    "An unsigned notice interrupts nothing: upload the signed file first (Cass. 12182/2021, 2335/2024)."
                )
            )
        if not self.signed_id.is_intact:
            raise UserError(self.env._("The signed file was changed after it was added: add it again."))
