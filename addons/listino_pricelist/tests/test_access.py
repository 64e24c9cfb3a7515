"""Who may do what: a salesperson prints, a manager changes, customers see nothing of the back office."""

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .test_document import DocumentCommon


@tagged("post_install", "-at_install")
class TestAccess(DocumentCommon):
    def test_a_salesperson_prints_everybodys_documents_and_changes_his_own(self):
        document = self.document.with_user(self._create_salesperson())
        self.assertTrue(document.get_preview()["sections"])
        with self.assertRaises(AccessError):
            document.name = "Mine"
        own = document.create({"name": "Mine", "pricelist_id": self.public_list.id})
        own.name = "Still mine"
        own.unlink()

    def test_a_manager_changes_all(self):
        manager = self._create_manager()
        for records, values in (
            (self.document, {"name": "His"}),
            (self.public_list, {"name": "His"}),
            (self.public_list.item_ids, {"listino_note": "His"}),
            (self.env.ref("listino_pricelist.listino_audience_agents"), {"name": "His"}),
        ):
            records.with_user(manager).write(values)
            self.assertRecordValues(records, [values] * len(records))

    def test_a_salesperson_changes_no_list_rule_or_audience(self):
        seller = self._create_salesperson()
        for records, values in (
            (self.public_list, {"name": "Mine"}),
            (self.public_list.item_ids, {"listino_note": "Mine"}),
            (self.env.ref("listino_pricelist.listino_audience_agents"), {"name": "Mine"}),
        ):
            with self.assertRaises(AccessError):
                records.with_user(seller).write(values)

    def test_other_internal_users_and_customers_see_no_documents(self):
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, f"nobody_{groups}", groups=groups)
            with self.assertRaises(AccessError):
                self.document.with_user(user).get_preview()

    def test_documents_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Other"})
        manager = new_test_user(
            self.env,
            "other_manager",
            groups="sales_team.group_sale_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            self.document.with_user(manager).get_preview()

    def test_a_copy_of_a_document_on_the_portal_is_not_there(self):
        self.document.portal_visible = True
        copy = self.document.with_user(self._create_salesperson()).copy()
        self.assertFalse(copy.sudo().portal_visible)

    def test_nobody_puts_his_own_document_on_the_portal_by_rpc(self):
        documents = self.env["listino.document"].with_user(self._create_salesperson())
        values = {"name": "Mine", "pricelist_id": self.public_list.id}
        for refused in (
            lambda: documents.create({**values, "portal_visible": True}),
            lambda: documents.with_context(default_portal_visible=True).create(values),
            lambda: documents.create(values).write({"portal_visible": True}),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_dialogs_are_their_users_own(self):
        mine, other = self._create_manager("mine"), self._create_manager("other")
        values = {
            "listino.derive": {"name": "New", "source_pricelist_id": self.public_list.id},
            "listino.difference": {"document_id": self.document.id},
            "listino.price.check": {"product_id": self.penne.id, "pricelist_id": self.public_list.id},
            "listino.publish": {"document_id": self.document.id, "reason": "New"},
            "listino.sending.preview": {
                "sending_id": self.env["listino.sending"].create({"document_id": self.document.id}).id
            },
            "listino.share.wizard": {"document_id": self.document.id, "password": "secret"},
            "listino.simulation": {},
        }
        for model, vals in values.items():
            with self.subTest(model):
                dialog = self.env[model].with_user(mine).create(vals)
                self.assertTrue(dialog.read(["create_uid"]))
                theirs = dialog.with_user(other)
                with self.assertRaises(AccessError):
                    theirs.read()
                with self.assertRaises(AccessError):
                    theirs.write(vals)

    def test_every_dialog_has_a_rule_and_so_has_all_that_is_of_a_company(self):
        rules = self.env["ir.rule"].search([("global", "=", True)])
        domains = {rule.model_id.model: rule.domain_force for rule in rules}
        for name, model in self.env.items():
            if not name.startswith("listino.") or model._abstract:
                continue
            with self.subTest(name):
                if model._transient:
                    self.assertIn("create_uid", domains.get(name, ""))
                elif "company_id" in model._fields:
                    self.assertIn("company_ids", domains.get(name, ""))


@tagged("post_install", "-at_install")
class TestDownloads(DocumentCommon, HttpCase):
    def _get(self, extension, login=None):
        self.authenticate(login, login)
        return self.url_open(f"/listino/document/{self.document.id}/{extension}", allow_redirects=False)

    def test_a_salesperson_downloads(self):
        self._create_salesperson("seller_downloads")
        for extension, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
            answer = self._get(extension, "seller_downloads")
            self.assertEqual(answer.status_code, 200)
            self.assertTrue(answer.content.startswith(beginning), extension)
            self.assertIn("attachment", answer.headers["Content-Disposition"])

    @mute_logger("odoo.http")
    def test_a_customer_or_nobody_downloads_nothing(self):
        new_test_user(self.env, "portal_downloads", groups="base.group_portal")
        self.assertEqual(self._get("pdf", "portal_downloads").status_code, 403)
        self.assertIn(self._get("pdf").status_code, (303, 403))

    @mute_logger("odoo.http")
    def test_what_is_not_there_is_not_found(self):
        self._create_salesperson("seller_nothing")
        self.authenticate("seller_nothing", "seller_nothing")
        for path in ("document/0/pdf", "document/2147483647/pdf", "publication/0/pdf", "run/0/zip"):
            answer = self.url_open(f"/listino/{path}", allow_redirects=False)
            self.assertIn(answer.status_code, (303, 404), path)  # Odoo may lead home instead

    def test_no_other_format_has_an_address(self):
        self._create_salesperson("seller_formats")
        self.assertIn(self._get("exe", "seller_formats").status_code, (303, 404))  # Odoo may lead home instead
