"""What went to whom: one mail of a sending, which is outbox and evidence in one."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.mail import email_normalize

from ..freezing.difference import DifferentCurrencies, compare
from ..layout.listing import PRICE
from ..layout.preview import preview_of
from .listing_builder import customer_of
from .listino_document_publish import decode

MOST_EXAMPLES = 10


class ListinoSendingLine(models.Model):
    """One reader's mail, with the prices he got in it.

    There is one line for each reader and cycle (the whole sending, a month, a day), which the database enforces: so
    nothing is sent twice, whoever works on it.
    """

    _name = "listino.sending.line"
    _description = "Price List Sent"
    _inherit = ["listino.frozen.mixin", "mail.thread"]
    _order = "id desc"

    sending_id = fields.Many2one("listino.sending", required=True, index=True, readonly=True, ondelete="cascade")
    document_id = fields.Many2one(related="sending_id.document_id", store=True, index=True)
    company_id = fields.Many2one(related="sending_id.company_id", store=True)
    user_id = fields.Many2one(related="sending_id.user_id", store=True)
    cycle = fields.Char(required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True, index=True, ondelete="set null")
    name = fields.Char(string="Reader", readonly=True)
    email = fields.Char(string="E-mail", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("handing", "Being sent"),
            ("sent", "Sent"),
            ("skipped", "Skipped"),
            ("failed", "Failed"),
            ("uncertain", "Uncertain"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        copy=False,
    )
    remark = fields.Char(readonly=True, copy=False, help="Why it was skipped, failed, or can't be known.")
    attempt_count = fields.Integer(readonly=True, copy=False)
    retry_date = fields.Datetime(string="Not Before", readonly=True, copy=False)
    handing_date = fields.Datetime(readonly=True, copy=False)
    sent_date = fields.Datetime(string="Sent On", readonly=True, copy=False)
    message_uid = fields.Char(
        string="Message-ID", readonly=True, copy=False, help="Of all attempts: mail systems show a second copy once."
    )
    mail_message_id = fields.Many2one("mail.message", readonly=True, copy=False, ondelete="set null")
    share_id = fields.Many2one("listino.share", string="Link", readonly=True, copy=False, ondelete="set null")
    opened_date = fields.Datetime(
        compute="_compute_opened_date", search="_search_opened_date", string="Link Opened", help="The last time."
    )
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True, copy=False, ondelete="set null")
    previous_id = fields.Many2one(
        "listino.sending.line", string="The Time Before", readonly=True, copy=False, ondelete="set null"
    )
    up_count = fields.Integer(string="Prices Up", readonly=True, copy=False, help="Products dearer than the last time.")
    down_count = fields.Integer(string="Prices Down", readonly=True, copy=False, help="Products cheaper than then.")
    new_count = fields.Integer(string="New Products", readonly=True, copy=False)
    gone_count = fields.Integer(string="Products Gone", readonly=True, copy=False)
    change_html = fields.Html(compute="_compute_change_html", compute_sudo=True, string="What Changed", sanitize=False)
    lang = fields.Char(compute="_compute_lang")

    _unique_partner = models.UniqueIndex(
        "(sending_id, cycle, partner_id) WHERE partner_id IS NOT NULL", "A reader gets one mail each time."
    )
    _unique_address = models.UniqueIndex(
        "(sending_id, cycle, email) WHERE partner_id IS NULL", "An address gets one mail each time."
    )
    _open = models.Index("(sending_id) WHERE state IN ('waiting', 'handing')")

    @api.depends("name", "document_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " → ".join(filter(None, [line.document_id.name, line.name or line.email]))

    @api.depends("partner_id.lang", "document_id.lang")
    def _compute_lang(self):
        for line in self:
            line.lang = line.partner_id.lang or line.document_id.lang

    @api.depends("share_id.last_open_date", "handing_date")
    def _compute_opened_date(self):
        for line in self:
            opened = line.share_id.last_open_date
            line.opened_date = opened if opened and line.handing_date and opened >= line.handing_date else False

    def _search_opened_date(self, operator, value):
        # a link that a reader had before counts from the day of this mail on
        opened = SQL(
            "(SELECT line.id FROM listino_sending_line line JOIN listino_share share ON share.id = line.share_id "
            "WHERE share.last_open_date >= line.handing_date)"
        )
        if operator in ("<", "<=", ">", ">="):
            return Domain("id", "in", opened) & Domain("share_id.last_open_date", operator, value)
        if operator not in ("in", "not in") or set(value) != {False}:
            return NotImplemented
        return Domain("id", "in" if operator == "not in" else "not in", opened)

    @api.depends("previous_id", "sha256")
    @api.depends_context("lang")
    def _compute_change_html(self):
        """What is other than the last time, as a part of a mail: how many, and examples."""
        for line in self:
            difference = line._get_difference()
            line.change_html = difference and self.env["ir.qweb"]._render(
                "listino_pricelist.listino_sending_changes", line._prepare_change_values(difference)
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: lines are evidence, written by the server alone.
        self._check_server()
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: see create.
        self._check_server()
        return super().write(vals)

    def unlink(self):
        # OVERRIDE: with the line go the mail and the file, which nobody else needs.
        messages, files = self.mail_message_id, self.attachment_id
        done = super().unlink()
        messages.exists().sudo().unlink()  # they are the line's
        files.exists().sudo().unlink()  # they are the line's
        return done

    def _check_server(self):
        if not self.env.su:
            raise AccessError(self.env._("What was sent to whom is written by the server, not by hand."))

    # === ACTIONS === #

    def action_send_again(self):
        """Put failed and uncertain mails in the outbox once more; a person has decided that they have not arrived."""
        self.sending_id.check_access("write")
        again = self.filtered(lambda line: line.state in ("failed", "uncertain", "skipped"))
        if not again:
            raise UserError(self.env._("Only what has failed, was skipped or is uncertain can be sent again."))
        again.sudo().write(
            {"state": "waiting", "remark": False, "attempt_count": 0, "retry_date": False}
        )  # the server's
        sendings = again.sending_id.sudo()  # their state is the server's to write
        sendings.filtered(lambda sending: sending.state in ("planned", "done")).state = "running"
        self.env["listino.sending"]._trigger_work()

    def action_was_sent(self):
        """A person knows that the mail has arrived."""
        self.sending_id.check_access("write")
        lines = self.filtered(lambda line: line.state == "uncertain")
        remark = self.env._("Confirmed by %(name)s.", name=self.env.user.name)
        for line in lines.sudo():  # what became of a mail is the server's to write
            line.write({"state": "sent", "sent_date": line.handing_date, "remark": remark})

    def action_preview(self):
        """Open the prices the reader got in the web client."""
        self.ensure_one()
        if not self.sha256:
            raise UserError(self.env._("Nothing was sent."))
        return {
            "type": "ir.actions.client",
            "tag": "listino_pricelist.preview",
            "name": self.display_name,
            "params": {"model": self._name, "record_id": self.id, "url": f"/listino/sent/{self.id}"},
        }

    def action_download(self):
        """The list as the reader got it."""
        self.ensure_one()
        if not self.sha256:
            raise UserError(self.env._("Nothing was sent."))
        if self.attachment_id:
            url = f"/web/content/{self.attachment_id.id}?download=true"
        else:
            url = f"/listino/sent/{self.id}/{self.sending_id.extension}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # === CONTENT === #

    @api.model
    def _get_received_domain(self, sending):
        """Lines that brought, or may have brought, their reader the same document, whole or the same part."""
        Sending = self.env["listino.sending"]
        alike = Sending.search([("document_id", "=", sending.document_id.id)]).filtered(
            lambda other: other.category_ids == sending.category_ids
        )
        states = Domain("state", "in", ["sent", "uncertain"])
        return states & Domain("sending_id", "in", alike.ids) & Domain("sha256", "!=", False)

    def _get_source(self):
        """What the reader gets, read anew: his own prices of now, with the rights of the sender."""
        self.ensure_one()
        document = self.sending_id._get_document()
        if not document.active:
            raise UserError(self.env._("The document is archived. Choose another one."))
        if self.partner_id:
            document.env["res.partner"].browse(self.partner_id.id).check_access("read")
        self._check_owner(self.sending_id.publication_id.partner_id if self.sending_id.publication_id else None)
        return self.sending_id._get_source(self.partner_id)

    def _check_owner(self, owner):
        """Prices made for one customer go to nobody else.

        :param owner: whose prices the revision that is sent has; None: where none is
        """
        document = self.sending_id._get_document()
        stranger = owner is None and not self.partner_id and document.partner_id
        if owner and owner.commercial_partner_id != self.partner_id.commercial_partner_id:
            stranger = owner
        if stranger:
            raise UserError(
                self.env._(
                    "It is made for %(customer)s, and his prices go to nobody else.", customer=stranger.display_name
                )
            )

    def _get_difference(self):
        """What changed since the reader's last mail: a :class:`..freezing.difference.Difference`, or None."""
        if not self.previous_id.sha256 or not self.sha256:
            return None
        try:
            return compare(self.previous_id._get_frozen(), self._get_frozen())
        except DifferentCurrencies:
            return None

    def _prepare_change_values(self, difference):
        """What the words about changes are made of: counts, and for some products the first price that changed."""
        frozen = self._get_frozen()
        first_of = {}
        for change in difference:
            if change.kind in ("up", "down"):
                first_of.setdefault(change.product_id, change)
        changes = list(first_of.values())
        return {
            "counts": difference.counts(),
            "examples": [self._prepare_example(change, frozen) for change in changes[:MOST_EXAMPLES]],
            "more_count": len(changes[MOST_EXAMPLES:]),
            "currency": frozen.currency,
            "since": format_date(self.env, self.previous_id.sent_date or self.previous_id.handing_date),
        }

    def _prepare_example(self, change, frozen):
        """One price that changed, as the list writes it."""
        numbers = frozen.listing().numbers
        column = max((each for each in frozen.columns if each.kind == PRICE), key=lambda each: each.decimals)
        percent = change.percent and f"{numbers.trimmed(change.percent, 1)}%"
        remark = ", ".join(filter(None, [percent, change.label]))
        return {
            "name": change.name,
            "old": column.text(change.old, numbers),
            "new": column.text(change.new, numbers),
            "remark": f"({remark})" if remark else "",
        }

    # === MAIL GATEWAY === #

    def _message_receive_bounce(self, email, partner):
        # OVERRIDE: a mail that comes back has failed, whatever the first server said.
        done = super()._message_receive_bounce(email, partner)
        returned = self.sudo().filtered(lambda line: line.state in ("sent", "uncertain", "handing"))  # the gateway's
        returned.write({"state": "failed", "remark": self.env._("Returned by the reader's mail server.")})
        return done

    def _get_addressees(self):
        """The addresses of the line, one by one."""
        return [email for email in map(email_normalize, (self.email or "").split(",")) if email]

    # === FILE === #

    def _write_file(self, extension, stream, frozen=None):
        """Write what the reader got: the files of a revision as they are, else a file of the prices that are kept.

        :param str extension: pdf, xlsx or csv
        :param stream: a writable binary stream
        :param frozen: those prices, where they are at hand
        """
        sending = self.sending_id
        if sending.publication_id:
            return sending._as_sender(sending.publication_id)._write_file(extension, stream)
        frozen = frozen or self._get_frozen()
        lang = frozen.listing().lang or self.env.lang
        document = sending._get_document().with_context(lang=lang, bin_size=False)
        reader = document.env["res.partner"].browse(self.partner_id.id)
        listing = frozen.listing(customer_of(reader), decode(document.company_id.logo))
        return document._write_listing(extension, *document._add_pictures(listing, frozen.blocks()), stream)

    def _get_file_name(self, extension):
        if self.sending_id.publication_id:
            return self.sending_id.publication_id._get_file_name(extension)
        return self.document_id.with_context(lang=self.lang)._get_file_name(extension)

    @api.readonly
    def get_preview(self):
        """The prices the reader got, as the preview in the web client shows them.

        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        frozen = self._get_frozen()
        return {**preview_of(frozen.listing(customer_of(self.partner_id)), frozen.blocks()), "prices": {}}
