"""The inventory of what proves a claim."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..law import documents as papers
from .evidence_common import PDF, EvidenceCommon
from .notice_common import PROOF


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestCaseDocuments(EvidenceCommon):
    def _find(self, kind):
        return [document for document in self.case._get_documents() if document.kind == kind]

    def test_a_bare_invoice_is_all_there_is(self):
        self.assertEqual(self.case._get_document_codes(), {"invoice"})
        (document,) = self.case._get_documents()
        self.assertEqual((document.name, document.record, document.attachment), (self.move.name, self.move, None))

    def test_an_e_invoice_counts_once_the_exchange_system_has_it(self):
        for state, is_proof in (
            (False, False),
            ("being_sent", False),
            ("rejected", False),
            ("rejected_by_pa_partner", False),
            ("forwarded", True),
            ("forward_failed", True),
            ("accepted_by_pa_partner_after_expiry", True),
        ):
            self._give_xml(self.move, state)
            self.assertEqual("einvoice" in self.case._get_document_codes(), is_proof, state)
        self.assertIn("1234567", self._find("einvoice")[0].remark)

    def test_a_signed_quote_is_found_with_the_file_that_core_keeps(self):
        order, _move = self._create_order_and_invoice(is_signed=True)
        self._attach(order, "Quotation - 1.pdf")
        signed = self._attach(order, f"{order.name}.pdf")
        self._scan()
        (quote,) = self._find("signed_quote")
        self.assertEqual((quote.attachment, quote.is_signed, quote.code), (signed, True, "signed_quote"))
        self.assertIn("Mario Rossi", quote.remark)

    def test_so_is_one_that_was_signed_on_paper_with_its_scan(self):
        order, _move = self._create_order_and_invoice()
        order.write({"signed_by": "Mario Rossi", "signed_on": "2026-01-10 00:00:00"})
        self._scan()
        self.assertFalse(self._find("signed_quote"), "Without a signature or a scan nobody can show it.")
        self._attach(order, "Quotation - 1.pdf")
        scan = self._attach(order, f"{order.name} countersigned.jpg", b"\xff\xd8\xff\xe0 scan", mimetype="image/jpeg")
        self.env.invalidate_all()
        (quote,) = self._find("signed_quote")
        self.assertEqual((quote.attachment, quote.is_signed, str(quote.date)), (scan, True, "2026-01-10"))
        self.assertIn("Mario Rossi", quote.remark)

    def test_an_order_that_nobody_signed_is_an_order(self):
        order, _move = self._create_order_and_invoice()
        self._attach(order, f"{order.name}.pdf")
        self._scan()
        (document,) = self._find("order")
        self.assertEqual((document.attachment, document.code), (None, "order"))

    def test_what_is_there_for_some_invoices_alone_is_no_proof_of_all(self):
        _order, move = self._create_order_and_invoice(is_signed=True)
        self._scan()
        inventory = self.case._get_inventories()[self.case]
        self.assertNotIn("signed_quote", inventory.codes)
        self.assertEqual(inventory.partial["signed_quote"], self.move)
        self.assertEqual(inventory.get_lacking([papers.NEEDS_SIGNATURE]), [(papers.NEEDS_SIGNATURE, self.move)])
        self._add(is_signed=True, move_ids=[Command.set(self.move.ids)])
        self.env.invalidate_all()
        self.assertFalse(self.case._get_inventories()[self.case].get_lacking([papers.NEEDS_SIGNATURE]))
        self.assertIn(move, self.case.line_ids.move_id)

    def test_a_contract_that_the_debtor_did_not_sign_is_no_more_than_an_order(self):
        self._add(is_signed=False)
        self.assertLessEqual({"order"}, self.case._get_document_codes())
        self.assertNotIn("contract", self.case._get_document_codes())
        self._add(is_signed=True, name="Signed.pdf")
        self.case.invalidate_recordset()
        self.assertIn("contract", self.case._get_document_codes())

    def test_a_notice_counts_once_it_has_arrived(self):
        notice = self._make_sent()
        self.assertIn("notice", self.case._get_document_codes())
        self.assertNotIn("notice_delivered", self.case._get_document_codes())
        self._enter(notice, "delivered", PROOF)
        self.assertIn("notice_delivered", self.case._get_document_codes())

    def test_documents_and_notices_go_along_when_customers_are_merged(self):
        document, notice = self._add(), self._make_sent()
        other = self._create_customer("Trattoria Rossi Srl")
        self._create_invoice(50, partner=other)
        kept = self._scan(other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, other)
        self.env.invalidate_all()
        self.assertEqual(document.case_id, kept)
        self.assertIn(notice.sudo(), [each.record for each in kept._get_documents()])

    def test_the_inventory_of_many_cases_costs_no_more_queries(self):
        cases = self.case
        for number in range(4):
            partner = self._create_customer(f"Debtor {number}")
            moves = [self._create_invoice(100, partner=partner) for _time in range(3)]
            for move in moves:
                self._give_xml(move)
            cases |= self._scan(partner)

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._get_inventories()
            return self.env.cr.sql_log_count - before

        count(cases)  # translations and settings are read once
        self.assertLessEqual(count(cases), count(cases[:2]))

    def test_the_law_is_asked_with_what_is_at_hand(self):
        self._give_xml(self.move)
        claim = self.case._get_law_claim(self.case.create_date.date())
        self.assertEqual((claim.principal, claim.audience), (100000, "company"))
        self.assertEqual(claim.documents, {"invoice", "einvoice"})
        self.assertGreater(claim.interest, 0)

    # === ADDED DOCUMENTS === #

    def test_an_added_document_is_never_changed_and_goes_until_it_is_in_an_evidence_file(self):
        document = self._add()
        with self.assertRaises(UserError):
            document.write({"kind": "order"})
        with self.assertRaises(AccessError):
            document.with_user(self.user).write({"is_fixed": True})
        with self.assertRaises(AccessError):
            document.with_user(self.user).unlink()
        with self.assertRaises(AccessError):
            document.attachment_id.with_user(self.user).raw = b"otherwise"
        file = document.attachment_id
        document.with_user(self.user).action_remove()
        self.assertFalse(document.exists() or file.exists())
        kept = self._add()
        kept.is_fixed = True
        with self.assertRaises(UserError):
            kept.with_user(self.user).action_remove()

    def test_another_company_and_a_salesperson_see_nothing_of_it(self):
        document = self._add(content=PDF)
        elsewhere = self.env["res.company"].create({"name": "Altra Srl"})
        stranger = self._create_user(
            "dunning_stranger",
            "dunning_it.group_dunning_user",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        seller = self._create_user("dunning_seller", "sales_team.group_sale_salesman")
        self.assertFalse(document.with_user(stranger).search([]))
        for user in (stranger, seller):
            with self.assertRaises(AccessError):
                document.with_user(user).action_remove()
            with self.assertRaises(AccessError):
                self.case.with_user(user)._get_documents()
