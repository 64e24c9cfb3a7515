"""What every other test takes for granted."""

from odoo.tests import HttpCase, TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestGround(TransactionCase):
    def test_the_company_is_italian_and_counts_in_euro(self):
        company = self.env.company
        self.assertRecordValues(company, [{"country_code": "IT", "chart_template": "it"}])
        self.assertEqual(company.currency_id.name, "EUR")

    def test_italian_is_the_administrators_language(self):
        self.assertEqual(self.env.ref("base.user_admin").lang, "it_IT")

    def test_pdf_is_printed_by_the_patched_engine(self):
        self.assertEqual(self.env["ir.actions.report"].get_wkhtmltopdf_state(), "ok")

    def test_copies_of_the_database_hold_their_attachments(self):
        parameters = self.env["ir.config_parameter"].sudo()
        self.assertEqual(parameters.get_param("ir_attachment.location"), "db")


@tagged("post_install", "-at_install", "tour")
class TestWebClient(HttpCase):
    def test_the_web_client_opens_without_an_error(self):
        self.browser_js("/odoo", "console.log('test successful')", "odoo.isReady === true", login="admin")
