"""One gate for every contact."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..gate.verdict import GO, LATER
from ..models.lifecycle_gate_request import GateRequest
from .common import LifecycleCommon

NOW = datetime(2026, 6, 15, 10)  # a Monday, noon in Rome


class GateCase(LifecycleCommon):
    """A customer who has bought and was told that he may object."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.lifecycle_informed_date = date(2026, 1, 1)
        cls.customer.phone = "+39 02 5550 1234"
        cls._create_order(cls.customer, datetime(2026, 3, 1, 9))
        cls.env.flush_all()

    def _judge(self, purpose="marketing", channel="email", person=None, now=NOW, **more):
        request = GateRequest((person or self.customer).id, purpose, channel, **more)
        [verdict] = self.env["lifecycle.gate"]._judge([request], self.company, now)
        return verdict

    def _codes(self, *args, **kwargs):
        return [reason.code for reason in self._judge(*args, **kwargs).reasons]

    def _say(self, purpose, state, person=None, **values):
        purpose = self.env.ref(f"lifecycle_crm.lifecycle_purpose_{purpose}")
        values = {"moment": NOW - timedelta(1), "source": "talk", **values}
        person = person or self.customer
        return self.env["lifecycle.consent"].create(
            {"partner_id": person.id, "purpose_id": purpose.id, "state": state, **values}
        )

    def _touch(self, person, moment, state="done", purpose="marketing", **values):
        stage = self.env["lifecycle.stage"].search([("company_id", "=", self.company.id)], limit=1)
        purpose = self.env.ref(f"lifecycle_crm.lifecycle_purpose_{purpose}")
        number = self.env["lifecycle.play"].search_count([])
        play = self.env["lifecycle.play"].create({"name": "P", "code": f"p{number}", "stage_id": stage.id})
        step = self.env["lifecycle.step"].create(
            {"play_id": play.id, "name": "S", "code": "s", "purpose_id": purpose.id, "trigger": "entered"}
        )
        entry = self.env["lifecycle.entry"].create(
            {
                "play_id": play.id,
                "company_id": self.company.id,
                "partner_id": person.commercial_partner_id.id,
                "key": "k",
                "entered_on": moment,
                "trigger_date": moment.date(),
            }
        )
        return self.env["lifecycle.touch"].create(
            {
                "entry_id": entry.id,
                "step_id": step.id,
                "purpose_id": purpose.id,
                "channel": "email",
                "address": person.email_normalized,
                "state": state,
                "due_on": moment,
                "settled_on": moment if state == "done" else False,
                **values,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGate(GateCase):
    def test_a_customer_who_was_told_may_be_written_to(self):
        self.assertEqual(self._judge().outcome, GO)

    def test_a_lead_who_never_bought_may_not(self):
        self.assertEqual(self._codes(person=self._create_customer("Osteria Bianchi")), ["no_consent"])

    def test_who_bought_before_anybody_told_him_may_not(self):
        self.company.lifecycle_informed_date = date(2026, 4, 1)
        self.assertEqual(self._codes(), ["no_consent"])
        self.company.lifecycle_informed_date = False
        self.assertEqual(self._codes(), ["no_consent"])
        self._say("marketing", "granted")
        self.assertEqual(self._judge().outcome, GO)

    def test_the_latest_word_counts(self):
        self._say("marketing", "refused", moment=NOW - timedelta(9))
        self.assertEqual(self._codes(), ["objected"])
        self._say("marketing", "granted")
        self.assertEqual(self._judge().outcome, GO)

    def test_a_word_about_one_channel_is_about_that_alone(self):
        self._say("marketing", "refused", channel="phone")
        self.assertEqual(self._judge().outcome, GO)
        self.assertIn("objected", self._codes(channel="phone"))

    def test_a_mailbox_shared_by_several_has_one_word(self):
        other = self._create_customer("Osteria Bianchi", email=self.customer.email)
        self._create_order(other, datetime(2026, 3, 1, 9))
        self._say("marketing", "refused")
        self.assertEqual(self._codes(person=other), ["objected"])

    def test_service_goes_whoever_objects_but_carries_no_promotion(self):
        self._say("marketing", "refused")
        self.assertEqual(self._judge("service").outcome, GO)
        self.assertEqual(self._codes("service", is_promotional=True), ["promotion_in_service"])

    def test_who_left_the_newsletter_is_not_written_to(self):
        mailing_list = self.env["mailing.list"].create({"name": "News"})
        contact = self.env["mailing.contact"].create({"email": self.customer.email})
        subscription = self.env["mailing.subscription"].create(
            {"contact_id": contact.id, "list_id": mailing_list.id, "opt_out": True}
        )
        self.assertEqual(self._codes(), ["opted_out"])
        purpose = self.env.ref("lifecycle_crm.lifecycle_purpose_marketing")
        purpose.mailing_list_ids = self.env["mailing.list"].create({"name": "Other"})
        self.assertEqual(self._judge().outcome, GO)
        purpose.mailing_list_ids += mailing_list
        self.assertEqual(self._codes(), ["opted_out"])
        subscription.opt_out = False
        self.assertEqual(self._judge().outcome, GO)

    def test_the_exclusion_lists_hold(self):
        self.env["mail.blacklist"]._add(self.customer.email)
        self.assertEqual(self._codes(), ["blacklisted"])
        self.env["phone.blacklist"]._add([self.customer.phone_sanitized])
        self.assertIn("blacklisted", self._codes(channel="phone"))

    def test_a_call_needs_a_fresh_look_into_the_register(self):
        self.assertEqual(self._codes(channel="phone"), ["register_not_checked"])
        check = self.env["lifecycle.register.check"].create({"partner_id": self.customer.id, "date": "2026-06-10"})
        self.assertEqual(check.number, self.customer.phone_sanitized)
        self.assertEqual(self._judge(channel="phone").outcome, GO)
        self.assertEqual(self._codes(channel="phone", now=NOW + timedelta(21)), ["register_check_old"])
        self.env["lifecycle.register.check"].create(
            {"partner_id": self.customer.id, "date": "2026-06-11", "is_listed": True}
        )
        self.assertEqual(self._codes(channel="phone"), ["register_listed"])

    def test_profiling_is_objected_to_once_for_all(self):
        self._say("profiling", "refused")
        self.assertEqual(self._judge().outcome, GO)
        self.assertEqual(self._codes(is_profiled=True), ["profiling_objected"])

    def test_nobody_takes_back_for_another_that_he_objects_to_a_profile(self):
        anna = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.customer.id, "email": "anna@example.com"}
        )
        for day, first, then in ((9, anna, self.customer), (5, self.customer, anna)):
            self._say("profiling", "refused", person=first, moment=NOW - timedelta(day))
            self._say("profiling", "granted", person=then, moment=NOW - timedelta(day - 1))
            self.assertEqual(self._codes("service", person=anna, is_profiled=True), [])
            self.assertIn("profiling_objected", self._codes(person=anna, is_profiled=True))
            self._say("profiling", "granted", person=first, moment=NOW - timedelta(day - 2))
            self.assertEqual(self._codes(person=anna, is_profiled=True), [])

    def test_open_complaints_and_debts_put_off(self):
        case = self.env["lifecycle.case"]._open_case("complaint", self.customer, self.company, name="Broken")
        verdict = self._judge()
        self.assertEqual((verdict.outcome, [reason.code for reason in verdict.reasons]), (LATER, ["open_complaint"]))
        case.is_closed = True
        self.customer.trust = "bad"
        self.assertEqual(self._codes(), ["debtor"])
        self.customer.trust = "good"
        self.assertEqual(self._judge().outcome, GO)

    def test_the_cap_holds_for_an_address_whoever_it_belongs_to(self):
        other = self._create_customer("Osteria Bianchi", email=self.customer.email)
        self._touch(self.customer, NOW - timedelta(6))
        self.assertEqual(self._judge().outcome, GO)
        self._touch(other, NOW - timedelta(2))
        verdict = self._judge()
        self.assertEqual((verdict.outcome, verdict.moment), (LATER, NOW + timedelta(1)))
        self.assertEqual(self._judge(now=verdict.moment).outcome, GO)
        self.assertEqual(self._judge("service").outcome, GO)

    def test_a_mail_of_which_nobody_knows_whether_it_arrived_counts_for_the_cap(self):
        for _contact in range(2):
            self._touch(self.customer, NOW, state="claimed", claimed_on=NOW)._settle("uncertain")
        self.assertEqual(self._codes(), ["frequency_cap"])

    def test_mailings_of_core_count_for_the_cap(self):
        mailing = self.env["mailing.mailing"].create(
            {"subject": "News", "mailing_model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        for days in (1, 2):
            self.env["mailing.trace"].create(
                {
                    "mass_mailing_id": mailing.id,
                    "model": "res.partner",
                    "res_id": self.customer.id,
                    "email": self.customer.email_normalized,
                    "sent_datetime": NOW - timedelta(days),
                }
            )
        self.assertEqual(self._codes(), ["frequency_cap"])

    def test_those_who_may_go_count_for_those_asked_after_them(self):
        request = GateRequest(self.customer.id, "marketing", "email")
        verdicts = self.env["lifecycle.gate"]._judge([request] * 4, self.company, NOW)
        self.assertEqual([verdict.outcome for verdict in verdicts], [GO, GO, LATER, LATER])
        self.assertEqual(verdicts[2].moment, NOW + timedelta(7))

    def test_nobody_is_called_at_night_by_the_clocks_of_rome(self):
        self._say("marketing", "granted")
        night = datetime(2026, 6, 16, 18, 30)  # half past eight in the evening
        verdict = self._judge(channel="phone", now=night)
        self.assertEqual((verdict.outcome, verdict.moment), (LATER, datetime(2026, 6, 17, 7)))
        self.assertEqual(self._judge(channel="phone", now=datetime(2026, 12, 16, 18, 30)).outcome, GO)

    def test_a_thousand_cost_as_many_queries_as_one(self):
        people = self.env["res.partner"].create(
            [{"name": f"Many {number}", "email": f"many{number}@example.com"} for number in range(1000)]
        )
        requests = [GateRequest(person.id, "marketing", "email") for person in people]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.env["lifecycle.gate"]._judge(requests, self.company, NOW)

    def test_reasons_read_as_sentences(self):
        self._touch(self.customer, NOW - timedelta(6))
        self._touch(self.customer, NOW - timedelta(2))
        [words] = self.env["lifecycle.gate"]._words(self._judge().reasons)
        self.assertIn("2 contacts within 7 days, at most 2 are allowed", words)

    def test_a_consent_to_one_purpose_is_not_proved_by_the_text_of_another(self):
        feedback = self.env.ref("lifecycle_crm.lifecycle_purpose_feedback")
        values = {"purpose_id": feedback.id, "lang": "en_US", "body": "May we ask you?"}
        text = self.env["lifecycle.consent.text"].create(values)
        self._say("feedback", "granted", text_id=text.id)
        with self.assertRaises(ValidationError):
            self._say("marketing", "granted", text_id=text.id)

    def test_what_a_person_says_himself_is_not_entered_by_others(self):
        Consent = self.env["lifecycle.consent"].with_user(self.user)
        purpose = self.env.ref("lifecycle_crm.lifecycle_purpose_marketing")
        values = {"partner_id": self.customer.id, "purpose_id": purpose.id, "state": "granted"}
        with self.assertRaises(AccessError):
            Consent.create({**values, "source": "page"})
        with self.assertRaises(AccessError):
            Consent.with_context(default_source="page").create(values)
        consent = Consent.create({**values, "source": "paper", "user_id": self.manager.id})
        self.assertEqual(consent.user_id, self.user)
        self.assertEqual(consent.address, self.customer.email_normalized)
        with self.assertRaises(ValidationError):
            Consent.create({**values, "moment": NOW + timedelta(1)})
        service = self.env.ref("lifecycle_crm.lifecycle_purpose_service")
        with self.assertRaises(ValidationError):
            Consent.create({**values, "purpose_id": service.id})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaks(GateCase):
    """What core lets through."""

    def _mailing(self):
        return self.env["mailing.mailing"].create(
            {
                "subject": "News",
                "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
                "mailing_domain": [("id", "=", self.customer.id)],
                "body_html": "<p>News</p>",
            }
        )

    def test_a_mailing_on_contacts_respects_who_left_the_newsletter(self):
        mailing_list = self.env["mailing.list"].create({"name": "News"})
        contact = self.env["mailing.contact"].create({"email": self.customer.email})
        self.env["mailing.subscription"].create({"contact_id": contact.id, "list_id": mailing_list.id, "opt_out": True})
        mailing = self._mailing()
        mailing.action_send_mail()
        self.assertEqual(mailing.mailing_trace_ids.mapped("trace_status"), ["cancel"])

    def test_a_mailing_respects_objections_to_marketing(self):
        self._say("marketing", "refused")
        mailing = self._mailing()
        mailing.action_send_mail()
        self.assertEqual(mailing.mailing_trace_ids.mapped("trace_status"), ["cancel"])

    def test_an_objection_goes_with_the_person_to_his_new_address(self):
        self._say("marketing", "refused")
        self.customer.email = "new@example.com"
        self.assertEqual(self._codes(), ["objected"])
        self.assertEqual(self._mail(), ["cancel"])
        self._say("marketing", "granted", moment=NOW)
        self.assertNotIn("cancel", self._mail())

    def test_an_objection_of_who_has_two_addresses_holds(self):
        self.customer.email = "Rossi <rossi@example.com>, anna.rossi@example.com"
        self.assertEqual(self._judge().outcome, GO)
        self._say("marketing", "refused")
        self.assertEqual(self._codes(), ["objected"])
        self.assertEqual(self._mail(), ["cancel"])

    def _mail(self):
        """Send a mailing to the customer; what became of it."""
        mailing = self._mailing()
        mailing.action_send_mail()
        return mailing.mailing_trace_ids.mapped("trace_status")

    def test_a_mailing_spares_debtors_and_their_people(self):
        person = self.env["res.partner"].create(
            {"name": "Anna", "parent_id": self.customer.id, "email": "a@example.com"}
        )
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.with_company(other).trust = "bad"
        self.assertEqual(self._mail(), ["cancel"])
        self.assertIn(person.email, self._mailing()._get_opt_out_list())
        self.customer.with_company(other).trust = "normal"
        self.assertNotIn("cancel", self._mail())

    def test_and_who_waits_for_the_answer_to_a_complaint(self):
        values = {"name": "Late", "partner_id": self.customer.id}
        self.env["lifecycle.case"].create({**values, "kind": "invoice"})
        case = self.env["lifecycle.case"].create({**values, "kind": "complaint"})
        self.assertEqual(self._mail(), ["cancel"])
        case.write({"solution": "Sent again", "state": "solved"})
        self.assertNotIn("cancel", self._mail())

    def test_who_did_not_object_gets_the_mailing(self):
        mailing = self._mailing()
        mailing.action_send_mail()
        self.assertNotIn("cancel", mailing.mailing_trace_ids.mapped("trace_status"))
        self.assertEqual(len(mailing.mailing_trace_ids), 1)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestProfiling(GateCase):
    def test_who_objects_to_a_profile_has_the_facts_of_the_contract_alone(self):
        Status = self.env["lifecycle.status"]
        Status._sweep(self.company)
        status = Status._get(self.customer, self.company)
        self.assertTrue(status.stage_id and status.rfm_recency and status.reason and status.gap_days)
        self.assertTrue(self.customer.category_id)
        self._say("profiling", "refused")
        self.assertFalse(status.stage_id or status.rfm_recency or status.reason or status.gap_days)
        self.assertFalse(status.next_order_date or status.next_change_date)
        self.assertFalse(self.customer.category_id)
        self.assertFalse(status.transition_ids)
        self.assertEqual((status.order_count, status.revenue), (1, 100))
        Status._sweep(self.company)
        self.assertFalse(status.stage_id or status.rfm_recency or self.customer.category_id)
        self._say("profiling", "granted", moment=NOW)
        self.assertEqual(status.stage_id.code, "at_risk")
        self.assertEqual(self.customer.category_id, status.stage_id.tag_id)

    def test_who_turns_out_to_be_somebody_who_objected_has_no_profile(self):
        other = self._create_customer("Osteria Bianchi")
        self._create_order(other, datetime(2026, 3, 1, 9))
        Status = self.env["lifecycle.status"]
        Status._sweep(self.company)
        self._say("profiling", "refused", person=other)
        self.env["base.partner.merge.automatic.wizard"]._merge((self.customer | other).ids, self.customer)
        Status._refresh(self.company, self.customer)
        status = Status._get(self.customer, self.company)
        self.assertFalse(status.stage_id or status.rfm_recency or status.transition_ids)
        self.assertEqual(status.order_count, 2)

    def test_contacts_are_found_by_whether_they_have_a_stage(self):
        nobody = self._create_customer("Osteria Bianchi")
        self.env["lifecycle.status"]._sweep(self.company)
        both, Partner = nobody | self.customer, self.env["res.partner"].with_user(self.user)
        for domain, found in (
            ([("lifecycle_stage_id", "!=", False)], self.customer),
            ([("lifecycle_stage_id", "=", False)], nobody),
            ([("lifecycle_stage_id", "in", [False, self.customer.lifecycle_stage_id.id])], both),
            ([("lifecycle_stage_id", "not in", self.customer.lifecycle_stage_id.ids)], nobody),
        ):
            self.assertEqual(Partner.search([*domain, ("id", "in", both.ids)]), found, domain)
