"""A formal notice by registered letter: complete, on the figures of now, signed, and proven to have arrived."""

import hashlib
import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .notice_common import PROOF, SCAN, SIGNED, NoticeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNotice(NoticeCommon):
    def test_interest_that_was_invoiced_since_asks_for_a_new_draft(self):
        self.company._fill_dunning_charges()
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        self.case._charge(Date.to_date("2026-06-15"))
        with self.assertRaisesRegex(UserError, "new draft"):
            self._enter(notice, "sent", tracking_number="RR123456789IT")
        notice.action_renew()
        self.assertEqual(notice.amount_total, 1000)

    def test_who_has_left_the_house_is_not_asked_to_see_to_it(self):
        gone = self._create_user("dunning_gone", "dunning_it.group_dunning_manager")
        self.company.dunning_user_id = gone
        self.case.user_id = gone
        notice = self._make_sent()
        notice.user_id = gone
        gone.active = False
        self._enter(notice, "returned", PROOF, return_reason="unknown")
        self.case._remind_responsible("mail.mail_activity_data_todo", "Look into it")
        activities = notice.sudo().activity_ids | self.case.activity_ids
        self.assertEqual(len(activities), 2)
        self.assertNotIn(gone, activities.user_id)
        self.assertTrue(all(activities.user_id.mapped("active")))

    def test_a_draft_takes_the_figures_of_the_case(self):
        notice = self._make()
        self.assertRecordValues(
            notice,
            [
                {
                    "state": "draft",
                    "name": False,
                    "partner_id": self.customer.id,
                    "stage_id": self.stage.id,
                    "amount_principal": 1000,
                    "amount_interest": 25.31,
                    "amount_compensation": 40,
                    "amount_total": 1065.31,
                    "days_to_pay": 15,
                    "signatory": "Maria Rossi",
                }
            ],
        )
        self.assertRecordValues(
            notice.line_ids,
            [
                {
                    "name": self.move.name,
                    "due_date": Date.to_date("2026-03-15"),
                    "amount_original": 1000,
                    "amount_residual": 1000,
                    "amount_interest": 25.31,
                    "amount_compensation": 40,
                }
            ],
        )

    def test_a_case_has_one_notice_under_way(self):
        self._make()
        self.assertFalse(self.case.can_make_notice)
        with self.assertRaises(UserError):
            self.case.with_user(self.user).action_make_notice()

    def test_a_case_with_another_next_step_asks_for_no_notice(self):
        self.case.stage_id = self.business.stage_ids[0]
        with self.assertRaises(UserError):
            self._make()

    def test_the_letter_says_what_the_law_and_the_debtor_need(self):
        notice = self._make_ready()
        self.assertEqual((notice.state, notice.name), ("ready", "MM/2026/0001"))
        text = self._read(notice.letter_id.attachment_id.raw)
        for words in (
            "MM/2026/0001",
            "Trattoria Rossi",
            "Corso Francia 2",
            self.move.name,
            "1,065.31",
            "art. 1219",
            "art. 2943",
            "D.Lgs. 231/2002",
            "15 days",
            "IT60 X054 2811 1010 0000 0123 456",
            "+39 011 555 0101",
            "disregard this letter",
            "2016/679",
            "Maria Rossi",
            "Signature",
        ):
            self.assertIn(words, text)
        self.assertEqual(notice.letter_id.sha256, hashlib.sha256(notice.letter_id.attachment_id.raw).hexdigest())

    def test_a_consumer_owes_the_legal_rate_and_no_compensation(self):
        person = self._create_customer(
            "Anna Verdi", is_company=False, street="Via Roma 3", city="Asti", l10n_it_codice_fiscale="MRTMTT91D08F205J"
        )
        self._create_invoice(1000, partner=person)
        case = self._scan(person)
        case.stage_id = case.policy_id.stage_ids.filtered(lambda stage: stage.kind == "notice")
        notice = self._make(case)
        notice.action_ready()
        text = self._read(notice.letter_id.attachment_id.raw)
        self.assertIn("art. 1224 and 1284", text)
        self.assertNotIn("231/2002", text)
        self.assertEqual(notice.amount_compensation, 0)

    def test_everything_that_is_missing_is_named(self):
        self.customer.write({"vat": False, "street": False})
        notice = self._make()
        notice.signatory = False
        with self.assertRaises(UserError) as caught:
            notice.action_ready()
        for words in ("debtor's tax code", "debtor's address", "Who signs"):
            self.assertIn(words, str(caught.exception))
            self.assertIn(words, notice.warning)
        self.assertEqual(notice.state, "draft")

    def test_credits_that_cover_the_claim_leave_nothing_to_claim(self):
        notice = self._make()
        self._create_invoice(5000, move_type="out_refund", due="2026-05-01", date="2026-05-01")
        notice.action_renew()
        with self.assertRaises(UserError) as caught:
            notice.action_ready()
        self.assertIn("Nothing is left to claim", str(caught.exception))

    def test_a_payment_before_it_is_ready_asks_for_a_new_draft(self):
        notice = self._make()
        self._pay(self.move, amount=400)
        with self.assertRaises(UserError) as caught:
            notice.action_ready()
        self.assertIn("new draft", str(caught.exception))
        notice.action_renew()
        notice.action_ready()
        self.assertEqual(notice.amount_principal, 600)

    def test_a_payment_before_it_is_posted_asks_for_a_new_draft(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        self._pay(self.move, amount=400)
        with self.assertRaises(UserError) as caught:
            self._enter(notice, "sent", tracking_number="RR1")
        self.assertIn("new draft", str(caught.exception))
        notice.action_renew()
        self.assertFalse(notice.signed_id)
        self.assertEqual(notice.state, "draft")

    def test_it_is_not_sent_without_a_signed_file(self):
        notice = self._make_ready()
        with self.assertRaises(UserError) as caught:
            self._enter(notice, "sent", tracking_number="RR1")
        self.assertIn("unsigned notice interrupts nothing", str(caught.exception))

    def test_the_letter_as_it_was_drawn_is_not_a_signed_one(self):
        notice = self._make_ready()
        with self.assertRaises(UserError):
            self._enter(notice, "signed", notice.letter_id.attachment_id.raw)
        with self.assertRaises(UserError):
            self._enter(notice, "signed", b"not a scan")

    def test_a_digital_signature_is_looked_for_in_the_file(self):
        notice = self._make_ready(signing="digital")
        with self.assertRaises(UserError):
            self._enter(notice, "signed", SCAN)
        self._enter(notice, "signed", SIGNED)
        self.assertEqual(notice.signed_id.sha256, hashlib.sha256(SIGNED).hexdigest())

    def test_a_signed_file_that_was_changed_is_not_sent(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        notice.sudo().signed_id.attachment_id.raw = b"%PDF- something else"
        with self.assertRaises(UserError) as caught:
            self._enter(notice, "sent", tracking_number="RR1")
        self.assertIn("changed", str(caught.exception))

    def test_a_registered_letter_has_a_number(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        with self.assertRaises(UserError):
            self._enter(notice, "sent", tracking_number=" ")

    def test_it_is_not_delivered_without_proof(self):
        notice = self._make_sent()
        with self.assertRaises(UserError):
            self._enter(notice, "delivered")
        self.assertEqual(notice.state, "sent")

    @freeze_time("2026-06-25 09:00:00")
    def _deliver(self, notice, day="2026-06-20"):
        self._enter(notice, "delivered", PROOF, date=day)

    def test_delivery_with_proof_completes_the_stage_on_its_day(self):
        notice = self._make_sent()
        self._deliver(notice)
        self.assertRecordValues(
            notice,
            [
                {
                    "state": "delivered",
                    "arrival_date": Date.to_date("2026-06-20"),
                    "deadline_date": Date.to_date("2026-07-05"),
                }
            ],
        )
        self.assertIn("proof", notice.file_ids.mapped("kind"))
        self.assertRecordValues(self.case.step_ids, [{"kind": "notice", "state": "done", "cycle": 1}])
        self.assertRecordValues(self.case, [{"stage_kind": "call", "step_date": Date.to_date("2026-06-20")}])

    def test_storage_at_the_post_office_counts_from_its_notice(self):
        notice = self._make_sent()
        with freeze_time("2026-07-25"):
            self._enter(notice, "stored", PROOF, date="2026-06-18")
            self.assertEqual(notice.arrival_date, Date.to_date("2026-06-18"))
            self.assertEqual(self.case.step_date, Date.to_date("2026-06-18"))
            self._enter(notice, "returned", PROOF, date="2026-07-20", return_reason="unclaimed")
        self.assertRecordValues(notice, [{"state": "returned", "arrival_date": Date.to_date("2026-06-18")}])

    def test_a_letter_that_nobody_collected_was_in_storage_first(self):
        notice = self._make_sent()
        with self.assertRaises(UserError) as caught:
            self._enter(notice, "returned", PROOF, return_reason="unclaimed")
        self.assertIn("in storage", str(caught.exception))

    def test_a_letter_that_came_back_from_a_wrong_address_has_not_arrived(self):
        notice = self._make_sent()
        self._enter(notice, "returned", PROOF, return_reason="unknown")
        self.assertFalse(notice.arrival_date)
        self.assertEqual(self.case.stage_id, self.stage)
        self.assertIn("did not arrive", notice.activity_ids.summary)
        self.assertTrue(self.case.can_make_notice)

    def test_a_refused_letter_counts_as_arrived(self):
        notice = self._make_sent()
        self._enter(notice, "returned", PROOF, return_reason="refused")
        self.assertEqual(notice.arrival_date, Date.to_date("2026-06-15"))

    def test_days_in_the_future_or_before_the_sending_are_refused(self):
        notice = self._make_sent()
        for day in ("2026-06-16", "2026-06-14"):
            with self.assertRaises(UserError):
                self._enter(notice, "delivered", PROOF, date=day)

    def test_later_instalments_need_a_notice_of_their_own(self):
        self._deliver(self._make_sent())
        later = self._create_invoice(500, due="2026-06-10", date="2026-05-10")
        self._scan()
        self.assertTrue(self.case.has_new_lines)
        covered = {line.move_id: line.notice_date for line in self.case.line_ids}
        self.assertEqual(covered, {self.move: Date.to_date("2026-06-20"), later: False})
        notice = self._make()
        self.assertEqual(notice.line_ids.move_id, later)
        self.assertFalse(notice.stage_id)

    def test_the_compensation_of_an_invoice_is_claimed_once(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (60, 145)
                ],
            }
        )
        self._create_invoice(800, date="2026-01-15", due=False, invoice_payment_term_id=term.id)
        self._scan()
        self.assertEqual(len(self.case.line_ids), 3)
        first = self._make()
        self.assertEqual(first.amount_compensation, 80)
        self.assertEqual(first.line_ids.mapped("amount_compensation"), [40, 40, 0])

    def test_a_second_notice_leaves_out_the_compensation_of_the_first(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (60, 153)
                ],
            }
        )
        self._create_invoice(800, date="2026-01-15", due=False, invoice_payment_term_id=term.id)
        self._scan()
        self._deliver(self._make_sent())
        with freeze_time("2026-06-25"):
            self._scan()
            second = self._make()
            self.assertEqual((second.amount_principal, second.amount_compensation), (400, 0))

    def test_nothing_goes_out_for_a_case_that_rests(self):
        notice = self._make_ready()
        self._enter(notice, "signed", SCAN)
        self.customer.dunning_insolvency_date = "2026-06-10"
        with self.assertRaises(UserError) as caught:
            self._enter(notice, "sent", tracking_number="RR1")
        self.assertIn("paused, stopped or closed", str(caught.exception))

    def test_numbers_are_of_each_company(self):
        first = self._make_ready()
        self.assertEqual(first.name, "MM/2026/0001")
        sequence = self.env["ir.sequence"].search([("code", "=", "dunning.notice")])
        self.assertEqual(sequence.company_id, self.company)

    def test_words_with_an_unknown_place_are_refused(self):
        text = self.env.ref("dunning_it.dunning_notice_text_standard")
        with self.assertRaises(UserError) as caught:
            text.demand = "Pay {tot}"
        self.assertIn("{tot}", str(caught.exception))

    def test_the_words_can_be_changed(self):
        text = self.env.ref("dunning_it.dunning_notice_text_standard").with_user(self.manager)
        text.next_step = "We then ask {debtor} to court in {days} days."
        notice = self._make_ready()
        self.assertIn(
            "We then ask Trattoria Rossi to court in 15 days.", self._read(notice.letter_id.attachment_id.raw)
        )

    def _read(self, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).replace("\xa0", " ").split())


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNoticeGuards(NoticeCommon):
    def test_an_invoice_that_a_sent_notice_names_is_not_taken_back(self):
        notice = self._make_ready()
        biller = self._create_user("biller", "account.group_account_invoice")
        self._enter(notice, "signed", SCAN)
        self._enter(notice, "sent", tracking_number="RR1")
        for take_back in ("button_draft", "button_cancel"):
            with self.assertRaises(UserError) as caught:
                getattr(self.move.with_user(biller), take_back)()
            self.assertIn(notice.name, str(caught.exception))

    def test_a_manager_takes_it_back_and_that_is_written_down(self):
        notice = self._make_sent()
        self.move.with_user(self.manager).button_draft()
        self.assertIn("taken back", notice.message_ids[0].body)

    def test_a_draft_of_a_notice_holds_no_invoice(self):
        self._make()
        self.move.with_user(self.user).button_draft()
        self.assertEqual(self.move.state, "draft")

    def test_merged_customers_keep_their_notices(self):
        notice = self._make_sent()
        other = self._create_customer("Trattoria Rossi Due", email=self.customer.email)
        second = self._create_invoice(700, partner=other)
        kept = self._scan(other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer | other).ids, other, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(notice.partner_id, other)
        self.assertEqual(notice.case_id.state, "closed")
        self.assertEqual(kept.state, "open")
        self.assertEqual(kept.line_ids.move_id, self.move | second)

    def test_what_a_notice_says_is_not_written_by_hand(self):
        notice = self._make_ready()
        for values in ({"state": "sent"}, {"amount_total": 1}, {"delivered_date": "2026-06-01"}, {"signed_id": 1}):
            with self.assertRaises(AccessError):
                notice.with_user(self.manager).write(values)
        with self.assertRaises(UserError):
            notice.signatory = "Somebody else"
        with self.assertRaises(AccessError):
            notice.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            self.env["dunning.notice"].with_user(self.manager).create({"case_id": self.case.id})
        for model in ("dunning.notice.line", "dunning.notice.file", "dunning.receipt"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.manager).create({})

    def test_another_company_sees_no_notice(self):
        notice = self._make_ready()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._create_user(
            "stranger", "dunning_it.group_dunning_manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        with self.assertRaises(AccessError):
            notice.with_user(stranger).read(["name"])
        with self.assertRaises(AccessError):
            self._enter(notice.with_user(stranger), "signed", SCAN)
        self.assertFalse(notice.signed_id)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 09:00:00")
class TestNoticeByRpc(NoticeCommon, HttpCase):
    @mute_logger("odoo.http")  # each refusal is told there
    def test_nobody_goes_round_the_buttons(self):
        notice = self._make_ready()
        seller = self._create_user("notice_seller", "sales_team.group_sale_salesman")
        for login, allowed in ((seller.login, False), (self.user.login, True)):
            self.authenticate(login, login)
            for method in ("write", "action_send_pec", "_mark_sent", "_record"):
                arguments = [notice.ids, {"state": "delivered"}] if method == "write" else [notice.ids]
                with self.assertRaises(JsonRpcException, msg=(login, method)):
                    self.make_jsonrpc_request(
                        f"/web/dataset/call_kw/dunning.notice/{method}",
                        {"model": "dunning.notice", "method": method, "args": arguments, "kwargs": {}},
                    )
            status = self.url_open(f"/dunning/notice/{notice.id}/draft").status_code
            self.assertEqual(status, 200 if allowed else 404)
        self.assertEqual(notice.state, "ready")
