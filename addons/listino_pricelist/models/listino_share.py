"""Links to a price list, for readers with or without a login."""

import secrets
from urllib.parse import urljoin

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import email_normalize, format_date
from odoo.tools.misc import hmac

from ..sharing.tokens import is_same, join_token, split_token
from .listino_server_fields import without_defaults

SCOPE = "listino_pricelist.share"
DAYS = 30
LATEST_DAYS = 3 * 366
MOST_WRONG_PASSWORDS = 5
LOCK_MINUTES = 15
COUNT_AGAIN_MINUTES = 10
SERVER_FIELDS = {
    "revoked",
    "open_count",
    "first_open_date",
    "last_open_date",
    "nonce",
    "password_hash",
    "wrong_password_count",
    "locked_until",
}
WHAT_IT_SHOWS = {"document_id", "publication_id", "partner_id"}


class ListinoShare(models.Model):
    """A link to a price list with an expiry, which can be revoked and protected by a password.

    The token is a signature over the link's number and a random value, so it can be shown again, and what the
    database holds opens nothing without the database's own secret.
    """

    _name = "listino.share"
    _description = "Link to a Price List"
    _order = "id desc"
    _check_company_auto = True

    document_id = fields.Many2one("listino.document", required=True, index=True, ondelete="cascade", check_company=True)
    publication_id = fields.Many2one(
        "listino.publication",
        string="Revision",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        domain="[('document_id', '=', document_id), ('partner_id', 'in', [False, partner_id])]",
        help="The prices as they were published. Without one, those of the day the link is opened.",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Reader",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        help="His price list, taxes and language. Without one, those of the document.",
    )
    email = fields.Char(string="E-mail", help="To whom the link was given, where he is no contact yet.")
    expiry_date = fields.Date(
        string="Valid Until", required=True, default=lambda self: self._get_expiry_date(DAYS), help="This day included."
    )
    revoked = fields.Boolean(readonly=True, copy=False)
    state = fields.Selection(
        [("valid", "Active"), ("expired", "Expired"), ("revoked", "Revoked")], compute="_compute_state"
    )
    url = fields.Char(string="Link", compute="_compute_url")
    password = fields.Char(
        compute="_compute_password",
        inverse="_inverse_password",
        copy=False,
        help="The reader has to type it. Only a digest is kept: it can be changed, but not shown again.",
    )
    has_password = fields.Boolean(compute="_compute_has_password", compute_sudo=True)
    open_count = fields.Integer(string="Openings", readonly=True, copy=False)
    first_open_date = fields.Datetime(string="First Opened", readonly=True, copy=False)
    last_open_date = fields.Datetime(string="Last Opened", readonly=True, copy=False)

    nonce = fields.Char(required=True, copy=False, groups=NO_ACCESS, default=lambda self: secrets.token_hex(16))
    password_hash = fields.Char(copy=False, groups=NO_ACCESS)
    wrong_password_count = fields.Integer(copy=False, groups=NO_ACCESS)
    locked_until = fields.Datetime(copy=False, groups=NO_ACCESS)

    @api.model
    def _get_expiry_date(self, days):
        return fields.Date.context_today(self) + relativedelta(days=days)

    @api.depends("document_id.name", "partner_id", "email")
    def _compute_display_name(self):
        for share in self:
            parts = [share.document_id.name, share.partner_id.display_name or share.email]
            share.display_name = " · ".join(filter(None, parts))

    @api.depends("expiry_date", "revoked")
    @api.depends_context("tz")
    def _compute_state(self):
        for share in self:
            share.state = "revoked" if share.revoked else "expired" if share._is_expired() else "valid"

    @api.depends("document_id")
    def _compute_url(self):
        for share in self:
            share.url = share._get_url() if share._origin else False

    @api.depends("password_hash")
    def _compute_has_password(self):
        for share in self:
            share.has_password = bool(share.password_hash)

    def _compute_password(self):
        self.password = False

    def _inverse_password(self):
        crypt = self.env["res.users"]._crypt_context()
        for share in self.sudo():  # the digest is nobody's to read or write
            share.password_hash = crypt.hash(share.password) if share.password else False
            share.write({"wrong_password_count": 0, "locked_until": False})

    @api.constrains("expiry_date")
    def _check_expiry_date(self):
        latest = self._get_expiry_date(LATEST_DAYS)
        for share in self:
            if share.expiry_date > latest:
                raise ValidationError(
                    self.env._(
                        "A link is valid for three years at most. Choose a day before %(day)s.",
                        day=format_date(self.env, latest),
                    )
                )

    @api.constrains("document_id", "publication_id", "partner_id")
    def _check_publication(self):
        for share in self:
            publication = share.publication_id
            if publication and publication.document_id != share.document_id:
                raise ValidationError(self.env._("The revision is of another document. Choose one of this document."))
            if publication.partner_id and publication.partner_id != share.partner_id:
                raise ValidationError(
                    self.env._(
                        "The revision holds the prices of %(customer)s. Nobody else may get a link to it.",
                        customer=publication.partner_id.display_name,
                    )
                )

    @api.constrains("email")
    def _check_email(self):
        for share in self:
            if share.email and not email_normalize(share.email):
                raise ValidationError(
                    self.env._("“%(text)s” is no e-mail address. Correct it or leave it empty.", text=share.email)
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: secrets and counters begin at their beginning; the reader is the document's where none is chosen.
        for vals in vals_list:
            self._check_server_fields(vals)
            if not vals.get("partner_id"):
                vals["partner_id"] = self.env["listino.document"].browse(vals.get("document_id")).partner_id.id
        return super(ListinoShare, without_defaults(self, SERVER_FIELDS)).create(vals_list)

    def write(self, vals):
        # OVERRIDE: a link that somebody has shows for ever what it was made for; openings are for the server to count.
        self._check_server_fields(vals)
        if not self.env.su and not WHAT_IT_SHOWS.isdisjoint(vals):
            raise AccessError(self.env._("What a link shows does not change. Revoke it and make a new one."))
        return super().write(vals)

    def _check_server_fields(self, vals):
        if not self.env.su and not SERVER_FIELDS.isdisjoint(vals):
            raise AccessError(self.env._("Secrets and openings of a link are kept by the server, not by hand."))

    # === ACTIONS === #

    def action_revoke(self):
        """Close the link for good: whoever has it sees nothing any more."""
        self.check_access("write")
        self.sudo().revoked = True  # only this button revokes, and nothing takes it back

    def action_open(self):
        """Open the link in a new tab, as its reader sees it."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._get_url(), "target": "new"}

    # === LINKS === #

    @api.model
    def _share(self, document, partner, publication=None, days=DAYS, email=None):
        """A valid link for a reader: the one he has already, kept alive as long as asked, or a new one.

        :param document: the ``listino.document``
        :param partner: the reader, or an empty recordset for somebody who is no contact yet
        :param publication: the revision to show; the current prices where empty
        :param int days: how long it is valid at least
        :param str email: of the reader who is no contact; without it, each call makes a link of its own
        :return: the ``listino.share``
        """
        wanted = self._get_expiry_date(days)
        reader = partner or document.partner_id
        share = self.browse()
        if reader or email:
            same = self.search(self._get_same_domain(document, reader, publication, email))
            share = same.filtered(lambda share: not share.has_password)[:1]
        if not share:
            return self.create(self._prepare_share_vals(document, reader, publication, email, wanted))
        if share.expiry_date < wanted:
            share.sudo().expiry_date = wanted  # the reader is given the link anew, by somebody who may make one
        return share

    @api.model
    def _get_same_domain(self, document, partner, publication, email):
        """The valid links that show a reader the same."""
        return (
            Domain("document_id", "=", document.id)
            & Domain("partner_id", "=", partner.id if partner else False)
            & Domain("publication_id", "=", publication.id if publication else False)
            & Domain("email", "=", email or False)
            & Domain("revoked", "=", False)
            & Domain("expiry_date", ">=", fields.Date.context_today(self))
        )

    @api.model
    def _prepare_share_vals(self, document, partner, publication, email, expiry_date):
        return {
            "document_id": document.id,
            "publication_id": publication.id if publication else False,
            "partner_id": partner.id if partner else False,
            "email": email or False,
            "expiry_date": expiry_date,
        }

    def _get_url(self):
        """The address to give to the reader."""
        self.ensure_one()
        return urljoin(self.get_base_url(), self._get_path())

    def _get_path(self):
        return f"/listino/link/{join_token(self.id, self._sign())}"

    def _sign(self, *message):
        """A signature over the link, its secret and something more."""
        secret = self.sudo().nonce  # nobody reads it; the signature gives nothing of it away
        return hmac(self.env(su=True), SCOPE, (self.id, secret, *message))

    @api.model
    def _find(self, token):
        """The link of a token that may be opened now, as superuser; empty for every other token, whatever is wrong.

        :param str token: anything that came in an address
        """
        share_id, signature = split_token(token) or (0, "")
        share = self.sudo().browse(share_id).exists()  # the token is the right to read
        is_genuine = is_same(signature, share._sign() if share else secrets.token_hex(32))
        return share if is_genuine and share._is_open() else share.browse()

    def _is_open(self):
        """Whether the link shows anything: neither revoked nor expired, and nothing of what it shows put away.

        A link for everybody ends when its document becomes a customer's, whose prices it would show.
        """
        self.ensure_one()
        document = self.document_id
        if self.revoked or self._in_place()._is_expired() or (document.partner_id and not self.partner_id):
            return False
        return document.active and document.company_id.active and document._get_pricelist(self.partner_id).active

    def _is_expired(self):
        return bool(self.expiry_date and self.expiry_date < fields.Date.context_today(self))

    def _in_place(self):
        """The link with the clock of its author, whose day says which prices count and whether it is valid."""
        return self.with_context(tz=self.create_uid.tz or self.env.context.get("tz"))
