"""What a reader does with a link: types the password, opens it, asks for a quote."""

import time

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..sharing.tokens import is_same
from .listino_share import COUNT_AGAIN_MINUTES, LOCK_MINUTES, MOST_WRONG_PASSWORDS
from .online_listing import OnlineListing

KEY_HOURS = 12
FORM_HOURS = 24
LONGEST_PASSWORD = 200
MOST_REQUESTS_A_DAY = 20
RIGHT, WRONG, LOCKED = "right", "wrong", "locked"


class ListinoShare(models.Model):
    _inherit = "listino.share"

    def _get_online(self):
        """What the reader of the link sees: an :class:`.online_listing.OnlineListing`."""
        self.ensure_one()
        share = self._in_place()
        return OnlineListing(share.document_id, share.partner_id, share.publication_id)

    # === PASSWORD === #

    def _try_password(self, password):
        """Whether the password is the right one. Too many wrong ones lock the link for a while, for everybody.

        The row is locked from the count to the answer, so that no number of requests at once tries more.

        :return: one of ``RIGHT``, ``WRONG``, ``LOCKED``
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return LOCKED
        self.invalidate_recordset(["locked_until", "wrong_password_count", "password_hash"])
        now = fields.Datetime.now()
        if self.locked_until and self.locked_until > now:
            return LOCKED
        password = (password or "")[:LONGEST_PASSWORD].replace("\x00", "")
        if self.env["res.users"]._crypt_context().verify(password, self.password_hash):
            self.write({"wrong_password_count": 0, "locked_until": False})
            return RIGHT
        count = self.wrong_password_count + 1
        is_last = count >= MOST_WRONG_PASSWORDS
        locked_until = now + relativedelta(minutes=LOCK_MINUTES) if is_last else False
        self.write({"wrong_password_count": 0 if is_last else count, "locked_until": locked_until})
        return LOCKED if is_last else WRONG

    def _get_key(self):
        """What a reader who knows the password carries, so as not to be asked again; void once the password changes."""
        return self._sign_for("key", KEY_HOURS, self.password_hash)

    def _is_unlocked(self, key):
        """Whether a reader with this key, or none, may see the list."""
        return not self.password_hash or self._is_signed_for("key", key, self.password_hash)

    # === FORMS === #

    def _get_form_token(self):
        """Proves that a form comes from a page of this link. There is no session whose token could do it."""
        return self._sign_for("form", FORM_HOURS)

    def _is_form_token(self, text):
        return self._is_signed_for("form", text)

    def _sign_for(self, purpose, hours, *message):
        until = int(time.time()) + hours * 3600
        return f"{until}-{self._sign(purpose, until, *message)}"

    def _is_signed_for(self, purpose, text, *message):
        until, _dash, signature = (text or "")[:100].partition("-")
        if not (until.isascii() and until.isdigit() and int(until) > time.time()):
            return False
        return is_same(signature, self._sign(purpose, int(until), *message))

    # === OPENINGS === #

    def _count_opening(self):
        """Note that the link was opened; once in ten minutes, and never where that would make the reader wait."""
        self.ensure_one()
        now = fields.Datetime.now()
        if self.last_open_date and self.last_open_date > now - relativedelta(minutes=COUNT_AGAIN_MINUTES):
            return
        if self.try_lock_for_update(allow_referencing=True):
            self.write(
                {
                    "open_count": self.open_count + 1,
                    "first_open_date": self.first_open_date or now,
                    "last_open_date": now,
                }
            )

    # === QUOTE REQUESTS === #

    def _has_requests_left(self):
        """Whether one more quote may be asked for today. The row is locked, so that this holds until the end.

        :raise ConcurrencyError: where another request through this link is at work; Odoo then tries again
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            raise ConcurrencyError("Another quote is being asked for through this link")
        since = fields.Datetime.now() - relativedelta(days=1)
        domain = Domain("listino_share_id", "=", self.id) & Domain("create_date", ">=", since)
        return self.env["sale.order"].with_context(active_test=False).search_count(domain) < MOST_REQUESTS_A_DAY

    def _get_prospect(self, contact):
        """The contact who asks through a link without a reader.

        Only one who asked through this very link before, under the same e-mail, is known; all others are new, so that
        nobody learns or changes anything about a customer by typing his address.

        :param contact: a :class:`..sharing.contact.Contact`
        """
        self.ensure_one()
        domain = Domain("listino_share_id", "=", self.id) & Domain("partner_id.email_normalized", "=", contact.email)
        known = self.env["sale.order"].search(domain, order="id desc", limit=1).partner_id
        return known or self.env["res.partner"].create(self._prepare_prospect_vals(contact))

    def _prepare_prospect_vals(self, contact):
        return {
            "name": contact.name,
            "company_name": contact.company or False,
            "email": contact.email,
            "phone": contact.phone or False,
            "lang": self.document_id.lang,
            "company_id": self.company_id.id,
            "user_id": self.env["sale.order"]._get_responsible(self.env["res.partner"], self.document_id, self).id,
        }
