"""From records to the plain facts of letters, in the language of who reads them."""

import base64
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import file_path, float_repr, format_date

from ..law.reading import euros
from ..paper.draw import draw, merge
from ..paper.facts import Addressee, Claim, Credit, Instalment, InterestLine, Payment, Sender, Stretch
from ..paper.figures import ENGLISH, ITALIAN, Figures
from ..paper.fonts import FontFiles
from ..paper.kinds import InterestSheet, Reminder
from .dunning_case_money import amount_of
from .paper_labels import labels


class DunningCase(models.Model):
    _inherit = "dunning.case"

    # === PAPERS === #

    def _prepare_statement(self):
        """The account statement that goes along with reminders.

        :rtype: Reminder
        """
        self.ensure_one()
        case = self._in_reader_language()
        today = fields.Date.context_today(case)
        claim = case._get_claim()
        title = case.env._("Account statement")
        return Reminder(
            **case._get_letter_head(today),
            title=title,
            subject=case.env._("Account statement at %(date)s", date=format_date(case.env, today)),
            opening=(case.env._("This is how your account stands in our books. Please compare it with yours."),),
            closing=(case.env._("If you have paid in the meantime, please disregard this statement."),),
            claim=claim,
            payment=case._get_payment_facts(),
        )

    def _prepare_interest_sheet(self, until=None, lines=None):
        """How the interest was reckoned, to enclose or to file.

        :param datetime.date until: the last day that bears interest; None: today
        :param lines: some of the instalments; None: all that are pursued
        :rtype: InterestSheet
        """
        self.ensure_one()
        case = self._in_reader_language()
        until = until or fields.Date.context_today(case)
        claim = case._get_claim(until, lines)
        head = case._get_paper_head()
        return InterestSheet(
            **head,
            title=case.env._("Interest sheet"),
            claim=claim,
            particulars=(
                (case.env._("Debtor"), case.partner_id.name or ""),
                (case.env._("Reckoned up to"), format_date(case.env, until)),
                (case.env._("Interest"), case._get_regime_name()),
            ),
            notes=(
                case.env._(
                    "Interest runs from the day after the due date, which a Sunday or public holiday puts off to the "
                    "next day that is neither, up to and with the day it is reckoned for, on what was open each day, "
                    "by days of a year of 365. Rates are those in force in each half-year or year."
                ),
                *case._get_charge_remarks(case.line_ids if lines is None else lines),
            ),
        )

    def _draw(self, paper):
        """A paper as a file.

        :return: pair of a name and bytes
        """
        return f"{paper.title} {self.display_name}.pdf".replace("/", "-"), draw(paper, self._get_fonts())

    def _draw_all(self, papers):
        """A paper of each case as one file, to print at once.

        :param list papers: of the cases, in their order
        :return: pair of a name and bytes
        """
        files = [case._draw(paper) for case, paper in zip(self, papers, strict=True)]
        if len(files) == 1:
            return files[0]
        return f"{papers[0].title}.pdf", merge(content for _name, content in files)

    def action_print_statement(self):
        """Download the account statement, of several cases as one file."""
        return self._get_download("statement")

    def action_print_interest_sheet(self):
        """Download the interest sheet of the case."""
        return self._get_download("interest")

    def _get_download(self, kind):
        self.check_access("read")
        url = f"/dunning/case/{self.id}/{kind}" if len(self) == 1 else f"/dunning/cases/{kind}?ids={self._join_ids()}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _join_ids(self):
        return ",".join(map(str, self.ids))

    def _get_paper(self, kind):
        """A paper by the name it has in the address of its download; a hook for more.

        :return: one of :mod:`..paper.kinds`, None where there is no such kind
        """
        papers = {"statement": self._prepare_statement, "interest": self._prepare_interest_sheet}
        return papers[kind]() if kind in papers else None

    # === FACTS === #

    def _in_reader_language(self):
        """The case as who pays reads it: in his language."""
        lang = self.contact_id.lang or self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang
        return self.with_context(lang=lang)

    def _get_paper_head(self):
        """What all papers share: creditor, words, figures, language."""
        lang = self.env.lang or "en_US"
        return {
            "sender": self._get_sender_facts(),
            "labels": labels(self.env),
            "figures": self._get_figures(),
            "language": lang[:2],
        }

    def _get_letter_head(self, day):
        """What all letters share: the debtor, place and date."""
        place = self.company_id.city or ""
        written = format_date(self.env, day, date_format="d MMMM y")
        return {
            **self._get_paper_head(),
            "addressee": self._get_addressee_facts(),
            "place_date": ", ".join(filter(None, [place, written])),
        }

    def _get_figures(self):
        """How amounts and dates are written in the reader's language and the currency of the case."""
        base = ITALIAN if (self.env.lang or "").startswith("it") else ENGLISH
        currency = self.currency_id
        mark = currency.symbol or currency.name
        pattern = f"{mark}\xa0{{}}" if currency.position == "before" or currency.name == "EUR" else f"{{}}\xa0{mark}"
        return Figures(base.number, base.day, currency.name, pattern, currency.decimal_places)

    def _get_sender_facts(self):
        """The company, as the head of papers shows it."""
        company = self.company_id.with_context(bin_size=False)
        partner = company.partner_id
        bank = self._get_bank_account()
        return Sender(
            name=company.name,
            address=address_lines(partner),
            vat=company.vat or "",
            tax_code=company.l10n_it_codice_fiscale or "",
            pec=partner.l10n_it_pec_email or "",
            email=company.email or "",
            phone=company.phone or "",
            bank=" ".join(filter(None, [bank.bank_id.name, bank.acc_number])) if bank else "",
            logo=None if company.uses_default_logo else base64.b64decode(company.logo),
        )

    def _get_addressee_facts(self):
        partner, contact = self.partner_id, self.contact_id
        return Addressee(
            name=partner.name or "",
            lines=address_lines(contact if contact.street else partner),
            vat=partner.vat or "",
            tax_code=partner.l10n_it_codice_fiscale or "",
            pec=partner.l10n_it_pec_email or "",
        )

    def _get_payment_facts(self):
        """How to pay, None where the company has no bank account."""
        bank = self._get_bank_account()
        if not bank:
            return None
        return Payment(
            beneficiary=bank.acc_holder_name or self.company_id.name,
            iban=bank.acc_number,
            bic=bank.bank_id.bic or "",
            bank=bank.bank_id.name or "",
            reference=self._get_payment_reference(),
        )

    def _get_payment_reference(self):
        """What the customer writes on his transfer: the invoices, or the customer where there are many."""
        names = self.line_ids.filtered(lambda line: line.state == "active").mapped("display_name")
        text = ", ".join(dict.fromkeys(filter(None, names)))
        return text if len(text) <= 100 else self.partner_id.ref or self.partner_id.name

    def _get_claim(self, until=None, lines=None):
        """What is owed, instalment by instalment.

        :param datetime.date until: with interest and compensation up to this day; None: the principal alone
        :param lines: some of its lines; None: all that are pursued
        :rtype: Claim
        """
        if lines is None:
            lines = self.line_ids.filtered(lambda line: line.state == "active")
        owed = self._get_owed(until, lines)[self] if until else None
        counted = [each for each in owed.compensations if each.cents] if owed else []
        return Claim(
            instalments=tuple(line.move_line_id._get_instalment_facts() for line in lines),
            credits=tuple(self._get_credit_facts()),
            interest=tuple(line._get_interest_facts(owed) for line in lines) if owed else (),
            compensation=euros(counted[0].cents) if counted else Decimal(0),
            compensated=len(counted),
            until=until,
            daily=owed.daily if owed and owed.interest else None,
            decimals=self.currency_id.decimal_places,
        )

    def _get_credit_facts(self):
        """Open credit notes and payments of the customer in the currency of the case."""
        for item in self._get_credit_items():
            amount = _exact(-item.amount_residual_currency, self.currency_id)
            yield Credit(document=item.move_name or item.name or "", document_date=item.date, amount=amount)

    def _get_credit_items(self):
        """The journal items that are netted.

        :rtype: account.move.line
        """
        Item = self.env["account.move.line"].sudo()  # a dunning user reads what is netted
        return Item.search(
            Item._get_dunning_domain(self.company_id)
            & fields.Domain("partner_id.commercial_partner_id", "=", self.partner_id.id)
            & fields.Domain("currency_id", "=", self.currency_id.id)
            & fields.Domain("amount_residual_currency", "<", 0),
            order="date, id",
        )

    def _get_regime_name(self):
        selection = self.env["dunning.policy"]._fields["interest_regime"]._description_selection(self.env)
        return dict(selection).get(self.policy_id.interest_regime, "")

    @api.model
    def _get_fonts(self):
        return FontFiles.find(file_path("web/static/fonts"))


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_dunning_due_date(self):
        """The legal due date."""
        return self.date_maturity or self.date

    def _get_instalment_facts(self):
        """The instalment as papers and the customer's page show it.

        :rtype: Instalment
        """
        self.ensure_one()
        original = _exact(self.amount_currency, self.currency_id)
        residual = _exact(self.amount_residual_currency, self.currency_id)
        due_date = self._get_dunning_due_date()
        return Instalment(
            document=self.move_name or self.display_name or "",
            document_date=self.invoice_date or self.date,
            due_date=due_date,
            original=original,
            paid=original - residual,
            residual=residual,
            days_late=(fields.Date.context_today(self) - due_date).days,
        )


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    def _get_interest_facts(self, owed):
        """:param owed: see :class:`.dunning_case_money.Owed`"""
        stretches = tuple(
            Stretch(
                start=share.start,
                end=share.end,
                days=share.days,
                base=amount_of(share.base, self.currency_id),
                rate=share.rate,
                amount=share.amount / 10**self.currency_id.decimal_places,
                unconfirmed=bool(share.unconfirmed),
            )
            for share in owed.breakdown(self)
        )
        return InterestLine(document=self.display_name or "", due_date=self.due_date, stretches=stretches)


def _exact(amount, currency):
    """A stored amount as the decimal number it stands for."""
    return Decimal(float_repr(amount, currency.decimal_places))


def address_lines(partner):
    """An Italian address as on an envelope: street, postcode, town and province."""
    town = " ".join(filter(None, [partner.zip, partner.city]))
    if partner.state_id and partner.country_id.code == "IT":
        town = f"{town} {partner.state_id.code}".strip()
    abroad = partner.country_id.name if partner.country_id and partner.country_id.code != "IT" else ""
    return tuple(filter(None, [partner.street, partner.street2, town, abroad]))
