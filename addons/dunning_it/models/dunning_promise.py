"""What customers promise to pay, and whether they do."""

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..promises.schedule import BROKEN, KEPT, OPEN, judge

SOURCES = [("call", "Call"), ("portal", "Portal"), ("letter", "Letter or e-mail")]


class DunningPromise(models.Model):
    """An amount that a customer promised to pay by a date; a payment plan is several of them, made at once.

    An open promise pauses the case. What lowers the claim it was made on counts for it, be it a payment, allocated or
    not, or a credit note. The scan judges it.
    """

    _name = "dunning.promise"
    _description = "Promise to Pay"
    _order = "date desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    amount_until_then = fields.Monetary(
        readonly=True, help="What was to have come in by then: this promise and those of the same plan before it."
    )
    date = fields.Date(string="Pays By", required=True, readonly=True, help="The last day on which it is in time.")
    number = fields.Integer(readonly=True, default=1)
    count = fields.Integer(string="Instalments", readonly=True, default=1)
    state = fields.Selection(
        [(OPEN, "Open"), (KEPT, "Kept"), (BROKEN, "Broken"), ("withdrawn", "Replaced")],
        required=True,
        default=OPEN,
        readonly=True,
        index=True,
    )
    source = fields.Selection(SOURCES, required=True, readonly=True, default="call")
    call_id = fields.Many2one("dunning.call", readonly=True, index="btree_not_null", ondelete="set null")
    user_id = fields.Many2one("res.users", string="Noted by", readonly=True)
    made_date = fields.Date(string="Made On", required=True, readonly=True)
    judged_date = fields.Date(string="Judged On", readonly=True)
    snapshot = fields.Json(readonly=True, help="The claim it was made on.")

    _check_amount = models.Constraint("CHECK (amount > 0)", "A promise is about more than nothing.")

    @api.depends("amount", "date", "currency_id", "number", "count")
    def _compute_display_name(self):
        for promise in self:
            name = self.env._(
                "%(amount)s by %(date)s",
                amount=promise.currency_id.format(promise.amount),
                date=format_date(self.env, promise.date),
            )
            part = f" ({promise.number}/{promise.count})" if promise.count > 1 else ""
            promise.display_name = name + part

    def action_open_case(self):
        """The case that the promise was made in."""
        self.ensure_one()
        return self.case_id._get_form_action()

    # === JUDGE === #

    @api.model
    def _judge_open(self, cases, credit):
        """Say of the open promises of cases whether they were kept or broken.

        :param cases: records of ``dunning.case`` that are being brought in line
        :param dict credit: open credits by partner and currency, as of now
        """
        promises = self.search([("case_id", "in", cases.ids), ("state", "=", OPEN)], order="date, id")
        if not promises:
            return
        residuals = promises._get_residuals()
        today = fields.Date.context_today(self)
        verdicts = {KEPT: self.browse(), BROKEN: self.browse()}
        for promise in promises:
            received = promise._get_received(residuals, credit)
            verdict = judge(promise._to_units(promise.amount_until_then), promise.date, received, today)
            if verdict != OPEN:
                verdicts[verdict] |= promise
        for state, found in verdicts.items():
            found.write({"state": state, "judged_date": today})
        verdicts[BROKEN]._note_broken()

    def _get_residuals(self):
        """What is open now of the journal items that the promises are about.

        :return: dict from the id of a journal item to its residual; one that is gone is missing
        """
        ids = {item for promise in self for item, _residual in promise.snapshot["lines"]}
        items = self.env["account.move.line"].search_fetch([("id", "in", sorted(ids))], ["amount_residual_currency"])
        return {item.id: item.amount_residual_currency for item in items}

    def _get_received(self, residuals, credit):
        """What has come in since the promise was made, in the smallest unit of its currency."""
        claim = sum(residuals.get(item, 0.0) for item, _residual in self.snapshot["lines"])
        in_favour = credit.get((self.partner_id.id, self.currency_id.id), 0.0)
        return self._to_units(self.snapshot["net"]) - self._to_units(claim - in_favour)

    def _to_units(self, amount):
        return round(amount / self.currency_id.rounding)

    def _note_broken(self):
        """The rest of a plan falls with its first broken promise, and a person hears of it."""
        for case, promises in self.grouped("case_id").items():
            case._get_open_promises()._withdraw()
            first = promises[0]
            case._remind_responsible(
                "mail.mail_activity_data_call",
                self.env._("Promise broken: %(promise)s", promise=first.display_name),
            )

    def _withdraw(self):
        """They do not count any more: replaced by a newer one, or fallen with another."""
        self.filtered(lambda promise: promise.state == OPEN).write({"state": "withdrawn"})

    @api.model
    def _note_unpaid(self, items):
        """Payments were taken back: what was promised of these journal items is judged anew in the cases that go on.

        A closed case has it judged where it opens again.
        """
        customers, unpaid = items.partner_id.commercial_partner_id, set(items.ids)
        promises = self.search(
            [("partner_id", "in", customers.ids), ("state", "=", KEPT), ("case_id.state", "!=", "closed")]
        )
        promises.filtered(
            lambda promise: any(item in unpaid for item, _residual in promise.snapshot["lines"])
        )._note_bounced()

    def _note_bounced(self):
        """A payment was taken back: those that something is open of again are there for the scan to judge anew."""
        kept = self.filtered(lambda promise: promise.state == KEPT)
        residuals = kept._get_residuals()
        kept.filtered(lambda promise: any(residuals.get(item) for item, _residual in promise.snapshot["lines"])).write(
            {"state": OPEN, "judged_date": False}
        )
