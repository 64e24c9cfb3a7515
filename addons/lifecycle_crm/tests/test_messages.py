"""What the messages of the presets say: true, complete, and nothing that is for our eyes only."""

import re
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..plays.presets import PLAYS
from .feedback_common import FeedbackCommon
from .plays_common import NOW

PROMOTION = re.compile(r"offer|discount|voucher|buy|order again|review|news|sconto|offert|promozion|buono", re.I)
HOLES = re.compile(r"\b(False|None|NewId|undefined)\b|Dear\s*,|Gentile\s*,|\s,|\{\{|%\(")
SENTINEL = "773113"  # cents; the separators depend on the language


class MessagesCommon(FeedbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for place, code in enumerate(("new", "regular", "at_risk", "lost")):
            if not cls.env["lifecycle.stage"].search([("company_id", "=", cls.company.id), ("code", "=", code)]):
                cls._create_stage(code, sequence=place)
        cls.env["lifecycle.play"].search([("company_id", "=", cls.company.id)]).unlink()
        cls.plays = cls.company._lifecycle_load_plays()
        cls.program = cls._create_program()
        cls.plays.step_ids.filtered(lambda step: step.action == "voucher").program_id = cls.program

    @classmethod
    def _create_program(cls, discount=10, mode="per_order", **values):
        reward = {"discount": discount, "discount_mode": mode, "discount_applicability": "order"}
        values = {
            "name": "Welcome back",
            "program_type": "coupons",
            "company_id": cls.company.id,
            "rule_ids": [Command.clear()],
            "reward_ids": [Command.clear(), Command.create(reward)],
            **values,
        }
        return cls.env["loyalty.program"].create(values)

    def _render(self, step, order=None, partner=None):
        """The subject and the body of a step's mail."""
        touch = self._create_touch(order, partner)
        touch.step_id = step
        touch.entry_id.play_id = step.play_id
        values = touch._render_mails()[touch.id]
        return touch, f"{values['subject']}\n{values['body_html']}"

    def _get_written_steps(self):
        return self.plays.step_ids.filtered("template_id")


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMessages(MessagesCommon):
    def _get_text(self, page):
        return " ".join(html.fromstring(f"<div>{page}</div>").text_content().split())

    def test_every_preset_is_loaded_once_as_a_draft_that_says_what_it_lacks(self):
        self.assertEqual(set(self.plays.mapped("code")), {play.code for play in PLAYS})
        self.assertEqual(set(self.plays.mapped("state")), {"draft"})
        self.assertFalse(self.company._lifecycle_load_plays())
        faulty = self.plays.filtered(lambda play: play._get_faults())
        self.assertEqual(set(faulty.mapped("code")), {"bonus", "win_back"}, "They want a budget, the others are ready.")

    def test_the_presets_are_those_of_the_plain_arithmetic(self):
        for preset in PLAYS:
            play = self.plays.filtered(lambda each, code=preset.code: each.code == code)
            self.assertEqual(play._as_play(), preset)

    def test_a_company_s_own_copy_is_left_alone(self):
        self.plays[0].name = "Mine"
        self.plays[1].unlink()
        self.assertEqual(len(self.company._lifecycle_load_plays()), 1)
        self.assertEqual(self.plays[0].name, "Mine")

    def test_every_call_has_a_script(self):
        calls = self.plays.step_ids.filtered(lambda step: step.action == "call")
        self.assertEqual(len(calls), 3)
        for step in calls:
            self.assertIn("good moment", step.script)

    def test_no_message_has_a_hole_whatever_is_not_known(self):
        rich = self._create_delivered(self.anna)
        rich.picking_ids.lifecycle_tracking = "LX 1"
        poor = self.env["res.partner"].create({"name": "Shop", "is_company": True, "email": "info@example.com"})
        nameless = self.env["res.partner"].create(
            {"parent_id": poor.id, "type": "invoice", "email": "x@example.com", "lang": False}
        )
        bare = self._create_order(poor, NOW)
        for lang in self.env["res.lang"].get_installed():
            self.anna.lang = poor.lang = lang[0]
            for step in self._get_written_steps():
                for order, partner in ((rich, None), (bare, None), (None, self.anna), (None, poor), (None, nameless)):
                    _touch, page = self._render(step, order, partner)
                    self.assertNotRegex(self._get_text(page), HOLES, step.display_name)

    def test_a_manager_sees_every_message_before_it_is_sent(self):
        steps = self._get_written_steps().with_user(self.manager)
        for step in steps:
            page = step._render_sample(self.anna, ["en_US"])["en_US"]["body_html"]
            self.assertIn("Kind regards", page)
        self.assertFalse(self.env["loyalty.card"].search_count([("program_id", "=", self.program.id)]))

    def test_a_test_goes_to_whoever_asked_for_it_and_says_when_it_cannot_be_sent(self):
        play = self.plays.filtered(lambda play: play.code == "thank_you").with_user(self.manager)
        preview = self.env["lifecycle.preview"].with_user(self.manager).browse(play.action_preview()["res_id"])
        shown = preview.action_send_test()
        self.assertIn(self.manager.email, shown["params"]["message"])
        with (
            patch.object(self.registry["ir.mail_server"], "_connect__", side_effect=OSError("Connection refused")),
            self.assertRaisesRegex(UserError, "Connection refused"),
        ):
            preview.action_send_test()

    def test_a_person_is_greeted_by_name_and_a_company_is_not(self):
        step = self._get_written_steps()[0]
        self.assertIn("Dear Anna Rossi,", self._get_text(self._render(step, self.order)[1]))
        page = self._get_text(self._render(step, None, self.customer)[1])
        self.assertIn("Good morning,", page)
        self.assertNotIn("Dear", page)

    def test_service_messages_carry_no_promotion(self):
        steps = self._get_written_steps().filtered(lambda step: step.purpose_id.basis == "contract")
        self.assertEqual(steps.mapped("code"), ["papers"])
        for step in steps:
            self.assertFalse(step.is_promotional)
            self.assertNotRegex(self._get_text(self._render(step, self.order)[1]), PROMOTION)

    def test_whatever_promotes_says_so_to_the_gate(self):
        promoting = self.plays.filtered(lambda play: play.code in ("offer", "bonus", "reorder", "keep", "win_back"))
        self.assertEqual(set(promoting.step_ids.mapped("is_promotional")), {True})
        self.assertEqual(set(promoting.step_ids.purpose_id.mapped("code")), {"marketing"})

    def test_no_message_and_no_code_tells_what_things_cost_us(self):
        self.product.standard_price = int(SENTINEL) / 100
        self.company.lifecycle_is_distant = True
        for step in self._get_written_steps():
            _touch, page = self._render(step, self.order)
            self.assertNotIn(SENTINEL, re.sub(r"(?<=\d)[.,\s](?=\d)", "", page))
            self.assertNotIn("margin", self._get_text(page).lower())

    def test_the_facts_of_an_order_are_in_one_message(self):
        self.order.picking_ids.lifecycle_tracking = "LX 4711"
        invoice = self.order._create_invoices()
        invoice.action_post()
        page = self._render(self.plays.step_ids.filtered(lambda step: step.code == "papers"), self.order)[1]
        for fact in (self.order.name, "Lumaca Express", "LX 4711", invoice.name, self.order.access_token):
            self.assertIn(fact, page)

    def test_only_consumers_who_bought_at_a_distance_may_withdraw(self):
        papers = self.plays.step_ids.filtered(lambda step: step.code == "papers")
        consumer = self.env["res.partner"].create({"name": "Ugo Bianchi", "email": "ugo@example.com", "lang": "en_US"})
        order = self._create_order(consumer, NOW)
        self.assertNotIn("14 days", self._render(papers, order)[1])
        self.company.lifecycle_is_distant = True
        self.assertIn("14 days", self._render(papers, order)[1])
        self.assertNotIn("14 days", self._render(papers, self.order)[1], "It is promised to a business.")
        consumer.vat = "IT12345670017"
        self.assertNotIn("14 days", self._render(papers, order)[1], "It is promised to a business.")

    def test_the_scores_lead_to_the_page(self):
        question = self.plays.step_ids.filtered(lambda step: step.code == "question")[0]
        touch, page = self._render(question, self.order)
        for score in range(1, 6):
            self.assertIn(f"/lifecycle/feedback/{touch.id}/{touch.token}?score={score}", page)

    # === WHAT ELSE WE SELL === #

    def _sell(self, name, category, amount, partner):
        product = self.env["product.product"].create(
            {"name": name, "categ_id": category.id, "type": "consu", "list_price": amount}
        )
        line = {"product_id": product.id, "price_unit": amount, "tax_ids": [Command.clear()]}
        order = self.env["sale.order"].create({"partner_id": partner.id, "order_line": [Command.create(line)]})
        order.action_confirm()
        return product

    def _create_category(self, name):
        return self.env["product.category"].create({"name": name})

    def test_the_best_of_what_he_never_bought_is_proposed(self):
        others = self._create_customer("Bar Verdi")
        oil, wine, cheese = map(self._create_category, ("Oil", "Wine", "Cheese"))
        self._sell("Good oil", oil, 900, self.customer)
        red = self._sell("Red", wine, 300, others)
        self._sell("White", wine, 100, others)
        hard = self._sell("Hard", cheese, 600, others)
        gone = self._sell("Gone", self._create_category("Gone"), 5000, others)
        gone.sale_ok = False
        touch = self._create_touch(partner=self.anna)
        self.assertEqual((touch.offer_ids - self.product).ids, [hard.id, red.id])
        self.assertIn(
            "Hard", self._render(self.plays.filtered(lambda play: play.code == "offer").step_ids, None, self.anna)[1]
        )

    def test_another_company_s_sales_propose_nothing(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self._sell("Red", self._create_category("Wine"), 300, self._create_customer("Bar Verdi"))
        self.assertFalse(elsewhere._get_lifecycle_best_sellers())

    def test_a_batch_of_proposals_takes_two_queries(self):
        self._sell("Red", self._create_category("Wine"), 300, self._create_customer("Bar Verdi"))
        customers = self._create_customers(20)
        touches = self.env["lifecycle.touch"].browse(
            touch.id for touch in (self._create_touch(partner=each) for each in customers)
        )
        self.env.flush_all()
        self.env.invalidate_all()
        touches.mapped("partner_id.name")
        with self.assertQueryCount(4):  # the entry's and the company's columns among them
            touches.mapped("offer_ids")

    def test_who_has_bought_of_everything_is_left_alone(self):
        play = self.plays.filtered(lambda each: each.code == "offer")
        touch = self._create_touch(partner=self.anna, state="claimed")
        touch.step_id = play.step_ids
        self.env["product.template"].search([]).sale_ok = False
        touch._do_mail()
        self.assertRecordValues(touch, [{"state": "skipped", "mail_id": False}])
        self.assertIn("every category", touch.remark)

    def test_a_preset_runs_from_the_delivery_to_the_mail_of_the_facts(self):
        play = self.plays.filtered(lambda each: each.code == "post_sale")
        play.action_start()
        play.started_on = NOW - timedelta(1)
        self._plan()
        with freeze_time(NOW + timedelta(1)), self._gate() as asked:
            self._send()
        touch = self._get_touches(play).filtered(lambda each: each.order_id == self.order)
        self.assertRecordValues(touch, [{"state": "done", "address": "anna@example.com"}])
        self.assertIn(self.order.name, touch.mail_id.body_html)
        self.assertEqual({request.purpose for request in asked}, {"service"})
