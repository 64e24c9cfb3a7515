"""A template's questions come before the quote leaves, by whichever way; lines follow the answers, but for what was
changed by hand."""

import base64
from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import QuoteCommon


class ScopingCommon(QuoteCommon):
    """A template for web sites: how many pages (required), photos at hand?, which shop, what else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls._create_product("Site", 500, type="service", taxes_id=cls.vat22.ids)
        cls.page = cls._create_product("Page", 80, type="service", taxes_id=cls.vat22.ids)
        cls.photos = cls._create_product("Photos", 300, type="service", taxes_id=cls.vat22.ids)
        cls.shop = cls._create_product("Shop", 900, type="service", taxes_id=cls.vat22.ids)
        cls.template = cls.env["sale.order.template"].create(
            {
                "name": "Web site",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": cls.site.id}),
                    Command.create({"product_id": cls.page.id, "product_uom_qty": 1}),
                ],
            }
        )
        cls.how_many = cls._ask("How many pages?", "number", is_required=True)
        cls.at_hand = cls._ask("Should we take the photos?", "yes_no")
        cls.which = cls._ask("Which shop?", "choice", options=("None", "Small", "Large"))
        cls.what_else = cls._ask("What else?", "text")
        cls.none, cls.small, cls.large = cls.which.option_ids
        cls._bring(cls.how_many, cls.page, kind="quantity", is_per_unit=True)
        cls._bring(cls.at_hand, cls.photos, factor=2)
        cls._bring(cls.which, cls.shop, option_id=cls.large.id)
        cls._bring(cls.which, cls.photos, option_id=cls.small.id, kind="optional")

    @classmethod
    def _ask(cls, name, kind, options=(), **values):
        return cls.env["quote.question"].create(
            {
                "template_id": cls.template.id,
                "name": name,
                "kind": kind,
                "option_ids": [Command.create({"name": option}) for option in options],
                **values,
            }
        )

    @classmethod
    def _bring(cls, question, product, **values):
        return cls.env["quote.question.effect"].create({"question_id": question.id, "product_id": product.id, **values})

    @classmethod
    def _quote(cls, user=None):
        """A seller's quote from the template, as he makes it in the form."""
        env = cls.env(user=user or cls.seller, context={"lang": "en_US"})
        with Form(env["sale.order"]) as form:
            form.partner_id = cls.customer.with_env(env)
            form.sale_order_template_id = cls.template.with_env(env)
        return form.record

    def _answer(self, order, anew=False, **values):
        """Answer by the attributes' names: ``how_many=5``."""
        questions = {getattr(self, name).id: value for name, value in values.items()}
        return order.save_scoping({str(key): value for key, value in questions.items()}, anew=anew)["kept"]

    def _quantities(self, order):
        order.invalidate_recordset()
        return {line.product_id.name: line.product_uom_qty for line in order.order_line if line.product_id}


@tagged("post_install", "-at_install")
class TestScoping(ScopingCommon):
    # === LINES FOLLOW === #

    def test_answers_add_lines_and_set_quantities(self):
        order = self._quote()
        self.assertEqual((order.open_question_count, order.missing_answer_count), (4, 1))
        self.assertFalse(self._answer(order, how_many=12, at_hand="yes", which=self.large.id, what_else=" Blue "))
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 12, "Photos": 2, "Shop": 1})
        self.assertEqual((order.open_question_count, order.missing_answer_count), (0, 0))
        self.assertRecordValues(
            order.quote_answer_ids,
            [
                {"question_text": "How many pages?", "answer_text": "12", "answered_by_id": self.seller.id},
                {"question_text": "Should we take the photos?", "answer_text": "Yes", "answered_by_id": self.seller.id},
                {"question_text": "Which shop?", "answer_text": "Large", "answered_by_id": self.seller.id},
                {"question_text": "What else?", "answer_text": "Blue", "answered_by_id": self.seller.id},
            ],
        )

    def test_lines_follow_a_changed_answer(self):
        order = self._quote()
        self._answer(order, how_many=12, at_hand="yes", which=self.large.id)
        self.assertFalse(self._answer(order, how_many=3, at_hand="no", which=self.none.id))
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 3})

    def test_an_answer_taken_back_takes_its_lines_with_it(self):
        order = self._quote()
        self._answer(order, at_hand="yes")
        self._answer(order, at_hand=None)
        self.assertNotIn("Photos", self._quantities(order))
        self.assertEqual(order.open_question_count, 4)

    def test_zero_is_an_answer(self):
        order = self._quote()
        self._answer(order, how_many=0)
        self.assertFalse(order._get_missing_answers())

    def test_a_quantity_changed_by_hand_is_kept_and_told(self):
        order = self._quote()
        self._answer(order, how_many=12, at_hand="yes")
        photos = order.order_line.filtered(lambda line: line.product_id == self.photos)
        photos.product_uom_qty = 5
        [kept] = self._answer(order, at_hand="no", how_many=4)
        self.assertIn("Photos", kept)
        self.assertIn("5", kept)
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 4, "Photos": 5})

    def test_a_negotiated_line_is_not_taken_away_but_its_quantity_follows(self):
        self._bring(self.how_many, self.photos, is_per_unit=True, factor=0.5)
        order = self._quote()
        self._answer(order, how_many=4)
        photos = order.order_line.filtered(lambda line: line.product_id == self.photos)
        photos.discount_text = "10+5"
        self.assertFalse(self._answer(order, how_many=8))
        self.assertEqual((photos.product_uom_qty, photos.discount_text), (4, "10+5"))
        self.assertEqual(len(self._answer(order, how_many=None)), 1)
        self.assertTrue(photos.exists())

    def test_lines_can_be_set_anew_whatever_was_changed_by_hand(self):
        order = self._quote()
        self._answer(order, how_many=12, at_hand="yes")
        order.order_line.filtered(lambda line: line.product_id == self.photos).product_uom_qty = 5
        self.assertFalse(self._answer(order, anew=True))
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 12, "Photos": 2})

    def test_the_line_of_the_template_stays_when_the_answer_that_set_its_quantity_goes(self):
        order = self._quote()
        self._answer(order, how_many=12)
        self._answer(order, how_many=None)
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 12})
        self.assertFalse(order.order_line.quote_answer_id)

    def test_an_option_stands_below_its_heading_for_the_customer_to_choose(self):
        order = self._quote()
        self._answer(order, which=self.small.id)
        option = order.order_line.filtered(lambda line: line.product_id == self.photos)
        self.assertEqual(option.product_uom_qty, 0)
        self.assertTrue(option._is_line_optional())
        self._answer(order, at_hand="yes")
        order.invalidate_recordset()
        added = order.order_line.filtered(lambda line: line.product_uom_qty == 2)
        self.assertFalse(added._is_line_optional(), "what was ordered must not slip below the options")
        self.assertTrue(option._is_line_optional())

    def test_the_price_of_a_line_from_an_answer_is_the_customers_own(self):
        self.customer.property_product_pricelist = self._create_promotional_list(10)
        order = self._quote()
        self._answer(order, at_hand="yes")
        line = order.order_line.filtered(lambda line: line.product_id == self.photos)
        self.assertEqual((line.price_subtotal, line.negotiator_id), (540, self.seller))

    def test_a_copy_keeps_the_answers_and_its_lines_follow_them(self):
        order = self._quote()
        self._answer(order, how_many=12, at_hand="yes")
        copied = order.copy()
        self.assertFalse(copied._get_missing_answers())
        self._answer(copied, at_hand="no", how_many=2)
        self.assertEqual(self._quantities(copied), {"Site": 1, "Page": 2})
        self.assertEqual(self._quantities(order), {"Site": 1, "Page": 12, "Photos": 2})

    def test_another_template_takes_the_answers_away(self):
        order = self._quote()
        self._answer(order, how_many=12)
        order.sale_order_template_id = self.env["sale.order.template"].create({"name": "Other"})
        self.assertFalse(order.quote_answer_ids)

    def test_words_of_the_question_stay_as_they_were_asked(self):
        order = self._quote()
        self._answer(order, how_many=12)
        self.how_many.name = "How many screens?"
        self.assertEqual(order.quote_answer_ids.question_text, "How many pages?")
        self.how_many.unlink()
        self.assertEqual(order.quote_answer_ids.question_text, "How many pages?")
        self.assertFalse(order._get_missing_answers())

    def test_a_question_that_became_another_kind_is_asked_again(self):
        order = self._quote()
        self._answer(order, how_many=12)
        self.how_many.effect_ids.unlink()
        self.how_many.kind = "text"
        self.assertEqual(order._get_missing_answers(), self.how_many)
        self._answer(order, how_many="twelve")
        self.assertFalse(order._get_missing_answers())

    def test_the_dialog_shows_what_was_answered_and_by_whom(self):
        order = self._quote()
        self._answer(order, how_many=12, which=self.large.id)
        scoping = order.get_scoping()
        values = {question["text"]: question["value"] for question in scoping["questions"]}
        self.assertEqual(values["How many pages?"], 12)
        self.assertEqual(values["Which shop?"], self.large.id)
        self.assertIsNone(values["What else?"])
        self.assertIn(self.seller.name, scoping["questions"][0]["answered"])

    # === BAD INPUT === #

    def test_what_is_no_answer_is_refused_with_the_question_named(self):
        order = self._quote()
        for name, values in (
            ("how_many", (-1, "abc", True, float("nan"), 1e12)),
            ("at_hand", ("maybe", 1)),
            ("which", (0, "x", self.env["quote.question.option"].search([], order="id desc", limit=1).id + 1)),
            ("what_else", ("", "  ", 7)),
        ):
            for value in values:
                with self.assertRaisesRegex(UserError, getattr(self, name).name[:-1]):
                    self._answer(order, **{name: value})
        self.assertFalse(order.quote_answer_ids)

    def test_a_question_of_another_template_is_refused(self):
        other = self.env["sale.order.template"].create({"name": "Other"})
        foreign = self.env["quote.question"].create({"name": "Foreign?", "template_id": other.id})
        with self.assertRaisesRegex(UserError, "does not ask"):
            self._quote().save_scoping({str(foreign.id): "yes"})

    def test_answers_stay_once_the_quote_has_left(self):
        order = self._quote()
        self._answer(order, how_many=12)
        order.action_quotation_sent()
        with self.assertRaisesRegex(UserError, "left already"):
            self._answer(order, how_many=1)
        order.action_cancel()
        order.action_draft()
        self._answer(order, how_many=1)
        self.assertEqual(self._quantities(order)["Page"], 1)

    def test_questions_that_make_no_sense_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "choose from"):
            self._ask("Which?", "choice")
        with self.assertRaisesRegex(ValidationError, "free words"):
            self._bring(self._ask("Words?", "text"), self.page)
            self.env["quote.question"].search([("name", "=", "Words?")])._check_kind()
        with self.assertRaisesRegex(ValidationError, "not answered by a number"):
            self._bring(self.at_hand, self.page, is_per_unit=True)
        with self.assertRaisesRegex(ValidationError, "no answer to"):
            self._bring(self.at_hand, self.page, option_id=self.large.id)


@tagged("post_install", "-at_install")
class TestWaysToLeave(ScopingCommon):
    """Each way out, as a plain salesperson by RPC."""

    @contextmanager
    def assert_stays(self, order):
        with self.assertRaisesRegex(UserError, "How many pages"), self.env.cr.savepoint():
            yield
        order.invalidate_recordset()
        self.assertEqual(order.state, "draft")

    def test_a_required_question_comes_before_sending_and_confirming(self):
        order = self._quote()
        for leave in (
            order.action_quotation_send,
            order.action_quotation_sent,
            order.action_confirm,
            lambda: order.write({"state": "sent"}),
            lambda: order.write({"state": "sale"}),
            lambda: order.with_context(mark_so_as_sent=True).message_post(body="Here"),
            lambda: order.with_context(**dict.fromkeys(("skip", "force", "quote_leaving"), True)).action_confirm(),
        ):
            with self.assert_stays(order):
                leave()
        self._answer(order, how_many=1)
        order.action_quotation_send()
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_quote_is_not_born_sent_or_sold(self):
        for state in ("sent", "sale"):
            vals = {"partner_id": self.customer.id, "sale_order_template_id": self.template.id, "state": state}
            with self.assertRaisesRegex(UserError, "How many pages"), self.env.cr.savepoint():
                self.env["sale.order"].with_user(self.seller).with_context(lang="en_US").create(vals)
        order = self._quote()
        with self.assertRaisesRegex(UserError, "How many pages"), self.env.cr.savepoint():
            order.copy({"state": "sale"})

    def test_an_import_does_not_send_it_either(self):
        order = self._quote()
        result = (
            self.env["sale.order"]
            .with_user(self.seller)
            .with_context(lang="en_US")
            .load([".id", "state"], [[str(order.id), "sent"]])
        )
        self.assertFalse(result["ids"])
        self.assertIn("How many pages", str(result["messages"]))

    def test_its_link_is_not_shared_either(self):
        order = self._quote()
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        vals = {"res_model": "sale.order", "res_id": order.id, "partner_ids": self.customer.ids}
        share = order.env["portal.share"].create(vals)
        with self.assert_stays(order):
            share.action_send_mail()

    def test_two_quotes_are_named(self):
        orders = self._quote() + self._quote()
        with self.assertRaises(UserError) as caught:
            orders.action_quotation_sent()
        for order in orders:
            self.assertIn(order.name, str(caught.exception))

    def test_the_customer_can_neither_sign_nor_pay_it(self):
        order = self._quote().sudo()
        order.write({"require_signature": True, "require_payment": True, "prepayment_percent": 1.0})
        self.assertFalse(order._has_to_be_signed())
        self.assertFalse(order._has_to_be_paid())
        self._answer(order.with_user(self.seller), how_many=1)
        order.invalidate_recordset()
        self.assertTrue(order._has_to_be_signed())
        order.require_signature = False
        self.assertTrue(order._has_to_be_paid())

    def test_a_question_added_later_is_asked_too(self):
        order = self._quote()
        self._answer(order, how_many=1)
        self._ask("By when?", "text", is_required=True)
        with self.assertRaisesRegex(UserError, "By when"):
            order.action_quotation_sent()

    def test_answers_are_written_by_the_server_alone(self):
        order = self._quote()
        Answer = self.env["quote.answer"].with_user(self.seller)
        vals = {
            "order_id": order.id,
            "question_id": self.how_many.id,
            "question_text": "x",
            "kind": "number",
            "answer_text": "1",
        }
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            Answer.create(vals)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            order.write({"quote_answer_ids": [Command.create(vals)]})
        self._answer(order, how_many=1)
        for do in (lambda answer: answer.unlink(), lambda answer: answer.write({"answered_by_id": self.manager.id})):
            with self.assertRaises(AccessError), mute_logger("odoo.models"):
                do(order.quote_answer_ids)
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.how_many.with_user(self.seller).is_required = False

    def test_where_a_line_comes_from_is_noted_by_the_server_alone(self):
        order = self._quote()
        self._answer(order, how_many=1)
        answer = order.quote_answer_ids
        line = order.order_line.filtered(lambda line: line.product_id == self.site)
        with self.assertRaises(AccessError):
            line.write({"quote_answer_id": answer.id})
        vals = {"order_id": order.id, "product_id": self.site.id}
        for Line, given in (
            (order.order_line[:0], {"quote_answer_id": answer.id, "quote_answer_quantity": 9}),
            (order.order_line[:0].with_context(default_quote_answer_id=answer.id), {}),
        ):
            made = Line.create({**vals, **given})
            self.assertFalse(made.quote_answer_id)
            self.assertFalse(made.quote_answer_quantity)

    def test_the_answers_on_a_colleagues_quote_are_not_shown_to_a_salesperson_of_own_documents(self):
        order = self._quote()
        self._answer(order, how_many=1)
        colleague = self._create_salesperson("scoping_colleague")
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            order.with_user(colleague).get_scoping()
        self.assertFalse(self.env["quote.answer"].with_user(colleague).search([("order_id", "=", order.id)]))
        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            order.with_user(colleague).save_scoping({str(self.how_many.id): 3})

    def test_who_only_invoices_sees_no_buttons_of_sellers(self):
        bookkeeper = new_test_user(self.env, "scoping_books", groups="account.group_account_invoice")
        for user, shown in ((self.seller, True), (bookkeeper, False)):
            form = self.env["sale.order"].with_user(user).get_view(view_type="form")["arch"]
            for name in ("action_open_scoping", "quote_scoping_opener", "action_countersigned"):
                self.assertEqual(f'name="{name}"' in form, shown, (user.login, name))


@tagged("post_install", "-at_install")
class TestScopingOnPortal(ScopingCommon, HttpCase):
    def test_the_signature_of_a_quote_with_open_questions_is_refused(self):
        order = self._quote().sudo()
        order.require_signature = True
        order.write({"state": "sent"})
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": "Rossi",
                "signature": base64.b64encode(b"x").decode(),
            },
        )
        self.assertIn("error", answer)
        order.invalidate_recordset()
        self.assertEqual((order.state, order.signed_by), ("sent", False))
