"""The unsubscribe link of Odoo's mailings on contacts."""

from odoo.http import request
from odoo.tools import email_normalize

from odoo.addons.mass_mailing.controllers.main import MassMailController


class LifecycleMassMailController(MassMailController):
    """Whoever wants no more of such mailings says so about them, and not about all that the company ever sends."""

    def _mailing_unsubscribe_from_document(self, mailing, document_id, email, hash_token):
        # OVERRIDE: core puts the address on the exclusion list, which ends newsletter and service as well.
        people = self._find_lifecycle_people(mailing, document_id, email)
        if not people:
            return super()._mailing_unsubscribe_from_document(mailing, document_id, email, hash_token)
        company = mailing.user_id.company_id or request.env.company
        for person in people:
            request.env["lifecycle.preference"]._say(person, company, "marketing", "email", False, "unsubscribe")
        values = self._prepare_mailing_subscription_values(mailing, document_id, email, hash_token)
        said = request.env._("You will not get any more news and offers; what your orders need still reaches you.")
        return request.render(
            "mass_mailing.page_mailing_unsubscribe",
            {**values, "last_action": "subscription_updated", "unsubscribed_name": said},
        )

    def _find_lifecycle_people(self, mailing, document_id, email):
        """The contact that a mailing on contacts went to, if it still has the address; none: core's way."""
        if mailing.mailing_model_real != "res.partner" or not document_id:
            return None
        person = request.env["res.partner"].sudo().browse(int(document_id)).exists()  # the mail's token was checked
        return person if person.email_normalized == email_normalize(email or "") else None
