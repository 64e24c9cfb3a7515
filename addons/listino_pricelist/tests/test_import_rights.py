"""What a manager may not do by RPC: say where an import stands, or have it written with another user's rights."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.listino_import import SERVER_OWNED
from .import_common import ImportCommon, csv_of

CONTENT = csv_of(*[[f"N{number}", "", "Riso", "1"] for number in range(3)])


@tagged("post_install", "-at_install")
class TestImportRights(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("listino_pricelist.ir_cron_listino_import")
        cls.seller = cls._create_manager("sales_manager")
        cls.seller.group_ids += cls.env.ref("product.group_product_manager")
        cls.admin = cls.env.ref("base.user_admin")
        (cls.seller + cls.manager).lang = "en_US"  # the scheduled action speaks their language
        cls.values = {
            "state": "queued",
            "user_id": cls.admin.id,
            "plan_digest": "0" * 64,
            "attempt_count": -1,
            "row_count": 1,
            "create_count": 1,
            "update_count": 1,
            "unchanged_count": 1,
            "refuse_count": 1,
            "new_categories": "Food",
            "error": "The warehouse burns.",
            "done_date": "2026-01-01 00:00:00",
        }

    def _set_threshold(self, rows):
        self.env["ir.config_parameter"].set_param("listino_pricelist.import_background_rows", str(rows))

    def _queued(self, user=None):
        self._set_threshold(2)
        record = self._import(CONTENT, user=user or self.seller)
        record.action_preview()
        record.action_apply()
        return record

    def _take_product_rights(self):
        """A company that lets nobody touch products any more."""
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", "product.product"), ("perm_create", "=", True)]
        )
        rights.write({"perm_create": False, "perm_write": False})

    # === WHAT THE SERVER ALONE SAYS === #

    def test_every_field_of_the_server_is_tried_here(self):
        self.assertEqual(set(self.values), set(SERVER_OWNED))

    def test_where_an_import_stands_is_not_written(self):
        record = self._import(CONTENT, user=self.seller)
        for name, value in self.values.items():
            with self.subTest(name=name), self.assertRaisesRegex(AccessError, name):
                record.write({name: value})
        with self.assertRaises(AccessError):
            record.with_context(su=True, install_mode=True, listino_import_action="create").state = "queued"
        with self.assertRaises(AccessError):
            record.web_save({"state": "queued"}, {"state": {}})
        self.assertRecordValues(record, [{"state": "draft", "user_id": self.seller.id, "plan_digest": False}])

    def test_an_import_is_not_created_further_on_or_for_somebody_else(self):
        for name, value in self.values.items():
            with self.subTest(name=name), self.assertRaisesRegex(AccessError, name):
                self._import(CONTENT, user=self.seller, **{name: value})

    def test_neither_context_nor_defaults_choose_for_the_server(self):
        model = self.env["listino.import"].with_user(self.seller)
        self.env["ir.default"].with_user(self.seller).set(
            "listino.import", "plan_digest", "1" * 64, user_id=self.seller.id
        )
        defaults = {f"default_{name}": value for name, value in self.values.items() if name != "plan_digest"}
        record = model.with_context(**defaults).create({"file": base64.b64encode(CONTENT), "file_name": "x.csv"})
        fresh = dict.fromkeys(self.values, False) | {"state": "draft", "user_id": self.seller.id}
        counters = {name: 0 for name in self.values if name.endswith("_count")}
        self.assertRecordValues(record, [fresh | counters])

    def test_a_copy_begins_anew_and_is_of_the_one_who_makes_it(self):
        record = self._queued(self.manager)
        copy = record.with_user(self.seller).copy()
        self.assertRecordValues(
            copy, [{"state": "draft", "user_id": self.seller.id, "plan_digest": False, "row_count": 0}]
        )

    def test_the_server_itself_writes_and_creates(self):
        record = self._import(CONTENT, user=self.seller).sudo()
        record.write(self.values)
        self.assertEqual(record.user_id, self.admin)
        values = {"file": base64.b64encode(CONTENT), "file_name": "x.csv", "user_id": self.manager.id}
        self.assertEqual(self.env["listino.import"].sudo().create(values).user_id, self.manager)

    def test_company_and_currency_of_a_preview_are_fixed(self):
        record = self._import(CONTENT, user=self.seller)
        record.action_preview()
        for values in ({"company_id": self.company.id}, {"currency_id": self.euro.id}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "Change settings"):
                record.write(values)

    # === WHAT A MANAGER DOES ALL DAY === #

    def test_a_sales_manager_imports_at_once(self):
        record = self._import(CONTENT, user=self.seller)
        record.write({"create_missing": True, "default_category_id": self.pasta.id, "match_3": "name"})
        record.write({"column_ids": [Command.update(record.column_ids[2].id, {"field_name": "description"})]})
        record.column_ids[2].field_name = "name"
        record.action_preview()
        self.assertRecordValues(record, [{"state": "previewed", "row_count": 3, "create_count": 3}])
        record.action_back()
        self.assertRecordValues(record, [{"state": "draft", "row_count": 0, "plan_digest": False}])
        record.action_preview()
        record.action_apply()
        self.assertRecordValues(record, [{"state": "done", "user_id": self.seller.id, "error": False}])
        self.assertEqual(self._find("N1").create_uid, self.seller)

    def test_a_sales_manager_takes_back_and_imports_in_the_background(self):
        record = self._queued()
        record.action_cancel()
        self.assertEqual(record.state, "previewed")
        record.action_apply()
        self.assertFalse(self.env["ir.cron"].with_user(self.seller).has_access("read"))
        self._run_cron()
        self.assertRecordValues(record, [{"state": "done", "attempt_count": 1, "user_id": self.seller.id}])
        self.assertEqual(self._find("N1").create_uid, self.seller)

    def test_who_presses_import_is_the_one_it_is_written_as(self):
        self._set_threshold(2)
        record = self._import(CONTENT, user=self.manager)
        record.action_preview()
        record.with_user(self.seller).action_apply()
        self._run_cron()
        self.assertRecordValues(record, [{"state": "done", "user_id": self.seller.id}])
        self.assertEqual(self._find("N1").create_uid, self.seller)

    # === RIGHTS AND CONTENT AT THE TIME OF WRITING === #

    def test_a_waiting_import_whose_user_lost_the_right_to_products_is_not_written(self):
        record = self._queued()
        self._take_product_rights()
        self._run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("Products: Create", record.error)
        self.assertFalse(self._find("N1"))

    def test_a_waiting_import_whose_user_is_no_manager_any_more_is_not_written(self):
        record = self._queued()
        self.seller.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        self._run_cron()
        self.assertEqual(record.sudo().state, "failed")
        self.assertIn("Import of products and prices", record.sudo().error)
        self.assertFalse(self._find("N1"))

    def test_a_waiting_import_writes_what_its_preview_showed(self):
        """The mapping and the stored file can be reached beside the import; what they say then is not written."""
        record = self._queued(self.manager)
        columns = record.with_user(self.seller).column_ids
        columns[2].field_name = "description"
        columns[1].field_name = "name"
        self._run_cron()
        self.assertEqual(record.state, "failed")
        self.assertIn("changed since the preview", record.error)

    def test_a_file_exchanged_behind_the_preview_is_not_written(self):
        record = self._queued(self.manager)
        stored = self.env["ir.attachment"].search(
            [("res_model", "=", "listino.import"), ("res_id", "=", record.id), ("res_field", "=", "file")]
        )
        stored.raw = CONTENT.replace(b"Riso", b"Oro!")
        self.env.invalidate_all()
        self._run_cron()
        self.assertEqual(record.state, "failed")
        self.assertFalse(self._find("N1"))
