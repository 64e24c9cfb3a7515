"""What other systems tell, checked before it is believed."""

import json
import re
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

USER = "lifecycle_crm.group_lifecycle_user"
NAMES = {"code", "key", "partner_id", "ref", "email", "company_id", "moment", "values"}
WHO = ("partner_id", "ref", "email")
CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
ZULU = re.compile(r"[Zz]$")  # Python 3.10 does not read it
KEY_LENGTH, VALUES_LENGTH = 200, 10_000
CLOCKS_DIFFER = timedelta(minutes=5)


class LifecycleEvent(models.Model):
    _inherit = "lifecycle.event"

    @api.model
    def _tell(self, told):
        """Take down what another system tells, with the rights of whoever it calls as.

        :param dict told: ``code`` and ``key`` as of ``_lifecycle_event``; the person by one of ``partner_id``, ``ref``
            (his internal reference) and ``email``; optionally ``company_id``, ``moment`` (ISO 8601, UTC if it names no
            zone) and ``values`` (an object)
        :return: a pair of the event and whether it is new
        :raise UserError: what is wrong with it, in words for whoever writes the other system
        """
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("Outside events are told by a user of the customer lifecycle."))
        if unknown := told.keys() - NAMES:
            raise UserError(self.env._("Nothing is known of %(names)s.", names=", ".join(sorted(unknown))))
        code, key = self._read_code(told.get("code")), self._read_key(told.get("key"))
        company = self._read_company(told.get("company_id"))
        person = self._read_person(told, company)
        moment, values = self._read_moment(told.get("moment")), self._read_values(told.get("values"))
        known = self._find(code, key, company)
        if known and known.commercial_partner_id != person.commercial_partner_id:
            raise UserError(self.env._("The key %(key)s has been used for another customer.", key=key))
        return known or person._lifecycle_event(code, key, company, values=values, moment=moment), not known

    @api.model
    def _find(self, code, key, company):
        """The event of a key, if it was told before."""
        events = self.sudo()  # whoever tells it has no rights on it
        return events.search([("company_id", "=", company.id), ("code", "=", code), ("key", "=", key)])

    def _read_code(self, code):
        if not isinstance(code, str) or not CODE.fullmatch(code):
            raise UserError(self.env._("Give a code of small letters, digits and underscores, such as not_used."))
        return code

    def _read_key(self, key):
        if not isinstance(key, str) or not 0 < len(key.strip()) <= KEY_LENGTH:
            raise UserError(self.env._("Give a key of up to %(length)s characters.", length=KEY_LENGTH))
        return key.strip()

    def _read_company(self, company_id):
        if company_id is None:
            return self.env.company
        company = self.env.user.company_ids.filtered(lambda company: company.id == company_id)
        if not company:
            raise AccessError(self.env._("There is no such company for you."))
        return company

    def _read_person(self, told, company):
        """The one person who is meant, among those whom the caller may see and whom the company deals with."""
        given = [name for name in WHO if told.get(name)]
        if len(given) != 1:
            raise UserError(self.env._("Say who it is about by one of: %(names)s.", names=", ".join(WHO)))
        name, value = given[0], told[given[0]]
        if not isinstance(value, int if name == "partner_id" else str) or isinstance(value, bool):
            raise UserError(self.env._("The value of %(name)s is not understood.", name=name))
        found = self.env["res.partner"].search(
            [
                (
                    {"partner_id": "id", "ref": "ref", "email": "email_normalized"}[name],
                    "=",
                    self._normalize(name, value),
                ),
                ("company_id", "in", [False, company.id]),
            ],
            limit=2,
        )
        if not found:
            raise UserError(self.env._("There is no contact with this %(name)s.", name=name))
        if len(found) > 1:
            raise UserError(self.env._("Several contacts have this %(name)s: tell it by partner_id.", name=name))
        return found

    def _normalize(self, name, value):
        return value.strip().lower() if name == "email" else value

    def _read_moment(self, moment):
        """A moment in UTC without its zone."""
        if moment is None:
            return None
        try:
            read = datetime.fromisoformat(ZULU.sub("+00:00", moment))
            if read.tzinfo:
                read = read.astimezone(timezone.utc).replace(tzinfo=None)
        except (OverflowError, TypeError, ValueError):
            words = self.env._("Give the moment as ISO 8601, such as 2026-06-15T09:30:00Z.")
            raise UserError(words) from None
        if read > fields.Datetime.now() + CLOCKS_DIFFER:
            raise UserError(self.env._("The moment lies in the future."))
        return read.replace(microsecond=0)

    def _read_values(self, values):
        if values is not None and not isinstance(values, dict):
            raise UserError(self.env._("The values are an object of names and values."))
        if values and len(json.dumps(values)) > VALUES_LENGTH:
            raise UserError(self.env._("The values are longer than %(length)s characters.", length=VALUES_LENGTH))
        return values
