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
        self.document.with_user(self._create_manager()).name = "His"

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

    def test_no_other_format_has_an_address(self):
        self._create_salesperson("seller_formats")
        self.assertIn(self._get("exe", "seller_formats").status_code, (303, 404))  # Odoo may lead home instead
