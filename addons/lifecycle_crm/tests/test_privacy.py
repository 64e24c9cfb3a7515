"""What is known of a person: handed over, forgotten, and not kept for ever."""

import json
from base64 import b64decode
from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import tagged

from ..models.lifecycle_gate_request import GateRequest
from ..models.lifecycle_privacy import DELETE, KEEP
from .plays_common import NOW
from .privacy_common import PrivacyCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPrivacy(PrivacyCommon):
    def test_every_model_that_knows_a_person_has_its_way(self):
        """Asks the registry, so that a new model is not forgotten."""
        ways = self._privacy()._get_ways()
        knowing = {
            name
            for name in self.env.registry
            if name.startswith("lifecycle.") and self.env[name]._auto and not self.env[name]._transient
            for field in self.env[name]._fields.values()
            if field.comodel_name == "res.partner" and field.store and field.type in ("many2one", "many2many")
        }
        self.assertEqual(knowing, ways.keys())
        self.assertLessEqual(set(ways.values()), {DELETE, KEEP})
        self.assertEqual(knowing, self.rows.keys(), "The tests below are about every model.")

    def test_all_that_is_known_is_handed_over(self):
        found = self._privacy()._export(self.customer, self.company)
        names = {self.env["ir.model"]._get(model).name for model in self.rows}
        self.assertEqual(found.keys(), names)
        text = json.dumps(found)
        for words in ("My knee hurts", "not_used", "Broken bottle", "Interested"):
            self.assertIn(words, text)
        self.assertNotIn(self.other.name, text)
        for row in self.rows.values():
            if "access_token" in row._fields and row.access_token:
                self.assertNotIn(row.access_token, text)

    def test_nothing_is_left_out_where_two_fields_are_called_the_same(self):
        consent = self.rows["lifecycle.consent"]
        values = {"purpose_id": consent.purpose_id.id, "lang": "en_US", "body": "We write to you"}
        text = self.env["lifecycle.consent.text"].create(values)
        said = consent.copy({"state": "granted", "text_id": text.id, "words": "Yes, do"})
        self.env["res.lang"]._activate_lang("it_IT")
        row = self._privacy().with_context(lang="it_IT")._export_row(said.with_context(lang="it_IT"))
        self.assertLessEqual({text.with_context(lang="it_IT").name, "Yes, do"}, set(row.values()))

    def test_moments_are_those_of_the_company_s_clocks(self):
        consent = self.rows["lifecycle.consent"].copy({"state": "granted", "moment": "2026-06-10 22:30:00"})
        self.assertIn("2026-06-11 00:30:00+02:00", self._privacy()._export_row(consent).values())

    def test_a_person_of_a_customer_has_his_own(self):
        found = self._privacy()._export(self.anna, self.company)
        self.assertIn("Contact with a Customer", found)
        self.assertNotIn("Customer Feedback", found)

    def test_the_file_is_for_people_and_programs(self):
        wizard = self.env["lifecycle.privacy.wizard"].with_user(self.manager).create({"partner_id": self.customer.id})
        wizard.action_export()
        self.assertIn("Customer Feedback", json.loads(b64decode(wizard.file)))
        self.assertIn("Customer Feedback", wizard.content)

    def test_who_is_erased_is_forgotten_and_left_in_peace(self):
        theirs = self._create_rows(self.other, self.other, NOW)
        _deleted, kept = self._privacy()._erase(self.customer, self.company)
        ways = self._privacy()._get_ways()
        for model, row in self.rows.items():
            with self.subTest(model=model):
                self.assertEqual(bool(row.exists()), ways[model] == KEEP)
                self.assertTrue(theirs[model].exists())
        self.assertIn("Consent", kept)
        self.assertFalse(self.env["lifecycle.feedback"].search([("partner_id", "=", self.customer.id)]))
        for purpose in self.env["lifecycle.purpose"].search([("basis", "!=", "contract")]):
            request = GateRequest(self.customer.id, purpose.code, "email")
            [verdict] = self.env["lifecycle.gate"]._judge([request], self.company)
            self.assertIn("objected", [reason.code for reason in verdict.reasons])

    def test_who_is_erased_does_not_get_what_waits_in_the_queue(self):
        values = {"subject": "Hello", "email_to": self.anna.email, "state": "outgoing"}
        mail = self.env["mail.mail"].create(values)
        self.rows["lifecycle.touch"].sudo().mail_id = mail
        self._privacy()._erase(self.anna, self.company)
        self.assertFalse(mail.exists())

    def test_who_is_erased_does_not_get_once_more_what_he_got(self):
        service = self.env.ref("lifecycle_crm.lifecycle_purpose_service").id
        play = self._create_play([{"purpose_id": service, "trigger": "delivered"}], stage_id=False)
        play.action_start()
        play.started_on = NOW - timedelta(1)
        self._plan()
        self.assertEqual(self._get_touches(play).contact_id, self.anna)
        self._privacy()._object_to_all(self.anna, self.company)
        with freeze_time(NOW + timedelta(1)):
            self._privacy()._erase(self.anna, self.company)
            self._plan()
            self.assertFalse(self._get_touches(play))
        with freeze_time(NOW + timedelta(2)):
            order = self._create_order(self.anna, NOW + timedelta(2))
            order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
            order.picking_ids.button_validate()
            self._plan()
            self.assertEqual(self._get_touches(play).order_id, order)

    def test_only_a_manager_hands_over_and_erases(self):
        Privacy = self.env["lifecycle.privacy"].with_user(self.user)
        for method in (Privacy._export, Privacy._erase):
            with self.assertRaises(AccessError):
                method(self.customer, self.company)
        with self.assertRaises(AccessError):
            self.env["lifecycle.privacy.wizard"].with_user(self.user).create({"partner_id": self.customer.id})

    def test_a_manager_of_another_company_hands_over_and_erases_nothing_here(self):
        other = self.env["res.company"].create({"name": "Oleificio Nuovo"})
        Privacy = self.env["lifecycle.privacy"].with_user(self.manager)
        for method in (Privacy._export, Privacy._erase):
            with self.assertRaises(AccessError):
                method(self.customer, other)

    def test_nobody_else_takes_a_lasting_row_away(self):
        for model in ("lifecycle.consent", "lifecycle.call", "lifecycle.event", "lifecycle.register.check"):
            with self.subTest(model=model), self.assertRaises(UserError):
                self.rows[model].unlink()
            with self.subTest(model=model, user="manager"), self.assertRaises(AccessError):
                self.rows[model].with_user(self.manager).with_context(lifecycle_erasure=True).unlink()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTerms(PrivacyCommon):
    """What is past the company's term."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lifecycle_retention_months = 12
        cls.old = cls._create_rows(cls.other, cls.other, NOW - timedelta(400))

    def _forget(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE lifecycle_entry SET write_date = entered_on")
        self.env.cr.execute(
            "UPDATE lifecycle_entry SET write_date = %s WHERE id = %s",
            [NOW - timedelta(400), self.old["lifecycle.entry"].id],
        )
        self.env.invalidate_all()
        self._run_cron("forget")

    def test_what_is_past_its_term_is_deleted_and_nothing_else(self):
        self._forget()
        for model, row in self.rows.items():
            self.assertTrue(row.exists(), model)
        gone = {model for model, row in self.old.items() if not row.exists()}
        expected = {"entry", "touch", "event", "call", "reply", "claim", "register.check", "answer", "conversation"}
        self.assertEqual(gone, {f"lifecycle.{name}" for name in expected})

    def test_the_stage_that_a_customer_was_in_is_kept_whatever_was_entered_after_it(self):
        about = {"company_id": self.company.id, "to_stage_id": self.lost.id, "cause": "silence"}
        last, *_earlier = [
            self.env["lifecycle.transition"].create({**about, **values}).ids[0]
            for values in (
                {"partner_id": self.seller.partner_id.id, "moment": NOW - timedelta(500)},
                {"partner_id": self.seller.partner_id.id, "moment": NOW - timedelta(600), "merged_from": "Rossi"},
                {"partner_id": self.seller.partner_id.id, "moment": NOW - timedelta(700)},
            )
        ]
        self._forget()
        mine = [("partner_id", "=", self.seller.partner_id.id)]
        self.assertEqual(self.env["lifecycle.transition"].search(mine).ids, [last])

    def test_of_old_answers_the_figures_stay_and_the_words_go(self):
        self._forget()
        self.assertRecordValues(self.old["lifecycle.feedback"], [{"score": 2, "good": False, "better": False}])
        self.assertEqual(self.rows["lifecycle.feedback"].better, "My knee hurts")

    def test_who_answered_long_ago_has_not_answered_today_because_his_words_went(self):
        old = self.old["lifecycle.feedback"].sudo()
        old.write({"kind": "order", "order_id": self.order.id, "contact_id": self.anna.id})
        with freeze_time(NOW - timedelta(400)):
            old._rate()
            self.env.flush_all()
        rating, known = old.rating_id, old.rating_id.read(["rated_on", "write_date"])
        self.assertIn("My knee hurts", rating.message_id.body)
        self._forget()
        self.assertFalse(rating.feedback)
        self.assertNotIn("My knee hurts", rating.message_id.body or "")
        self.assertEqual(rating.read(["rated_on", "write_date"]), known)

    def test_an_approved_testimonial_keeps_its_words(self):
        self.old["lifecycle.feedback"].sudo().write({"may_publish": True, "approved_on": NOW})
        self._forget()
        self.assertEqual(self.old["lifecycle.feedback"].good, "The oil")

    def test_a_company_without_a_term_keeps_all(self):
        self.company.lifecycle_retention_months = 0
        self._forget()
        for model, row in self.old.items():
            self.assertTrue(row.exists(), model)

    def test_every_term_is_of_a_model_with_a_way(self):
        Privacy = self._privacy()
        self.assertLessEqual(Privacy._get_terms(NOW).keys(), Privacy._get_ways().keys())
        for domain in Privacy._get_terms(NOW).values():
            self.assertIsInstance(domain, Domain)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPrivacyLookup(PrivacyCommon):
    """Odoo's own search finds our rows, and deletes them."""

    def _look_up(self, person):
        wizard = self.env["privacy.lookup.wizard"].create({"name": person.name, "email": person.email})
        wizard.action_lookup()
        return wizard.line_ids.filtered(lambda line: (line.res_model or "").startswith("lifecycle."))

    def test_all_found_rows_are_deleted(self):
        lines = self._look_up(self.anna) | self._look_up(self.customer)
        found = set(lines.mapped("res_model"))
        self.assertLessEqual({"lifecycle.touch", "lifecycle.entry", "lifecycle.case"}, found)
        lines.action_unlink_all()
        self.assertEqual(set(lines.mapped("is_unlinked")), {True})
        for line in lines:
            self.assertFalse(self.env[line.res_model].browse(line.res_id).exists())

    def test_a_row_that_went_with_another_is_no_fault(self):
        lines = self._look_up(self.anna)
        self.rows["lifecycle.entry"].unlink()
        lines.filtered(lambda line: line.res_model == "lifecycle.touch").action_unlink_all()

    def test_a_call_that_only_names_the_person_is_deleted_as_well(self):
        call = self.env["lifecycle.call"].create(
            {
                "partner_id": self.other.id,
                "contact_id": self.anna.id,
                "company_id": self.company.id,
                "outcome": "interested",
                "user_id": self.user.id,
            }
        )
        lines = self._look_up(self.anna).filtered(lambda line: line.res_model == "lifecycle.call")
        self.assertEqual(lines.mapped("res_id"), call.ids)
        lines.action_unlink()
        self.assertFalse(call.exists())
