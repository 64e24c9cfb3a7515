"""What proves the claims of cases: one inventory for the review, the evidence file and the petition."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.tools import float_repr

from ..law import routes
from ..law.documents import SIGNED_BY_DEBTOR, coverage, lacking
from ..law.reading import to_cents

# The exchange system has taken the invoice in; what a public administration refused proves nothing.
TRANSMITTED = (
    "forwarded",
    "forward_failed",
    "forward_attempt",
    "accepted_by_pa_partner",
    "accepted_by_pa_partner_after_expiry",
)
A_REQUEST = timedelta(minutes=1)  # a file is as old as its transaction, which begins before the signature's time
PAPERS = ("application/pdf", "image/jpeg", "image/png")
WRITTEN = ("letter", "portal")  # sources of a promise that is more than words


@dataclass(frozen=True, kw_only=True)
class CaseDocument:
    """Something that proves a claim, or a part of it.

    :param str kind: see ``DunningCase._get_kind_names``; what it proves is its :attr:`code`
    :param record: what it was read from: an order, an invoice, a notice
    :param moves: the invoices it is about; empty: all that are pursued
    :param attachment: its file, if it has one; else ``report`` is the XML id of the report that prints it
    :param bool is_signed: by the debtor
    """

    kind: str
    name: str
    record: models.BaseModel
    moves: models.BaseModel
    date: object = None
    attachment: models.BaseModel | None = None
    report: str = ""
    is_signed: bool = False
    remark: str = ""

    @property
    def code(self):
        """What it proves by ``law/documents.py``: a contract that the debtor did not sign is no more than an order."""
        if self.is_signed:
            return self.kind
        return {**dict.fromkeys(SIGNED_BY_DEBTOR, "order"), "signed_plan": "promise"}.get(self.kind, self.kind)


class Inventory:
    """All documents of one case.

    :ivar list documents: as :class:`CaseDocument`
    :ivar moves: the invoices that are pursued
    :ivar dict covered: the ids of the invoices that each code is at hand for
    """

    def __init__(self, moves, documents):
        self.moves, self.documents = moves, documents
        self.covered = coverage(((each.code, frozenset(each.moves.ids)) for each in documents), set(moves.ids))

    @property
    def codes(self):
        """The codes at hand for each invoice."""
        ids = set(self.moves.ids)
        return frozenset(code for code, found in self.covered.items() if found == ids)

    @property
    def partial(self):
        """The codes at hand for some invoices alone, with those that lack them."""
        ids = set(self.moves.ids)
        return {code: self._browse(ids - found) for code, found in self.covered.items() if found < ids}

    def get_lacking(self, needs):
        """What is not there for each invoice: pairs of a :class:`..law.documents.Need` and the invoices."""
        return [(need, self._browse(ids)) for need, ids in lacking(needs, self.covered, set(self.moves.ids))]

    def _browse(self, ids):
        return self.moves.filtered(lambda move: move.id in ids)


class DunningCase(models.Model):
    _inherit = "dunning.case"

    document_ids = fields.One2many("dunning.document", "case_id", string="Added Documents", readonly=True)

    # === INVENTORY === #

    def _get_documents(self):
        """What proves the claim of a case.

        :rtype: list[CaseDocument]
        """
        self.ensure_one()
        return self._get_inventories()[self].documents

    def _get_document_codes(self):
        """The codes of ``law/documents.py`` that are at hand for each pursued invoice.

        :rtype: frozenset
        """
        self.ensure_one()
        return self._get_inventories()[self].codes

    def _get_inventories(self):
        """What proves the claims of many cases, in a number of queries that does not grow with them.

        :return: dict from case to :class:`Inventory`
        """
        self.check_access("read")
        cases = self.sudo()  # orders, deliveries and files that a user of dunning may not open by himself
        moves = cases.line_ids.filtered(lambda line: line.state == "active").move_id
        found = [
            *cases._get_trade_documents(moves),
            *cases._get_invoice_documents(moves),
            *cases._get_notice_documents(),
        ]
        inventories = {}
        for case, asked in zip(cases, self, strict=True):
            pursued = case.line_ids.filtered(lambda line: line.state == "active").move_id
            about = [document for document in found if document.moves & pursued]
            own = [*case._get_word_documents(), *case._get_added_documents()]
            inventories[asked] = Inventory(pursued, [*about, *own])
        return inventories

    def _get_law_claim(self, day):
        """What the law looks at to say which ways are open on a day.

        :param datetime.date day: of filing
        :rtype: routes.Claim
        """
        self.ensure_one()
        owed, partner = self._get_owed(day)[self], self.partner_id.with_company(self.company_id)
        amounts = max(self.amount_net, 0), owed.interest, owed.compensation
        cents = [self._to_law_cents(amount, day) for amount in amounts]
        return routes.Claim(
            cents[0],
            day,
            interest=cents[1],
            compensation=cents[2],
            audience=self.policy_id.audience or routes.COMPANY,
            documents=self._get_document_codes(),
            insolvent=bool(partner.dunning_insolvency_date),
            limitation=self.limitation_date or None,
            is_large=self.company_id.dunning_is_large,
        )

    def _to_law_cents(self, amount, day):
        """Cents of the company's currency, in which the law has its limits."""
        currency = self.company_id.currency_id
        converted = self.currency_id._convert(amount, currency, self.company_id, day)
        return to_cents(Decimal(float_repr(converted, currency.decimal_places)))

    # === ORDERS AND DELIVERIES === #

    def _get_trade_documents(self, moves):
        """What was agreed and what was delivered, as :class:`CaseDocument`."""
        orders, pickings = _about(moves, self._get_orders), _about(moves, self._get_pickings)
        papers = {
            model: self._get_papers(model, records)
            for model, records in (("sale.order", orders), ("stock.picking", pickings))
        }
        for order, about in orders.items():
            yield self._prepare_order(order, about, papers["sale.order"])
        for picking, about in pickings.items():
            yield self._prepare_picking(picking, about, papers["stock.picking"])

    def _get_orders(self, move):
        """The confirmed orders that an invoice comes from."""
        orders = move.line_ids.sale_line_ids.order_id
        return orders.filtered(lambda order: order.state == "sale")

    def _get_pickings(self, move):
        """The deliveries that an invoice comes from, where Odoo has stock: by the delivery notes, else by the order."""
        if "l10n_it_ddt_ids" in move._fields:
            return move.l10n_it_ddt_ids
        lines = move.line_ids.sale_line_ids
        if "move_ids" not in lines._fields:
            return ()
        return lines.move_ids.picking_id.filtered(
            lambda picking: picking.state == "done" and picking.location_dest_id.usage == "customer"
        )

    def _get_papers(self, model, records):
        """The PDF files and scans of records, oldest first, by record."""
        Attachment = self.env["ir.attachment"]
        ids = [record.id for record in records]
        domain = [("res_model", "=", model), ("res_id", "in", ids), ("mimetype", "in", PAPERS)]
        return Attachment.search(domain, order="id").grouped("res_id") if ids else {}

    def _prepare_order(self, order, moves, papers):
        """Core says when it was signed; a signature on the customer's page is kept as a PDF among the order's messages,
        in the transaction in which it is given, and one on paper is scanned later.
        """
        signed_on = order.signed_on
        files = papers.get(order.id, self.env["ir.attachment"]).filtered(
            lambda file: signed_on and file.name.startswith(order.name) and file.create_date >= signed_on - A_REQUEST
        )
        is_signed = bool(signed_on and (order.signature or files))
        return CaseDocument(
            kind="signed_quote" if is_signed else "order",
            name=order.name,
            date=fields.Date.context_today(order, signed_on if is_signed else order.date_order),
            record=order,
            moves=moves,
            attachment=files[-1:] or None,
            report="sale.action_report_saleorder",
            is_signed=is_signed,
            remark=self.env._("Signed by %(name)s", name=order.signed_by) if is_signed and order.signed_by else "",
        )

    def _prepare_picking(self, picking, moves, papers):
        """A delivery note: the signed paper where there is one, else it is printed anew."""
        files = papers.get(picking.id, self.env["ir.attachment"])
        number = picking.l10n_it_ddt_number if "l10n_it_ddt_number" in picking._fields else False
        signed = files.filtered(lambda file: file.name.startswith(f"{picking.name}_signed"))
        report = "l10n_it_stock_ddt.action_report_ddt" if number else "stock.action_report_delivery"
        return CaseDocument(
            kind="delivery_note",
            name=number or picking.name,
            date=picking.date_done and fields.Date.context_today(picking, picking.date_done),
            record=picking,
            moves=moves,
            attachment=signed[-1:] or None,
            report=report,
            is_signed=bool(picking.signature),
        )

    # === INVOICES === #

    def _get_invoice_documents(self, moves):
        """The invoices, as the exchange system has them and as people read them."""
        moves = moves.filtered(lambda move: move.is_sale_document())
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves.ids),
                ("res_field", "in", ("l10n_it_edi_attachment_file", "invoice_pdf_report_file")),
            ],
            order="id",
        )
        files = {(file.res_id, file.res_field): file for file in found}
        for move in moves:
            if xml := files.get((move.id, "l10n_it_edi_attachment_file")):
                yield self._prepare_einvoice(move, xml)
            yield CaseDocument(
                kind="invoice",
                name=move.name,
                date=move.invoice_date,
                record=move,
                moves=move,
                attachment=files.get((move.id, "invoice_pdf_report_file")),
                report="account.account_invoices",
            )

    def _prepare_einvoice(self, move, xml):
        """The XML of an invoice, with what the exchange system said of it."""
        states = dict(move._fields["l10n_it_edi_state"]._description_selection(self.env))
        state = states.get(move.l10n_it_edi_state) or self.env._("No answer of the exchange system is known")
        number = move.l10n_it_edi_transaction
        return CaseDocument(
            kind="einvoice" if move.l10n_it_edi_state in TRANSMITTED else "einvoice_unproven",
            name=move.l10n_it_edi_attachment_name or f"{move.name}.xml",
            date=move.invoice_date,
            record=move,
            moves=move,
            attachment=xml,
            remark=f"{state} ({number})" if number else state,
        )

    # === NOTICES, WORDS, ADDED PAPERS === #

    def _get_sent_notices(self):
        """The formal notices about what is pursued that left the house, of whichever case: customers may be merged.

        :rtype: dunning.notice
        """
        items = self.line_ids.filtered(lambda line: line.state == "active").move_line_id
        return items.dunning_notice_line_ids.notice_id.filtered("sent_date").sorted("id")

    def _get_notice_documents(self):
        """Each formal notice with all its files."""
        for notice in self._get_sent_notices():
            moves = notice.line_ids.move_line_id.move_id
            yield CaseDocument(
                kind="notice_delivered" if notice.arrival_date else "notice",
                name=notice.name,
                date=notice.sent_date,
                record=notice,
                moves=moves,
                attachment=notice.signed_id.attachment_id or None,
            )

    def _get_word_documents(self):
        """What the debtor promised in writing, which acknowledges the debt; and that he is insolvent."""
        everything = self.env["account.move"]
        for promise in self._get_written_promises():
            yield CaseDocument(
                kind="promise",
                name=promise.display_name,
                date=promise.made_date,
                record=promise,
                moves=everything,
            )
        partner = self.partner_id.with_company(self.company_id)
        if day := partner.dunning_insolvency_date:
            yield CaseDocument(kind="insolvency", name=partner.display_name, date=day, record=partner, moves=everything)

    def _get_written_promises(self):
        """The promises in writing about something that is pursued still; of what was paid since they say nothing.

        :rtype: dunning.promise
        """
        pursued = set(self.line_ids.filtered(lambda line: line.state == "active").move_line_id.ids)
        return self.promise_ids.filtered(
            lambda promise: (
                promise.source in WRITTEN and any(item in pursued for item, _residual in promise.snapshot["lines"])
            )
        ).sorted("id")

    def _get_added_documents(self):
        """What a person added."""
        for document in self.document_ids:
            yield CaseDocument(
                kind=document.kind,
                name=document.attachment_id.name,
                date=document.date or None,
                record=document,
                moves=document.move_ids,
                attachment=document.attachment_id,
                is_signed=document.is_signed,
                remark=document.note or "",
            )


def _about(moves, get_records):
    """What invoices come from, with the invoices that come from each."""
    found = {}
    for move in moves:
        for record in get_records(move):
            found[record] = found.get(record, moves.browse()) | move
    return found
