"""Versions of rules, and what they say in words."""

import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import LifecycleCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestRules(LifecycleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rulebook = cls.company.lifecycle_rulebook_id

    def _copy(self):
        return self.rulebook.with_user(self.manager).copy()

    def test_a_company_begins_with_rules_and_stages_of_its_own(self):
        other = self.env["res.company"].create({"name": "Oleificio Nuovo"})
        self.assertEqual(other.lifecycle_rulebook_id.state, "active")
        self.assertEqual(set(other.lifecycle_rulebook_id.rule_ids.stage_id.company_id), {other})
        self.assertNotEqual(other.lifecycle_rulebook_id, self.rulebook)

    def test_stages_have_names_in_the_languages_of_the_database(self):
        stages = self.rulebook.rule_ids.stage_id.with_context(lang="it_IT")
        risk = stages.filtered(lambda stage: stage.code == "at_risk")
        self.assertEqual((risk.name, risk.tag_id.name), ("A rischio", "A rischio"))

    def test_what_is_in_force_stays_as_it_is(self):
        rulebook = self.rulebook.with_user(self.manager)
        with self.assertRaises(UserError):
            rulebook.gap_default = 90
        with self.assertRaises(UserError):
            rulebook.rule_ids[0].sequence = 900
        with self.assertRaises(UserError):
            rulebook.rule_ids[0].condition_ids[0].value = 3
        with self.assertRaises(UserError):
            rulebook.write({"rule_ids": [Command.create({"name": "x", "code": "x", "stage_id": 1})]})
        with self.assertRaises(UserError):
            rulebook.unlink()
        with self.assertRaises(AccessError):
            rulebook.state = "draft"

    def test_a_draft_takes_the_place_of_the_former_version(self):
        draft = self._copy()
        self.assertEqual((draft.state, draft.version), ("draft", self.rulebook.version + 1))
        draft.action_activate()
        self.assertEqual((draft.state, self.rulebook.state), ("active", "retired"))
        self.assertEqual(self.company.lifecycle_rulebook_id, draft)
        self.assertEqual(draft.activated_by_id, self.manager)

    def test_all_that_is_wrong_is_told_at_once(self):
        draft = self._copy()
        first, last = draft.rule_ids[0], draft.rule_ids[-1]
        last.condition_ids = [Command.create({"term": "orders", "operator": ">", "value": 0})]
        first.condition_ids = [
            Command.create({"term": "orders", "operator": "<", "value": 1}),
            Command.create({"term": "orders", "operator": ">", "value": 5}),
        ]
        draft.rule_ids[1].condition_ids[0].value = 0.5
        with self.assertRaises(ValidationError) as caught:
            draft.action_activate()
        told = str(caught.exception)
        self.assertIn("The last rule must hold for everybody", told)
        self.assertIn("needs a whole number for: number of orders", told)
        self.assertEqual(self.company.lifecycle_rulebook_id, self.rulebook)

    def test_only_a_manager_changes_rules(self):
        draft = self._copy()
        for action in ("action_activate", "action_copy_to_draft", "action_try"):
            with self.subTest(action=action), self.assertRaises(AccessError):
                getattr(draft.with_user(self.user), action)()
        with self.assertRaises(AccessError):
            self.env["lifecycle.rulebook"].with_user(self.user).action_start_preset("shop")
        with self.assertRaises(AccessError):
            draft.rule_ids.with_user(self.user).name = "x"

    def test_a_stage_in_use_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.rulebook.rule_ids[0].stage_id.with_user(self.manager).unlink()

    def test_rules_read_as_sentences(self):
        words = {rule.code: rule.words for rule in self.rulebook.rule_ids}
        self.assertEqual(
            words["lost_once"], "days with orders is 1 and silence in gaps of the customer's own at least 2"
        )
        self.assertEqual(words["occasional"], "everybody else")

    def test_a_customer_is_told_why(self):
        self._create_order(self.customer, datetime.datetime(2026, 3, 1, 9))
        self.env["lifecycle.status"]._refresh(self.company)
        status = self.env["lifecycle.status"]._get(self.customer, self.company)
        self.assertEqual(status.stage_id.code, "at_risk")
        self.assertIn("the last order was 1.77 times the expected gap ago (limit: 1)", status.reason_text)
        self.assertIn("Expected gap: 60 days", status.reason_text)
        with freeze_time("2026-06-21 10:00:00"):
            status.invalidate_recordset()
            self.assertIn("1.87 times", status.reason_text)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestStageTags(LifecycleCommon):
    def _tags(self, partner):
        return partner.category_id & self.env["lifecycle.stage"].search([]).tag_id

    def test_a_customer_has_the_tag_of_his_stage_alone_and_his_own_ones(self):
        own = self.env["res.partner.category"].create({"name": "Friend"})
        self.customer.category_id = own
        self._create_order(self.customer, datetime.datetime(2026, 6, 1, 9))
        self.env["lifecycle.status"]._refresh(self.company)
        status = self.env["lifecycle.status"]._get(self.customer, self.company)
        self.assertEqual(self.customer.category_id, own | status.stage_id.tag_id)
        with freeze_time("2026-12-15 10:00:00"):
            self.env["lifecycle.status"]._refresh(self.company)
            self.assertEqual(status.stage_id.code, "lost")
            self.assertEqual(self.customer.category_id, own | status.stage_id.tag_id)

    def test_a_tag_taken_away_by_hand_comes_back(self):
        self._create_order(self.customer, datetime.datetime(2026, 6, 1, 9))
        self.env["lifecycle.status"]._refresh(self.company)
        self.customer.category_id = False
        self.env["lifecycle.status"]._sweep(self.company)
        status = self.env["lifecycle.status"]._get(self.customer, self.company)
        self.assertEqual(self._tags(self.customer), status.stage_id.tag_id)

    def test_an_uninstall_takes_the_tags_of_stages_along_and_no_others(self):
        own = self.env["res.partner.category"].create({"name": "Friend"})
        stages = self.env["lifecycle.stage"].search([])
        tags = stages.tag_id | stages.tag_id.parent_id
        self.assertTrue(tags)
        uninstall_hook(self.env)
        self.assertFalse(tags.exists())
        self.assertTrue(own.exists())

    def test_a_stage_and_its_tag_have_one_name(self):
        stage = self.company.lifecycle_rulebook_id.rule_ids.stage_id[0]
        stage.name = "Renamed"
        self.assertEqual(stage.tag_id.name, "Renamed")
        with self.assertRaises(UserError):
            stage.tag_id.unlink()
        with self.assertRaises(UserError):
            stage.tag_id.parent_id.unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestTrial(LifecycleCommon):
    def test_a_dry_run_tells_what_then_happens(self):
        for day in (1, 5):
            self._create_order(self.customer, datetime.datetime(2026, 1, day, 9))
        other = self._create_customer("Osteria Bianchi")
        self._create_order(other, datetime.datetime(2026, 6, 1, 9))
        Status = self.env["lifecycle.status"]
        Status._refresh(self.company)
        before = Status._get(self.customer, self.company)
        self.assertEqual(before.stage_id.code, "at_risk")
        draft = self.company.lifecycle_rulebook_id.with_user(self.manager).copy()
        rule = draft.rule_ids.filtered(lambda rule: rule.code == "lost_seldom")
        rule.condition_ids.filtered(lambda condition: condition.term == "silence").value = 3
        trial = self.env["lifecycle.trial"].with_user(self.manager).browse(draft.action_try()["res_id"])
        self.assertEqual(trial.move_count, 1)
        self.assertEqual((trial.flow_ids.from_stage_id.code, trial.flow_ids.to_stage_id.code), ("at_risk", "lost"))
        self.assertEqual(trial.move_ids.partner_id, self.customer)
        self.assertIn("limit: 3", trial.move_ids.reason_after)
        self.assertEqual(before.stage_id.code, "at_risk")
        trial.action_activate()
        Status._sweep(self.company)
        self.assertEqual(before.stage_id.code, "lost")
        moved = self.env["lifecycle.transition"].search([("partner_id", "=", self.customer.id)], limit=1)
        self.assertEqual(moved.cause, "rule_change")

    def test_a_contact_is_found_by_the_stage_of_his_company(self):
        person = self._create_customer("Anna Rossi", is_company=False, parent_id=self.customer.id)
        self._create_order(person, datetime.datetime(2026, 6, 1, 9))
        self.env["lifecycle.status"]._refresh(self.company)
        person = person.with_user(self.user)
        self.assertEqual(person.lifecycle_stage_id.code, "new")
        found = (
            self.env["res.partner"]
            .with_user(self.user)
            .search([("lifecycle_stage_id", "=", person.lifecycle_stage_id.id)])
        )
        self.assertIn(person, found)
        self.assertEqual(
            person.action_open_lifecycle()["res_id"], self.env["lifecycle.status"]._get(person, self.company).id
        )
