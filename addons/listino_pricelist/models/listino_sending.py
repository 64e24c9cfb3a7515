"""Sending a listino document by mail: to whom, what, how and when."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.mail import email_normalize

from .listino_server_fields import without_defaults
from .listino_share import LATEST_DAYS

SERVER_FIELDS = {"state", "user_id", "line_ids", "problem"}
WHAT_IT_SENDS = {"document_id", "publication_id", "category_ids"}
OPEN_STATES = ("waiting", "handing")


class ListinoSending(models.Model):
    """A price list on its way to readers: once, each month, or whenever prices change.

    Every reader gets his own prices. The work is found in the lines, see ``listino.sending.line``; who may send and
    what he may see is decided by the rights of the user who started it.
    """

    _name = "listino.sending"
    _description = "Sending of a Price List"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    document_id = fields.Many2one("listino.document", required=True, ondelete="restrict", check_company=True)
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users", string="Sender", default=lambda self: self.env.user, readonly=True, copy=False
    )
    state = fields.Selection(
        [
            ("draft", "To start"),
            ("planned", "Planned"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    problem = fields.Char(readonly=True, copy=False, help="Why it has paused by itself.")

    # What
    publication_id = fields.Many2one(
        "listino.publication",
        string="Revision",
        ondelete="restrict",
        check_company=True,
        domain="[('document_id', '=', document_id)]",
        help="Every reader gets this revision. Leave it empty for the prices of the moment, to each his own.",
    )
    category_ids = fields.Many2many(
        "product.category",
        "listino_sending_category_rel",
        string="Only Categories",
        help="With their subcategories. Leave it empty for the whole document.",
    )
    method = fields.Selection(
        [("attachment", "Attachment"), ("link", "Link"), ("both", "Attachment and link")],
        string="Sent As",
        required=True,
        default="attachment",
    )
    extension = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV")], string="Format", required=True, default="pdf"
    )
    link_days = fields.Integer(string="Link Valid For", default=30, help="Days from the day it is sent.")

    # To whom
    partner_ids = fields.Many2many(
        "res.partner", "listino_sending_partner_rel", string="Customers", check_company=True, copy=True
    )
    tag_ids = fields.Many2many(
        "res.partner.category",
        "listino_sending_tag_rel",
        string="Customer Tags",
        help="All customers who have one of the tags when it is sent.",
    )
    audience_ids = fields.Many2many(
        "listino.audience",
        "listino_sending_audience_rel",
        string="Audiences",
        help="All customers whose price list is made for them when it is sent.",
    )
    addresses = fields.Text(
        string="Prospects", help="Readers who are not customers, one a line: Name <mail@example.com>"
    )
    only_changed = fields.Boolean(
        string="Only If Prices Changed",
        help="Skip those whose prices are still those of the last time they got this document.",
    )

    # When
    schedule = fields.Selection(
        [("once", "Once"), ("monthly", "Each month"), ("on_change", "When prices change")],
        required=True,
        default="once",
        help="When prices change: each day those readers get it whose prices are not those they got last.",
    )
    month_day = fields.Integer(
        string="Day of the Month", default=1, help="In shorter months, the last day: 31 is the end of every month."
    )
    next_date = fields.Datetime(string="Next On", copy=False, help="Leave it empty to begin at once.")

    # Words
    template_id = fields.Many2one(
        "mail.template",
        string="Mail Template",
        required=True,
        ondelete="restrict",
        domain=[("model", "=", "listino.sending.line")],
        default=lambda self: self.env.ref("listino_pricelist.listino_sending_template", raise_if_not_found=False),
    )
    introduction = fields.Text(string="Your Words", help="Written at the beginning of the mail.")
    reply_to = fields.Char(string="Replies To", help="Leave it empty for the sender's own address.")

    # How far
    line_ids = fields.One2many("listino.sending.line", "sending_id", string="Mails")
    open_count = fields.Integer(compute="_compute_progress", string="Still to Send")
    sent_count = fields.Integer(compute="_compute_progress", string="Sent")
    skipped_count = fields.Integer(compute="_compute_progress", string="Skipped")
    failed_count = fields.Integer(compute="_compute_progress", string="Failed")
    uncertain_count = fields.Integer(compute="_compute_progress", string="Uncertain")
    progress = fields.Float(compute="_compute_progress", help="Percent of the mails dealt with.")
    forecast = fields.Text(compute="_compute_forecast", string="Readers")

    @api.depends("document_id")
    def _compute_name(self):
        for sending in self:
            sending.name = sending.name or sending.document_id.name

    @api.depends("line_ids.state")
    def _compute_progress(self):
        counts = {
            (sending, state): count
            for sending, state, count in self.env["listino.sending.line"]._read_group(
                [("sending_id", "in", self.ids)], ["sending_id", "state"], ["__count"]
            )
        }
        for sending in self:
            of_state = {state: counts.get((sending._origin, state), 0) for state in ("sent", "skipped", "failed")}
            sending.sent_count, sending.skipped_count, sending.failed_count = of_state.values()
            sending.uncertain_count = counts.get((sending._origin, "uncertain"), 0)
            sending.open_count = sum(counts.get((sending._origin, state), 0) for state in OPEN_STATES)
            total = sum(of_state.values()) + sending.uncertain_count + sending.open_count
            sending.progress = 100.0 * (total - sending.open_count) / (total or 1)

    # === CHECKS === #

    @api.constrains("month_day", "link_days")
    def _check_days(self):
        for sending in self:
            if sending.schedule == "monthly" and not 1 <= sending.month_day <= 31:
                raise ValidationError(self.env._("The day of the month is between 1 and 31."))
            if sending.method != "attachment" and not 1 <= sending.link_days <= LATEST_DAYS:
                raise ValidationError(self.env._("A link is valid for 1 to %(most)s days.", most=LATEST_DAYS))

    @api.constrains("addresses", "reply_to")
    def _check_addresses(self):
        for sending in self:
            if sending.reply_to and not email_normalize(sending.reply_to):
                raise ValidationError(self.env._("“%(text)s” is no e-mail address.", text=sending.reply_to))
            _readers, bad = sending._read_addresses()
            if bad:
                raise ValidationError(
                    self.env._(
                        "These are no e-mail addresses: %(list)s. Write one a line: Name <mail@example.com>",
                        list=", ".join(f"“{text}”" for text in bad[:5]),
                    )
                )

    @api.constrains("template_id")
    def _check_template(self):
        for sending in self:
            if sending.template_id.model != "listino.sending.line":
                raise ValidationError(self.env._("Choose a mail template for price lists."))

    @api.constrains("publication_id", "document_id", "schedule", "category_ids", "only_changed")
    def _check_publication(self):
        for sending in self.filtered("publication_id"):
            if sending.publication_id.document_id != sending.document_id:
                raise ValidationError(self.env._("The revision is of another document."))
            if sending.schedule != "once" or sending.category_ids or sending.only_changed:
                raise ValidationError(
                    self.env._("A revision is sent once, whole and to all. For prices of the moment, leave it empty.")
                )

    @api.constrains("method", "category_ids")
    def _check_part(self):
        for sending in self:
            if sending.method != "attachment" and sending.category_ids:
                raise ValidationError(
                    self.env._(
                        "A link shows the whole document. Attach the part, or make a document of these categories."
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a sending is its author's, and begins at its beginning.
        for vals in vals_list:
            self._check_server_fields(vals)
            if not self.env.su:
                vals.update(user_id=self.env.uid, state="draft")  # whatever defaults a client has brought
        return super(ListinoSending, without_defaults(self, SERVER_FIELDS)).create(vals_list)

    def write(self, vals):
        # OVERRIDE: how far a sending is is for the server to say; what was sent is evidence, which stays as it is.
        self._check_server_fields(vals)
        if not self.env.su and not WHAT_IT_SENDS.isdisjoint(vals) and any(each.state != "draft" for each in self):
            raise UserError(self.env._("What a sending sends does not change once it is started. Make a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(self.line_ids.filtered(lambda line: line.state in ("sent", "uncertain", "handing"))):
            raise UserError(self.env._("What was sent is kept as evidence. Pause the sending instead."))

    def _check_server_fields(self, vals):
        if not self.env.su and not SERVER_FIELDS.isdisjoint(vals):
            raise AccessError(self.env._("State and sender are set by the buttons of a sending, not by hand."))

    # === ACTIONS === #

    def action_start(self):
        """Start, or go on, in the name of who presses the button; sent once, nobody gets it again."""
        self.check_access("write")
        now = fields.Datetime.now()
        for sending in self:
            if not sending._get_recipients():
                raise UserError(self.env._("Nobody would get it. Choose customers, tags, audiences or addresses."))
            first = sending.next_date or now
            if sending.state == "done" and sending.schedule == "once":
                first = now  # for those added since
            state = "running" if first <= now else "planned"
            sending.sudo().write(  # the state is the server's to write
                {"state": state, "user_id": self.env.uid, "next_date": first, "problem": False}
            )
            self._trigger_work(first)

    def action_pause(self):
        """Stop after the mail that is being sent; *Start* goes on."""
        self.check_access("write")
        self.sudo().filtered(lambda sending: sending.state in ("planned", "running")).state = "paused"  # the server's

    def action_retry(self):
        """Try again what has failed for certain; what may have arrived is decided mail by mail."""
        self.check_access("write")
        self.line_ids.filtered(lambda line: line.state == "failed").action_send_again()

    def action_lines(self):
        """What went to whom."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_sending_line_action")
        return {**action, "domain": [("sending_id", "=", self.id)], "context": {}}

    def action_preview(self):
        """Show the mail as a reader would get it, without sending."""
        self.ensure_one()
        recipients = self._get_recipients()
        if not recipients:
            raise UserError(self.env._("Nobody would get it. Choose customers, tags, audiences or addresses."))
        first = next((each for each in recipients if each.email), recipients[0])
        preview = self.env["listino.sending.preview"].create({"sending_id": self.id, "partner_id": first.partner.id})
        return preview._open()
