"""Signatures are bound to what was signed, and nobody forges or loses them."""

import base64

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.listino_pricelist.freezing.content import sha256_of

from ..evidence.content import Content, digest_of, statements
from ..evidence.difference import compare
from ..models.sale_order_evidence import KEY
from .paper_common import SIGNATURE, PaperCommon

PDF = b"%PDF-1.4 a signed paper"
TEXTS = st.text(st.sampled_from("ab |\\\nn"), max_size=8).map(str.strip)


@tagged("post_install", "-at_install")
class TestContent(BaseCase):
    @given(st.lists(st.lists(TEXTS, min_size=1, max_size=3), max_size=3))
    def test_what_was_added_is_read_again(self, rows):
        content = Content()
        for row in rows:
            content.add("line", *row)
        self.assertEqual(statements(content.text), [("line", tuple(row)) for row in rows])

    @given(st.lists(TEXTS, min_size=1, max_size=3), st.lists(TEXTS, min_size=1, max_size=3))
    def test_two_contents_have_one_digest_only_if_they_are_equal(self, one, other):
        digests = []
        for row in (one, other):
            content = Content()
            content.add("line", *row)
            digests.append(content.digest)
        self.assertEqual(digests[0] == digests[1], one == other)

    @given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
    def test_a_difference_is_found_where_there_is_one(self, one, other):
        texts = []
        for rows in (one, other):
            content = Content()
            for row in rows:
                content.add("line", row)
            texts.append(content.text)
        self.assertEqual(bool(compare(*texts)), one != other)


@tagged("post_install", "-at_install")
class TestDigest(PaperCommon):
    def assert_changes(self, order, change):
        before = order._get_content_digest()
        change()
        order.invalidate_recordset()
        self.assertNotEqual(order._get_content_digest(), before)

    def test_everything_the_customer_signs_for_changes_the_digest(self):
        order = self._create_quote()
        line = order.order_line[0]
        other = self.env["res.partner"].create({"name": "Magazzino", "street": "Via Po 1"})
        changes = {
            "quantity": lambda: line.write({"product_uom_qty": 11}),
            "price": lambda: line.write({"price_unit": 13}),
            "discount": lambda: line.write({"discount_text": "50+9"}),
            "another way to the same net price": lambda: line.write({"discount_text": "9+50"}),
            "description": lambda: line.write({"name": "Spaghetti, 500 g"}),
            "taxes": lambda: line.write({"tax_ids": self.vat22.ids}),
            "name of a discount": lambda: line.discount_step_ids[0].write({"label": "Spring"}),
            "a discount hidden": lambda: line.discount_step_ids[0].write({"visible": False}),
            "order of the lines": lambda: line.write({"sequence": 99}),
            "a line more": lambda: order.write({"order_line": [Command.create({"product_id": self.machine.id})]}),
            "a line less": lambda: order.order_line[-1].unlink(),
            "delivery address": lambda: order.write({"partner_shipping_id": other.id}),
            "terms of payment": lambda: order.write({"payment_term_id": False}),
            "terms": lambda: order.write({"note": "<p>Ex works</p>"}),
            "validity": lambda: order.write({"validity_date": "2027-01-01"}),
            "guarantees": lambda: order.write({"quote_block_ids": False}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                self.assert_changes(order, change)

    def test_what_happens_to_an_order_later_leaves_the_digest(self):
        order = self._create_quote()
        before = order._get_content_digest()
        order.write({"client_order_ref": "their 17", "user_id": self.manager.id})
        order.sudo().action_confirm()
        order.sudo().action_lock()
        order.invalidate_recordset()
        self.assertEqual(order.sudo()._get_content_digest(), before)

    def test_the_digest_is_one_for_every_language_and_reader(self):
        order = self._create_quote()
        digests = {
            order.with_context(lang=lang).with_user(user)._get_content_digest()
            for lang in ("it_IT", "en_US", False)
            for user in (self.seller, self.manager)
        }
        self.assertEqual(len(digests), 1)

    def test_a_later_edit_of_a_guarantee_leaves_sent_quotes_alone(self):
        sent, draft = self._create_quote(), self._create_order(self.machine, quote_block_ids=self.guarantee.ids)
        before = sent._get_content_digest(), draft._get_content_digest()
        self.guarantee.body = "<p>Nothing is refunded</p>"
        self.assertEqual(sent._get_content_digest(), before[0])
        self.assertNotEqual(draft._get_content_digest(), before[1])
        self.assertIn("Or refunded", sent._get_paper_blocks()[0]["body"])

    def test_a_guarantee_added_to_a_sent_quote_is_kept_too(self):
        order = self._create_quote()
        self.guarantee.body = "<p>Nothing is refunded</p>"
        late = self.env["quote.block"].create({"name": "Late", "body": "<p>Late</p>", "kind": "condition"})
        order.quote_block_ids += late
        self.assertEqual([block["title"] for block in order._get_paper_blocks()], ["Satisfied", "Late"])
        self.assertIn("Or refunded", order._get_paper_blocks()[0]["body"])

    def test_back_to_draft_takes_the_texts_anew(self):
        order = self._create_quote()
        self.guarantee.body = "<p>Nothing is refunded</p>"
        order.action_draft()
        self.assertFalse(order.block_snapshot)
        order.action_quotation_sent()
        self.assertIn("Nothing is refunded", order._get_paper_blocks()[0]["body"])


@tagged("post_install", "-at_install")
class TestSignature(PaperCommon):
    def test_a_signature_is_bound_to_the_content(self):
        order = self._sign(self._create_quote())
        self.assertEqual(order.acceptance, "valid")
        self.assertEqual(order.signed_digest, order._get_content_digest())
        self.assertFalse(order._has_to_be_signed())
        self.assertRecordValues(
            order.evidence_ids, [{"kind": "portal", "signed_by": "Mario Rossi", "digest": order.signed_digest}]
        )

    def test_a_change_makes_the_signature_void_and_the_quote_to_be_signed_again(self):
        order = self._sign(self._create_quote())
        order.order_line[0].discount_text = "10"
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "void")
        self.assertTrue(order._has_to_be_signed())

    def test_the_change_taken_back_makes_it_valid_again(self):
        order = self._sign(self._create_quote())
        for text in ("10", "50+10"):
            order.order_line[0].discount_text = text
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "valid")

    def test_signed_anew_both_signatures_are_kept(self):
        order = self._sign(self._create_quote())
        order.order_line[0].discount_text = "10"
        self._sign(order)
        self.assertEqual(order.acceptance, "valid")
        self.assertEqual(len(order.evidence_ids), 2)

    def test_an_expired_or_cancelled_quote_is_not_to_be_signed_again(self):
        order = self._sign(self._create_quote())
        order.order_line[0].discount_text = "10"
        order.validity_date = "2020-01-01"
        order.invalidate_recordset()
        self.assertFalse(order._has_to_be_signed())

    def test_a_confirmed_order_says_what_changed(self):
        order = self._sign(self._create_quote())
        order.sudo().action_confirm()
        order.order_line[0].product_uom_qty = 12
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "void")
        self.assertFalse(order._has_to_be_signed())
        keys = [change.key for change in order._get_signed_changes()]
        self.assertEqual(keys, ["line", "amount_untaxed", "amount_tax", "amount_total"])
        wizard = (
            self.env["quote.signed.difference"].with_user(self.seller).browse(order.action_compare_signed()["res_id"])
        )
        self.assertIn("12", wizard.changes)

    def test_back_to_draft_takes_the_signature_off_and_keeps_the_evidence(self):
        order = self._sign(self._create_quote())
        order.action_draft()
        order.invalidate_recordset()
        self.assertFalse(order.signature or order.signed_by or order.signed_digest)
        self.assertEqual(order.acceptance, "none")
        self.assertEqual(len(order.evidence_ids), 1)

    def test_a_signature_from_before_the_addon_is_named_as_what_it_is(self):
        order = self._sign(self._create_quote())
        self.env.cr.execute("UPDATE sale_order SET signed_digest = NULL WHERE id = %s", [order.id])
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "unbound")
        self.assertFalse(order._has_to_be_signed())


@tagged("post_install", "-at_install")
class TestForgery(PaperCommon):
    """Each way round, as a plain salesperson by RPC."""

    def test_a_seller_writes_no_signature(self):
        order = self._create_quote()
        values = {"signature": SIGNATURE, "signed_by": "Me", "signed_on": "2026-01-01", "signed_digest": "0" * 64}
        values |= {"signed_address": "1.2.3.4", "signed_user_agent": "x", "block_snapshot": []}
        for name, value in values.items():
            for context in ({}, {KEY: True}, {KEY: {"a": 1}}):
                with self.subTest(name, context=context):
                    self.assert_refused(order.with_context(**context).write, {name: value})

    def test_a_seller_takes_no_signature_away(self):
        order = self._sign(self._create_quote())
        self.assert_refused(order.write, {"signature": False})
        self.assert_refused(order.write, {"signed_by": False})

    def test_a_new_order_brings_no_signature(self):
        values = {"signature": SIGNATURE, "signed_by": "Me", "signed_digest": "0" * 64, "block_snapshot": []}
        order = self._create_order(self.machine, **values)
        defaults = {f"default_{name}": value for name, value in values.items()}
        other = self.env["sale.order"].with_user(self.seller).with_context(**defaults)
        for found in (order, other.create({"partner_id": self.customer.id})):
            self.assertFalse(found.signature or found.signed_by or found.signed_digest)

    def test_a_copy_has_no_signature(self):
        order = self._sign(self._create_quote())
        copy = order.copy({"signed_by": "Me"})
        self.assertFalse(copy.signature or copy.signed_by or copy.signed_digest or copy.evidence_ids)

    def test_the_file_of_a_signature_is_not_forged_either(self):
        attachments = self.env["ir.attachment"].with_user(self.seller)
        order = self._create_quote()
        values = {"name": "signature", "raw": base64.b64decode(SIGNATURE), "res_model": "sale.order"}
        values |= {"res_field": "signature", "res_id": order.id}
        self.assert_refused(attachments.create, values)
        free = attachments.create({**values, "res_field": False})
        self.assert_refused(free.write, {"res_field": "signature"})
        self._sign(order)
        domain = [("res_model", "=", "sale.order"), ("res_field", "=", "signature"), ("res_id", "=", order.id)]
        real = self.env["ir.attachment"].sudo().search(domain).with_user(self.seller)
        self.assert_refused(real.write, {"raw": b"x"})
        self.assert_refused(real.unlink)

    def test_evidence_is_neither_made_nor_changed_nor_deleted(self):
        order = self._sign(self._create_quote())
        evidence = order.evidence_ids
        Evidence = self.env["quote.evidence"].with_user(self.seller)
        values = {"order_id": order.id, "kind": "portal", "content": "x", "digest": "x", "signed_by": "Me"}
        self.assert_refused(Evidence.create, {**values, "signed_on": "2026-01-01"})
        self.assert_refused(order.write, {"evidence_ids": [Command.create({**values, "signed_on": "2026-01-01"})]})
        for user in (self.seller, self.manager, self.env.ref("base.user_root")):
            self.assert_refused(evidence.with_user(user).write, {"signed_by": "Me"})
            self.assert_refused(evidence.with_user(user).unlink)
        self.assert_refused(evidence.sudo().write, {"content": "x"})
        self.assert_refused(evidence.sudo().unlink)

    def test_a_stranger_sees_no_evidence_of_others_orders(self):
        order = self._sign(self._create_quote())
        order.sudo().user_id = self.manager
        other = self._create_salesperson("other_seller")
        self.assertFalse(self.env["quote.evidence"].with_user(other).search([("order_id", "=", order.id)]))

    def test_an_order_with_evidence_stays(self):
        order = self._sign(self._create_quote())
        order.action_cancel()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            order.sudo().unlink()


@tagged("post_install", "-at_install")
class TestPinned(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._sign(cls._create_quote())
        cls.evidence = cls.order.evidence_ids.sudo()
        cls.evidence._pin("quote.pdf", PDF)

    def test_the_file_is_kept_with_its_hash(self):
        self.assertEqual(self.evidence.sha256, sha256_of(PDF))
        self.assertEqual(self.evidence.attachment_id.with_user(self.seller).raw, PDF)

    def test_nobody_replaces_or_deletes_the_file(self):
        file = self.evidence.attachment_id
        values = [{"raw": b"x"}, {"datas": base64.b64encode(b"x")}, {"name": "y"}, {"res_id": 1}, {"url": "x"}]
        values += [{"res_model": "res.partner"}, {"public": True}]
        for user in (self.seller, self.manager):
            for vals in values:
                with self.subTest(user.login, vals=vals):
                    self.assert_refused(file.with_user(user).write, vals)
            self.assert_refused(file.with_user(user).unlink)
        for vals in values:
            self.assert_refused(file.sudo().write, vals)
        self.assert_refused(file.sudo().unlink)
        self.assertEqual(file.raw, PDF)

    def test_the_server_moves_the_bytes_as_they_are(self):
        self.evidence.attachment_id.sudo().write({"raw": PDF, "mimetype": "application/pdf"})
        self.assertFalse(self.evidence._get_damage())

    def test_a_file_is_pinned_once(self):
        self.assert_refused(self.evidence._pin, "other.pdf", b"%PDF-other")

    def test_a_file_changed_behind_odoo_is_found_out(self):
        self.assertEqual(self.order.action_verify_signed()["params"]["type"], "success")
        self.env.flush_all()
        query = "UPDATE quote_evidence SET content = content || 'x', sha256 = '0' WHERE id = %s"
        self.env.cr.execute(query, [self.evidence.id])
        self.evidence.invalidate_recordset()
        action = self.order.action_verify_signed()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertEqual(len(self.evidence._get_damage()), 2)
        self.assertNotEqual(digest_of(self.evidence.content), self.evidence.digest)


@tagged("post_install", "-at_install")
class TestCountersigned(PaperCommon):
    def _receive(self, order, raw=PDF, user=None, **values):
        values = {"order_id": order.id, "file": base64.b64encode(raw), "signed_by": "Mario", **values}
        values = {"signed_on": "2026-03-01", "same_content": True, **values}
        return self.env["quote.countersigned"].with_user(user or self.seller).create(values).action_keep()

    @freeze_time("2026-03-02 12:00:00")
    def test_a_countersigned_copy_is_a_signature(self):
        order = self._create_quote(validity_date="2026-12-31")
        self.assertTrue(order._has_to_be_signed())
        self._receive(order)
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "valid")
        self.assertFalse(order._has_to_be_signed())
        evidence = order.evidence_ids
        self.assertRecordValues(evidence, [{"kind": "countersigned", "sha256": sha256_of(PDF), "signed_by": "Mario"}])
        self.assertEqual(evidence.user_id, self.seller)
        self.assertIn(sha256_of(PDF), order.message_ids[0].body)

    @freeze_time("2026-03-02 12:00:00")
    def test_the_paper_tells_no_hour_of_a_copy_that_has_only_a_day(self):
        order = self._create_quote()
        self._receive(order)
        order.invalidate_recordset()
        [words] = html.fromstring(self._render(order)).xpath("//div[@name='signature_details']")
        self.assertEqual(" ".join(words.text_content().split()), "Countersigned copy received: Mario, 03/01/2026.")

    @freeze_time("2026-03-02 12:00:00")
    def test_other_apps_find_it_on_the_order(self):
        order = self._create_quote()
        self._receive(order)
        for _moment in ("when it came", "after it was a draft again"):
            self.assertEqual((order.signed_by, str(order.signed_on)), ("Mario", "2026-03-01 00:00:00"))
            self.assertFalse(order.signature, "Nobody has signed online.")
            order.action_cancel()
            order.action_draft()
        [file] = order.message_ids.attachment_ids
        self.assertTrue(file.name.startswith(order.name))
        self.assertEqual((file.raw, file.res_model, file.res_id), (PDF, "sale.order", order.id))

    @freeze_time("2026-03-02 12:00:00")
    def test_a_change_makes_the_copy_void(self):
        order = self._create_quote(validity_date="2026-12-31")
        self._receive(order)
        order.order_line[0].product_uom_qty = 11
        order.invalidate_recordset()
        self.assertEqual(order.acceptance, "void")
        self.assertTrue(order._has_to_be_signed())

    @freeze_time("2026-03-02 12:00:00")
    def test_what_is_no_scan_or_not_this_quote_is_refused(self):
        order = self._create_quote()
        cases = {"html": {"raw": b"<html>"}, "later": {"signed_on": "2026-03-03"}, "other": {"same_content": False}}
        for name, values in cases.items():
            with self.subTest(name), self.assertRaises(UserError):
                self._receive(order, **values)
        self.assertFalse(order.evidence_ids)

    def test_who_may_not_change_the_order_brings_no_copy(self):
        order = self._create_quote()
        order.sudo().user_id = self.manager
        other = self._create_salesperson("other_seller")
        self.assert_refused(self._receive, order, PDF, other)
