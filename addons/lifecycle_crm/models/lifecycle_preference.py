"""What a person lets us do, as he sees and changes it himself, by a link that needs no login."""

from urllib.parse import quote

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, consteq, hmac

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

    Whoever left a mailing list and switches its purpose on is written to again: his later word counts, see
    :meth:`GateFacts.has_opted_out`; the list itself he joins where he left it. Whoever is on Odoo's exclusion list
    stays there: it holds for all companies and purposes, and may rest on another request than his. The page tells
    him so.
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
        person = self.env["res.partner"].sudo().browse(person_id)  # the token is his right
        company = self.env["res.company"].sudo().browse(company_id)  # likewise
        if not consteq(self._get_token(person, company).encode(), token.encode()):
            return None, None
        person, company = person.exists() or person._get_lifecycle_successor(), company.exists()
        return (person.with_company(company), company) if person and company else (None, None)

    # === CHOICES === #

    @api.model
    def _get_choices(self, person, company):
        """Purposes with what holds by channel.

        A box is on if he said so, or, where he has said nothing, if the law lets us: so a box that is on never turns
        into a refusal behind his back because something else stands against it. What does is told beside it.

        :return: list of ``{"purpose": record, "channels": [(channel, is on, what stands against it nevertheless)]}``
        """
        purposes = self._get_purposes()
        cells = [(purpose, channel) for purpose in purposes for channel in self._get_channels(purpose)]
        shown = dict(zip(cells, self._get_shown(cells, person, company), strict=True))
        return [
            {
                "purpose": purpose,
                "channels": [(channel, *shown[purpose, channel]) for channel in self._get_channels(purpose)],
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
    def _get_shown(self, cells, person, company):
        """Whether each is on, and if he switched it on himself, what stands against it; time and caps left aside."""
        requests = [
            GateRequest(person.id, purpose.code, channel, is_profiled=purpose.code == PROFILING)
            for purpose, channel in cells
        ]
        said = self._get_said(person, company)
        verdicts = self.env["lifecycle.gate"]._judge(requests, company)
        for cell, request, verdict in zip(cells, requests, verdicts, strict=True):
            counted = OBJECTIONS if request.purpose == PROFILING else PERSONAL
            against = [reason for reason in verdict.reasons if reason.code in counted]
            word = self._get_word(said, *cell)
            if word and word.state == "granted":
                yield True, self._get_hindrance(against, company)
            else:
                yield not word and not against, ""

    @api.model
    def _get_said(self, person, company):
        """All that he, or whoever has the same mailbox, said to a company; the oldest first."""
        Consent = self.env["lifecycle.consent"].sudo()  # his own words
        return Consent.search(Consent._about(person) & Domain("company_id", "=", company.id), order="moment, id")

    @api.model
    def _get_word(self, said, purpose, channel):
        """The last word on a purpose by a channel; none: an empty record."""
        return said.filtered(lambda word: word.purpose_id == purpose and word.channel in (False, channel))[-1:]

    @api.model
    def _get_hindrance(self, reasons, company):
        """Why what he allows is not done nevertheless, and until when."""
        if not reasons:
            return ""
        words = self.env["lifecycle.gate"]._words(reasons)
        if "blacklisted" in {reason.code for reason in reasons}:
            words.append(
                self.env._(
                    "It stays so until %(company)s takes you off that list: write to %(email)s.",
                    company=company.name,
                    email=company.email or company.name,
                )
            )
        return " ".join(words)

    @api.model
    def _choose(self, person, company, chosen, source="page"):
        """Keep what the person has changed, and a refusal for each box that he left off without a word before.

        Without it the first order would switch it on by itself (art. 130 c.4: he must not have objected, and a box
        that he saw off and left off is an objection). What was on and is left on is no consent: nobody has ticked it.

        :param set chosen: pairs of the code of a purpose and a channel that he allows
        """
        said = self._get_said(person, company)
        for choice in self._get_choices(person, company):
            purpose = choice["purpose"]
            for channel, is_on, _hindrance in choice["channels"]:
                wanted = (purpose.code, channel) in chosen
                if wanted != is_on or not (wanted or self._get_word(said, purpose, channel)):
                    about = None if purpose.code in WITHOUT_CHANNEL else channel
                    self._say(person, company, purpose.code, about, wanted, source)

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

    lifecycle_merged_ids = fields.Json(
        copy=False, readonly=True, groups="base.group_system", help="Contacts that he was before: their links are his."
    )

    def _lifecycle_succeed(self, others):
        """Take over the links of contacts that are merged into this one."""
        known = [former for partner in self | others for former in partner.lifecycle_merged_ids or []]
        self.lifecycle_merged_ids = sorted({*known, *(others - self).ids})

    def _get_lifecycle_successor(self):
        """Whom a contact that is gone was merged into; none: nobody."""
        self.env["res.partner"].flush_model(["lifecycle_merged_ids"])
        query = SQL("SELECT id FROM res_partner WHERE lifecycle_merged_ids @> to_jsonb(%s::bigint) LIMIT 1", self.id)
        return self.browse(successor for [successor] in self.env.execute_query(query))

    def _lifecycle_preferences_url(self, company, page="preferences", code=""):
        """The link to the person's preferences with a company, or to the end of the e-mails for a purpose."""
        self.ensure_one()
        token = self.env["lifecycle.preference"]._get_token(self, company)
        path = "/".join(filter(None, ("lifecycle", page, str(self.id), str(company.id), quote(code, safe=""), token)))
        return f"{self.get_base_url()}/{path}"


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    def _get_headers(self):
        """Headers of the mail of this contact; a hook.

        By them the reader's mail program shows a button that ends such mails (RFC 2369, RFC 8058).

        :rtype: dict[str, str]
        """
        self.ensure_one()
        if self.purpose_id.basis == "contract":
            return {}
        return {
            "List-Unsubscribe": f"<{self._get_unsubscribe_url()}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }

    def _get_unsubscribe_url(self):
        """Where the e-mails for the purpose of this contact are ended: for headers and templates."""
        return self._get_person()._lifecycle_preferences_url(self.company_id, "unsubscribe", self.purpose_id.code)

    def _get_preferences_url(self):
        """Where the person sees and changes what he allows: for templates."""
        return self._get_person()._lifecycle_preferences_url(self.company_id)
