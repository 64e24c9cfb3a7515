"""What a customer may see of what he owes: nothing of this is ours alone."""

import base64
from dataclasses import replace
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ..paper.facts import Instalment
from ..paper.qr import picture
from ..paper.transfer import grouped, payload
from .dunning_case_line import DECLARED
from .open_items import GIVEN_UP, OpenItems

DISPUTED = "disputed"


class Row(NamedTuple):
    """An open instalment on the customer's page.

    :param item: the ``account.move.line``
    :param Instalment facts: the figures, as papers have them
    :param str mark: DISPUTED or DECLARED, where the customer has said so; empty otherwise
    :param bool is_paid_online: whether it can be paid online

    Addresses are made when a page shows them: each takes a token, which is written where there is none yet.
    """

    item: models.Model
    facts: Instalment
    mark: str
    is_paid_online: bool

    @property
    def is_late(self):
        return self.facts.days_late > 0

    @property
    def url(self):
        """The invoice, False for another entry."""
        move = self.item.move_id
        return move.is_sale_document() and move.get_portal_url()

    @property
    def pay_url(self):
        """Where it can be paid online, False where it can't."""
        pays = self.is_paid_online
        return pays and self.item.move_id.get_portal_url(query_string="&payment=True", anchor="portal_pay")


class OpenAccount:
    """What is open between a customer and a company in one currency, read as superuser.

    Shown are the instalments and credits of the books, and what the customer himself has said of them. How he is
    treated, by whom, and what is thought of him is not here, and so can't get onto a page.
    """

    def __init__(self, case, items):
        """:param case: the open ``dunning.case``, or a new one where nothing is overdue
        :param items: open journal items, due or not, and credits
        """
        self.case, self.currency, self.company = case, case.currency_id, case.company_id
        self.credits = items.filtered(lambda item: item.amount_residual_currency < 0)
        self.credit = self._get_credit()
        self._has_provider = self._find_provider()
        marks = {line.move_line_id: line.state for line in case.line_ids if line.state in (DISPUTED, DECLARED)}
        self.rows = [self._row(item, marks.get(item, "")) for item in items - self.credits]

    def _row(self, item, mark):
        return Row(
            item=item,
            facts=item._get_instalment_facts(),
            mark=mark,
            is_paid_online=self._has_provider and item.move_id._has_to_be_paid(),
        )

    def _get_credit(self):
        """Credit notes and payments that are not allocated, with those that are under way, as reminders net them."""
        env = self.case.with_company(self.company).env
        today = fields.Date.context_today(self.case)
        _overdue, credit = OpenItems(env).get(self.case.partner_id, today)
        return credit.get((self.case.partner_id.id, self.currency.id), 0.0)

    # === FIGURES === #

    @property
    def key(self):
        """Where it is on the page: company and currency."""
        return f"{self.company.id}/{self.currency.id}"

    @property
    def late_rows(self):
        """What is past its day, whether the customer objects or not."""
        return [row for row in self.rows if row.is_late]

    @property
    def answerable_rows(self):
        """What a customer may still say something about: overdue, and in a case."""
        return [row for row in self.late_rows if self.case._origin and row.mark != DISPUTED]

    @property
    def under_way(self):
        """Payments that are in no journal item yet."""
        return self.currency.round(self.credit + sum(self.credits.mapped("amount_residual_currency")))

    @property
    def to_pay(self):
        """What is overdue, without what the customer objects to or has declared paid, less credits."""
        late = self._sum(row for row in self.late_rows if not row.mark)
        return max(self.currency.round(late - self.credit), 0.0)

    @property
    def aside(self):
        """What is overdue, but objected to or declared paid."""
        return self._sum(row for row in self.late_rows if row.mark)

    @property
    def not_due(self):
        """What is open and not late."""
        return self._sum(row for row in self.rows if not row.is_late)

    @property
    def total(self):
        """All that is open, less credits."""
        return self.currency.round(self._sum(self.rows) - self.credit)

    @property
    def promise(self):
        """What he has promised and when, where that is still ahead."""
        return self.case._get_open_promises().sorted("date")[:1]

    @property
    def answers(self):
        """What he has said last."""
        return self.case.answer_ids[:5]

    def _sum(self, rows):
        return self.currency.round(sum(row.item.amount_residual_currency for row in rows))

    # === PAYING === #

    def _find_provider(self):
        """Whether something can be paid online in this currency."""
        env, case = self.case.env, self.case
        provider = env["payment.provider"]._get_compatible_providers(
            self.company.id, case.partner_id.id, 0.0, currency_id=self.currency.id
        )
        return bool(provider)

    @property
    def payment(self):
        """How to pay by transfer, as on papers; None where the company has no bank account."""
        return self.case._get_payment_facts()

    @property
    def iban(self):
        """The IBAN in groups of four, as one reads it off; ask :attr:`payment` first whether there is one."""
        return grouped(self.payment.iban)

    @property
    def code(self):
        """The QR code of the transfer as an address of a picture, None where there is none to make."""
        payment = self.payment
        if not payment or self.currency.name != "EUR" or not self.to_pay:
            return None
        amount = f"{self.to_pay:.2f}"
        text = payload(payment.beneficiary, payment.iban, amount, payment.reference, payment.bic)
        return text and f"data:image/svg+xml;base64,{base64.b64encode(picture(text).encode()).decode()}"

    def draw_statement(self):
        """The account statement of reminders, about all that is open.

        :return: pair of a name and bytes
        """
        statement = self.case._prepare_statement()
        claim = replace(statement.claim, instalments=tuple(row.facts for row in self.rows))
        return self.case._draw(replace(statement, claim=claim))


def open_accounts(env, partner, companies):
    """The accounts of a customer with some companies.

    :param env: of the superuser, in the language of who reads
    :param partner: the commercial partner; nothing of anybody else is read
    :param companies: ``res.company``
    :return: list of :class:`OpenAccount`
    """
    accounts = []
    for company in companies:
        items = _find_items(env, partner, company)
        cases = env["dunning.case"].with_company(company)._get_open(partner)
        for currency, group in items.grouped("currency_id").items():
            case = cases.get((partner.id, currency.id)) or env["dunning.case"].new(
                {"company_id": company.id, "partner_id": partner.id, "currency_id": currency.id}
            )
            accounts.append(OpenAccount(case, group))
    return accounts


def _find_items(env, partner, company):
    """Open items of a customer, without those that were left out by hand or given up, as reminders leave them out."""
    Item = env["account.move.line"]
    given_up = Domain("dunning_case_line_ids", "any", [("case_id.close_reason", "in", GIVEN_UP)])
    return Item.search(
        Item._get_dunning_domain(company)
        & Domain("partner_id.commercial_partner_id", "=", partner.id)
        & (Domain("no_followup", "=", False) | Domain("amount_residual_currency", "<", 0))
        & ~given_up,
        order="date_maturity, id",
    )
