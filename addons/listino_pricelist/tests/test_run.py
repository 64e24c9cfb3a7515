"""Lists for many customers: each his own, in the background, whatever happens."""

import io
import zipfile
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_document import DocumentCommon


@tagged("post_install", "-at_install")
class TestRun(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gino, cls.emma = cls.env["res.partner"].create(
            [
                {"name": "Gino", "lang": "en_US", "specific_property_product_pricelist": cls.resellers.id},
                {"name": "Emma / Figli", "lang": "en_US", "specific_property_product_pricelist": cls.public_list.id},
            ]
        )
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_run")
        cls.job = cls.env["listino.run"].create(
            {
                "document_id": cls.document.id,
                "extension": "csv",
                "partner_ids": [Command.set((cls.gino + cls.emma).ids)],
            }
        )

    def _content(self, partner):
        return self.job.line_ids.filtered(lambda line: line.partner_id == partner).attachment_id.raw.decode("utf-8-sig")

    def test_each_customer_gets_his_own_prices(self):
        self.job.action_start()
        self._run_cron()
        self.assertEqual((self.job.state, self.job.progress, self.job.done_count), ("done", 100.0, 2))
        self.assertIn("27.00", self._content(self.gino))
        self.assertIn("30.00", self._content(self.emma))

    def test_an_error_stays_with_its_customer_and_can_be_tried_again(self):
        Document = type(self.document)
        original = Document._write_file

        def fail_for_gino(document, extension, stream, partner=None):
            if partner == self.gino:
                raise ValueError("no ink")
            return original(document, extension, stream, partner=partner)

        self.job.action_start()
        with patch.object(Document, "_write_file", fail_for_gino):
            self._run_cron()
        self.assertEqual((self.job.done_count, self.job.failed_count, self.job.state), (1, 1, "done"))
        self.assertEqual(self.job.line_ids.filtered(lambda line: line.state == "failed").error, "no ink")
        self.job.action_start()
        self._run_cron()
        self.assertEqual((self.job.done_count, self.job.failed_count), (2, 0))

    def test_stopped_it_makes_nothing_and_then_goes_on(self):
        self.job.action_start()
        self.job.action_stop()
        self._run_cron()
        self.assertEqual((self.job.state, self.job.done_count), ("stopped", 0))
        self.job.action_start()
        self._run_cron()
        self.assertEqual(self.job.done_count, 2)

    def test_what_is_done_is_not_done_again(self):
        self.job.action_start()
        self._run_cron()
        attachments = self.job.line_ids.attachment_id
        self._run_cron()
        self.assertEqual(self.job.line_ids.attachment_id, attachments)

    def test_a_run_whose_last_customers_two_workers_made_at_once_is_done(self):
        """Neither of them sees what the other has not committed yet, so neither closes the run."""
        self.job.action_start()
        self.job.line_ids.write({"state": "done"})
        self.assertEqual(self.job.state, "running")
        self._run_cron()
        self.assertEqual(self.job.state, "done")

    def test_lines_that_another_worker_holds_are_left_to_it(self):
        self.job.action_start()
        with patch.object(type(self.job.line_ids), "try_lock_for_update", lambda lines, **_options: lines.browse()):
            self._run_cron()
        self.assertEqual((self.job.state, self.job.done_count), ("running", 0))

    def test_the_archive_holds_all_files_under_safe_names(self):
        self.job.action_start()
        self._run_cron()
        stream = io.BytesIO()
        self.job._write_zip(stream)
        names = zipfile.ZipFile(stream).namelist()
        self.assertEqual(len(names), 2)
        self.assertFalse([name for name in names if "/" in name])

    def test_without_customers_it_does_not_start(self):
        self.job.partner_ids = False
        with self.assertRaisesRegex(UserError, "customers"):
            self.job.action_start()

    def test_nothing_made_is_nothing_to_download(self):
        with self.assertRaisesRegex(UserError, "Nothing"):
            self.job.action_download()

    def test_a_salesperson_sees_his_own_runs_only(self):
        seller = self._create_salesperson()
        with self.assertRaises(AccessError):
            self.job.with_user(seller).read(["state"])
        own = (
            self.env["listino.run"]
            .with_user(seller)
            .create({"document_id": self.document.id, "partner_ids": [Command.set(self.gino.ids)]})
        )
        own.action_start()
        self._run_cron()
        self.assertEqual(own.state, "done")

    def test_customers_whom_one_does_not_see_get_nothing_printed(self):
        company = self.env["res.company"].create({"name": "Other"})
        hidden, known = self.env["res.partner"].create(
            [{"name": "Hidden", "company_id": company.id}, {"name": "Known"}]
        )
        run = self.env["listino.run"].with_user(self._create_salesperson()).create({"document_id": self.document.id})
        with self.assertRaises(AccessError):
            run.partner_ids = [Command.set(hidden.ids)]
        run.invalidate_recordset()
        run.partner_ids = [Command.set(known.ids)]
        known.company_id = company  # meanwhile
        run.action_start()
        self._run_cron()
        line = run.sudo().line_ids
        self.assertEqual(line.state, "failed")
        self.assertTrue(line.error)
        self.assertFalse(line.attachment_id)

    def test_the_background_has_no_more_rights_than_who_asked(self):
        seller = self._create_salesperson()
        run = (
            self.env["listino.run"]
            .with_user(seller)
            .create({"document_id": self.document.id, "partner_ids": [Command.set(self.gino.ids)]})
        )
        run.action_start()
        seen = []

        def remember(document, *_args, **_options):
            seen.append(document.env.user)
            raise ValueError("enough")

        with patch.object(type(self.document), "_write_file", remember):
            self._run_cron()
        self.assertEqual(seen, [seller])

    def test_a_customer_who_stops_the_worker_is_given_up_in_the_end(self):
        self.job.action_start()
        self.job.line_ids[0].attempt_count = 3
        self._run_cron()
        self.assertEqual(self.job.line_ids.mapped("state"), ["failed", "done"])
        self.assertIn("3 attempts", self.job.line_ids[0].error)
        self.assertEqual(self.job.state, "done")

    def test_customers_of_the_same_name_have_a_file_each(self):
        self.emma.name = self.gino.name
        self.job.action_start()
        self._run_cron()
        stream = io.BytesIO()
        self.job._write_zip(stream)
        self.assertEqual(len(set(zipfile.ZipFile(stream).namelist())), 2)

    def test_with_the_run_or_its_document_go_the_files(self):
        self.job.action_start()
        self._run_cron()
        attachments = self.job.line_ids.attachment_id
        self.document.unlink()
        self.assertFalse(self.job.exists())
        self.assertFalse(attachments.exists())

    def test_old_runs_are_forgotten(self):
        self.job.action_start()
        self._run_cron()
        self.env["listino.run"]._gc_runs()
        self.assertTrue(self.job.exists())
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.env["listino.run"]._gc_runs()
        self.assertFalse(self.job.exists())

    def test_a_salesperson_sets_neither_state_nor_author_nor_files(self):
        seller = self._create_salesperson()
        own = (
            self.env["listino.run"]
            .with_user(seller)
            .create({"document_id": self.document.id, "partner_ids": [Command.set(self.gino.ids)]})
        )
        for values in ({"user_id": self.env.ref("base.user_admin").id}, {"state": "done"}, {"line_ids": []}):
            with self.assertRaises(AccessError):
                own.write(values)
        with self.assertRaises(AccessError):
            own.line_ids.write({"attachment_id": self.env["ir.attachment"].search([], limit=1).id})

    def test_defaults_from_a_client_set_neither_author_nor_state(self):
        manager = self._create_manager()
        run = self.env["listino.run"].with_user(manager)
        context = {"default_user_id": self.env.ref("base.user_admin").id, "default_state": "running"}
        made = run.with_context(**context).create({"document_id": self.document.id})
        self.assertRecordValues(made, [{"user_id": manager.id, "state": "draft"}])

    def test_a_copy_is_of_the_one_who_makes_it_and_begins_anew(self):
        self.job.action_start()
        manager = self._create_manager()
        self.assertRecordValues(self.job.with_user(manager).copy(), [{"user_id": manager.id, "state": "draft"}])

    def test_a_salesperson_can_not_print_in_the_name_of_another(self):
        seller = self._create_salesperson()
        values = {"document_id": self.document.id, "user_id": self.env.ref("base.user_admin").id}
        with self.assertRaises(AccessError):
            self.env["listino.run"].with_user(seller).create(values)
