"""What visitors of a share page ask for: a lead where there is a CRM, else a mail to the company."""

from odoo import models, tools
from odoo.tools.mail import email_normalize, plaintext2html

SIGNED_FOR = "shop_feed.question"
TOKEN_HOURS = 12


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_question_token(self, item_id):
        """What the form brings back: that it was made by us, for this item, not long ago. No session is needed."""
        self.ensure_one()
        server = self.sudo().env  # signed by the server, whoever reads
        return tools.hash_sign(server, SIGNED_FOR, [self.id, item_id], expiration_hours=TOKEN_HOURS)

    def _is_question_token(self, token, item_id):
        """Whether a form was made by us for the item, and is not too old."""
        self.ensure_one()
        try:
            told = tools.verify_hash_signed(self.sudo().env, SIGNED_FOR, token)  # with the server's secret
        except ValueError:
            return False
        return told == [self.id, item_id]

    def _take_question(self, shown, question):
        """Take down what a visitor asks.

        :param Shown shown: the item that it is about
        :param share.question.Question question: without faults
        """
        self.ensure_one()
        if "crm.lead" in self.env:  # no dependency: a shop may do without it
            self.env["crm.lead"].create(self._prepare_question_lead_vals(shown, question))
        else:
            self.env["mail.mail"].create(self._prepare_question_mail_vals(shown, question))

    def _prepare_question_lead_vals(self, shown, question):
        """The lead, with the product and where it comes from: a hook."""
        find = self.env["utm.mixin"]._find_or_create_record
        uses_leads = self.env["res.groups"]._is_feature_enabled("crm.group_use_lead")
        return {
            "name": self._get_question_subject(shown),
            "type": "lead" if uses_leads else "opportunity",  # where leads are not used, nobody sees them
            "contact_name": question.name,
            "email_from": question.email,
            "phone": question.phone,
            "description": plaintext2html(self._get_question_text(shown, question)),
            "company_id": self.company_id.id,
            "user_id": False,  # the visitor is no salesperson, and not of each company
            "referred": self.share_url,
            "source_id": (self.utm_source_id or find("utm.source", self.name)).id,
            "medium_id": find("utm.medium", "Website").id,
            "campaign_id": self.utm_campaign_id.id,
        }

    def _prepare_question_mail_vals(self, shown, question):
        """The mail to the company, which answers to whoever asked."""
        company = self.company_id
        return {
            "subject": self._get_question_subject(shown),
            "body_html": plaintext2html(self._get_question_text(shown, question)),
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": company.email or self.user_id.email,
            "reply_to": email_normalize(question.email) or company.email,
            "auto_delete": False,
        }

    def _get_question_subject(self, shown):
        return self.env._("Asked for: %(product)s", product=shown.card.title[:120])

    def _get_question_text(self, shown, question):
        lines = [question.text, "", question.name, question.email, question.phone, ""]
        lines += [shown.card.title, shown.price, shown.card.link, self.share_url]
        return "\n".join(line for line in lines if line is not False)
