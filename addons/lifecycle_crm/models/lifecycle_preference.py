"""What a person lets us do, as he sees and changes it himself, by a link that needs no login."""

from odoo import api, models
from odoo.tools import consteq, hmac

from ..gate.contact import EMAIL, PHONE, POST, SMS
from ..gate.verdict import REFUSALS
from .lifecycle_gate_facts import PROFILING
from .lifecycle_gate_request import GateRequest

SHOWN_CHANNELS = (EMAIL, PHONE, SMS, POST)
WITHOUT_CHANNEL = frozenset({PROFILING, "publication"})
OBJECTIONS = frozenset({"objected", "profiling_objected"})
PERSONAL = frozenset(REFUSALS) - {"no_address", "register_not_checked", "register_check_old"}
SCOPE = "lifecycle-preferences"


class LifecyclePreference(models.AbstractModel):
    """The preferences of a person with a company: for each purpose, by which channels.

    A person is asked as himself: the company that he works for is another one.
    """

    _name = "lifecycle.preference"
    _description = "Preferences of a Person"

    # === LINKS === #

    @api.model
    def _get_token(self, person, company):
        """What makes a link to the person's preferences his own."""
        return hmac(self.env(su=True), SCOPE, (person.id, company.id))

    @api.model
    def _find(self, person_id, company_id, token):
        """The person and company of a link.

        :return: a pair of records with all rights; (None, None) where the link is not one of ours
        """
        person = self.env["res.partner"].sudo().browse(person_id).exists()  # the token is his right
        company = self.env["res.company"].sudo().browse(company_id).exists()  # likewise
        expected = self._get_token(person or self.env["res.partner"], company or self.env["res.company"])
        if not consteq(expected.encode(), token.encode()) or not person or not company:
            return None, None
        return person.with_company(company), company

    # === CHOICES === #

    @api.model
    def _get_choices(self, person, company):
        """Purposes with what holds by channel.

        :return: list of ``{"purpose": record, "channels": [(channel, is allowed)]}``
        """
        purposes = self._get_purposes()
        cells = [(purpose, channel) for purpose in purposes for channel in self._get_channels(purpose)]
        allowed = dict(zip(cells, self._get_allowed(cells, person, company), strict=True))
        return [
            {
                "purpose": purpose,
                "channels": [(channel, allowed[purpose, channel]) for channel in self._get_channels(purpose)],
            }
            for purpose in purposes
        ]

    @api.model
    def _get_purposes(self):
        return self.env["lifecycle.purpose"].sudo().search([("basis", "!=", "contract")])  # no secret

    @api.model
    def _get_channels(self, purpose):
        """A profile is made or not, and a text published or not: neither has a channel."""
        return (EMAIL,) if purpose.code in WITHOUT_CHANNEL else SHOWN_CHANNELS

    @api.model
    def _get_allowed(self, cells, person, company):
        """Whether nothing that the person, or the law, says stands against each; time and caps left aside."""
        requests = [
            GateRequest(person.id, purpose.code, channel, is_profiled=purpose.code == PROFILING)
            for purpose, channel in cells
        ]
        for request, verdict in zip(requests, self.env["lifecycle.gate"]._judge(requests, company), strict=True):
            against = OBJECTIONS if request.purpose == PROFILING else PERSONAL
            yield not against & {reason.code for reason in verdict.reasons}

    @api.model
    def _choose(self, person, company, chosen, source="page"):
        """Keep what the person has changed; what he left as it was is not said anew.

        :param set chosen: pairs of the code of a purpose and a channel that he allows
        """
        for choice in self._get_choices(person, company):
            code = choice["purpose"].code
            for channel, is_allowed in choice["channels"]:
                wanted = (code, channel) in chosen
                if wanted != is_allowed:
                    self._say(person, company, code, None if code in WITHOUT_CHANNEL else channel, wanted, source)

    @api.model
    def _say(self, person, company, code, channel, is_granted, source):
        state = "granted" if is_granted else "refused"
        self.env["lifecycle.consent"]._record(person, code, state, source, company, channel=channel)

    @api.model
    def _unsubscribe(self, person, company, code):
        """End the e-mails for a purpose, that alone: one click from the mail (RFC 8058)."""
        if code in self._get_purposes().mapped("code"):
            self._say(person, company, code, None if code in WITHOUT_CHANNEL else EMAIL, False, "unsubscribe")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _lifecycle_preferences_url(self, company, page="preferences", code=""):
        """The link to the person's preferences with a company, or to the end of the e-mails for a purpose."""
        self.ensure_one()
        token = self.env["lifecycle.preference"]._get_token(self, company)
        path = "/".join(filter(None, ("lifecycle", page, str(self.id), str(company.id), code, token)))
        return f"{self.get_base_url()}/{path}"


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _get_headers(self):
        # OVERRIDE: the reader's mail program shows a button that ends such mails (RFC 2369, RFC 8058).
        headers = super()._get_headers()
        if self.purpose_id.basis == "contract":
            return headers
        url = self._get_unsubscribe_url()
        return {
            **headers,
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    def _get_unsubscribe_url(self):
        """Where the e-mails for the purpose of this contact are ended: for headers and templates."""
        return self._get_person()._lifecycle_preferences_url(self.company_id, "unsubscribe", self.purpose_id.code)

    def _get_preferences_url(self):
        """Where the person sees and changes what he allows: for templates."""
        return self._get_person()._lifecycle_preferences_url(self.company_id)
