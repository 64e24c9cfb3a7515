"""The formal notice (messa in mora): a numbered letter that stands up in court."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("draft", "ready", "sent")
LEFT = ("sent", "stored", "delivered", "returned")  # it is out of the house: the invoices it names stay as they are
DRAFT_FIELDS = {"channel", "signing", "signatory", "signatory_role", "days_to_pay"}
RETURNS = [
    ("unclaimed", "Not collected: storage ended"),
    ("refused", "Refused by the addressee"),
    ("unknown", "Unknown at the address, or moved"),
    ("other", "For another reason"),
]


class DunningNotice(models.Model):
    """A formal notice with the amounts it was written on, its signed file and the proof of its arrival.

    A notice that nobody signed interrupts no limitation (Cass. 12182/2021), and one whose arrival can't be proven does
    not either: so it is not *sent* without a signed file, nor *delivered* without a proof. Nothing sends it by itself,
    and nothing sends it again.
    """

    _name = "dunning.notice"
    _description = "Formal Notice"
    _inherit = ["dunning.guarded", "dunning.outbox", "dunning.numbered", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _window = "dunning_it.dunning_notice_action"
    _outbox_state = "mail_state"
    _outbox_cron = "dunning_it.ir_cron_dunning_notice"

    name = fields.Char(string="Number", readonly=True, copy=False)
    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Debtor", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    stage_id = fields.Many2one("dunning.stage", readonly=True, ondelete="restrict")
    cycle = fields.Integer(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", index="btree_not_null")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("ready", "Ready to be signed"),
            ("sent", "Sent"),
            ("stored", "In storage"),
            ("delivered", "Delivered"),
            ("returned", "Returned"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
        index=True,
    )

    channel = fields.Selection(
        [("registered", "Registered letter with return receipt"), ("pec", "PEC")],
        required=True,
        default="registered",
        tracking=True,
    )
    signing = fields.Selection(
        [("ink", "By ink: the scan is uploaded"), ("digital", "Digitally: the signed file is uploaded")],
        string="Signed",
        required=True,
        default="ink",
    )
    signatory = fields.Char(help="Who signs: the creditor, or somebody authorised by him.")
    signatory_role = fields.Char(string="Role", help="For example: legal representative.")
    days_to_pay = fields.Integer(string="Days to Pay", default=15, help="From the day on which it is received.")
    text_id = fields.Many2one("dunning.notice.text", string="Words", readonly=True, ondelete="restrict")

    date = fields.Date(readonly=True, help="On the letter; interest is reckoned up to it.")
    line_ids = fields.One2many("dunning.notice.line", "notice_id", string="Instalments", readonly=True)
    amount_principal = fields.Monetary(string="Principal", readonly=True)
    amount_credit = fields.Monetary(string="Open Credits", readonly=True)
    amount_interest = fields.Monetary(string="Interest", readonly=True)
    amount_compensation = fields.Monetary(string="Compensation", readonly=True)
    amount_total = fields.Monetary(string="Claimed", readonly=True, tracking=True)
    snapshot = fields.Json(readonly=True, help="What was open when the figures were taken.")

    file_ids = fields.One2many("dunning.notice.file", "notice_id", string="Files", readonly=True)
    letter_id = fields.Many2one("dunning.notice.file", readonly=True, ondelete="restrict")
    signed_id = fields.Many2one("dunning.notice.file", string="Signed File", readonly=True, ondelete="restrict")
    enclosure_ids = fields.Many2many("dunning.notice.file", string="Enclosures", readonly=True, copy=False)
    has_signed_file = fields.Boolean(compute="_compute_has_signed_file")
    recipient_pec = fields.Char(string="To (PEC)", readonly=True)
    tracking_number = fields.Char(readonly=True, tracking=True)
    mail_state = fields.Selection(
        [
            ("claimed", "In the outbox"),
            ("handing", "Being sent"),
            ("done", "Handed over"),
            ("failed", "Not sent"),
            ("uncertain", "Uncertain"),
        ],
        string="Sending",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    receipt_ids = fields.One2many("dunning.receipt", "notice_id", string="Receipts", readonly=True)

    sent_date = fields.Date(string="Sent On", readonly=True, tracking=True)
    accepted_on = fields.Datetime(readonly=True, help="The receipt of acceptance: the sending is proven.")
    stored_date = fields.Date(
        string="In Storage Since",
        readonly=True,
        tracking=True,
        help="The notice of storage at the post office: from that day the letter counts as arrived (art. 1335 c.c.).",
    )
    delivered_date = fields.Date(string="Delivered On", readonly=True, tracking=True)
    returned_date = fields.Date(string="Returned On", readonly=True, tracking=True)
    return_reason = fields.Selection(RETURNS, readonly=True, tracking=True)
    arrival_date = fields.Date(
        string="Counts as Arrived",
        compute="_compute_arrival_date",
        store=True,
        index="btree_not_null",
        help="From this day the debtor is in default, and limitation runs anew.",
    )
    deadline_date = fields.Date(string="To Pay By", compute="_compute_deadline_date", store=True)
    limitation_date = fields.Date(
        string="Limitation",
        compute="_compute_limitation_date",
        help="Of the first of its open instalments.",
    )
    warning = fields.Text(compute="_compute_warning")

    _one_open = models.UniqueIndex(
        "(case_id, cycle) WHERE state IN ('draft', 'ready', 'sent')", "A case has one formal notice under way."
    )
    _check_days = models.Constraint("CHECK (days_to_pay > 0)", "The debtor has a day to pay at least.")

    # === COMPUTE METHODS === #

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for notice in self:
            number = notice.name or self.env._("Draft of a formal notice")
            notice.display_name = f"{number} · {notice.partner_id.name or ''}"

    @api.depends("signed_id")
    def _compute_has_signed_file(self):
        for notice in self:
            notice.has_signed_file = bool(notice.signed_id)

    @api.depends("delivered_date", "stored_date", "returned_date", "return_reason")
    def _compute_arrival_date(self):
        """When it reached the debtor's address, which is enough (art. 1335 c.c.): into his hands, into storage, or
        refused by him.
        """
        for notice in self:
            days = [notice.stored_date, notice.delivered_date]
            if notice.return_reason == "refused":
                days.append(notice.returned_date)
            notice.arrival_date = min(filter(None, days), default=False)

    @api.depends("arrival_date", "days_to_pay")
    def _compute_deadline_date(self):
        for notice in self:
            arrived = notice.arrival_date
            notice.deadline_date = arrived + timedelta(days=notice.days_to_pay) if arrived else False

    @api.depends("line_ids.move_line_id.dunning_case_line_ids.limitation_date")
    def _compute_limitation_date(self):
        for notice in self:
            lines = notice.line_ids.move_line_id.dunning_case_line_ids.filtered(lambda line: line.state != "closed")
            notice.limitation_date = min(filter(None, lines.mapped("limitation_date")), default=False)

    @api.depends("state", "channel", "case_id.is_provisional", "partner_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_warning(self):
        for notice in self:
            notice.warning = "\n".join(notice._get_warnings()) if notice.state in ("draft", "ready") else False

    # === CRUD === #

    def _is_fixed(self):
        # OVERRIDE: what a notice says is fixed once it is ready.
        return self.state != "draft"

    @api.model
    def _get_fixed_fields(self):
        # OVERRIDE: what the letter says.
        return DRAFT_FIELDS

    def _get_guard_words(self):
        # OVERRIDE: of a notice.
        return self.env._("Where a formal notice stands follows from its signed file and its proofs: add those.")

    def _get_fixed_words(self):
        # OVERRIDE: of a notice.
        return self.env._("The letter is drawn: take it back to draft to change what it says.")

    # === HELP === #

    def _get_today(self):
        return fields.Date.context_today(self)

    def _hold(self):
        """The notice with the server's rights and under lock, its case in line with the books.

        :raise UserError: where somebody else works on it
        """
        self.ensure_one()
        self.check_access("write")
        notice = self.sudo()  # where a notice stands is the server's to write, after the user's right is checked
        if not notice.try_lock_for_update() or not notice.case_id.try_lock_for_update():
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        notice.invalidate_recordset()
        notice.case_id.invalidate_recordset()
        notice.case_id._resync()
        return notice

    def _require(self, *states):
        """:raise UserError: where the notice is in another state"""
        self.ensure_one()
        if self.state not in states:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The formal notice is in the state “%(state)s”: this can't be done any more, or not yet.",
                    state=names[self.state],
                )
            )
