"""What customers say on their page: kept as they said it."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ..answers.form import DISPUTE, PAID, PROMISE
from ..answers.reasons import REASONS
from ..promises.schedule import Instalment
from .dunning_case_line import DECLARED
from .open_items import pursue_again

OPEN = "open"
WAYS = [
    ("transfer", "Bank transfer"),
    ("card", "Card or online payment"),
    ("debit", "Direct debit or RiBa"),
    ("cheque", "Cheque"),
    ("cash", "Cash"),
    ("other", "Other"),
]


class DunningAnswer(models.Model):
    """A customer's own word about what he owes: he has paid it, he will, or he objects.

    It takes effect by itself as far as the policy goes, and never twice for the same instalment; the rest waits for a
    person. A declared payment is settled by the books, or its instalments are pursued again when its days are over.
    """

    _name = "dunning.answer"
    _description = "Customer's Answer"
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    author_id = fields.Many2one(
        "res.partner", string="Said by", readonly=True, ondelete="set null", help="Empty: whoever had the link."
    )
    said_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    kind = fields.Selection(
        [(PAID, "Says it is paid"), (DISPUTE, "Objects"), (PROMISE, "Promises to pay")], required=True, readonly=True
    )
    state = fields.Selection(
        [
            (OPEN, "To look at"),
            ("taken", "Taken over"),
            ("settled", "Settled"),
            ("expired", "Nothing came in"),
            ("done", "Looked at"),
        ],
        required=True,
        default=OPEN,
        readonly=True,
        index=True,
    )
    line_ids = fields.Many2many("dunning.case.line", string="Instalments", readonly=True)
    amount = fields.Monetary(readonly=True)
    date = fields.Date(string="Paid or To Be Paid On", readonly=True)
    way = fields.Selection(WAYS, string="Way of Payment", readonly=True)
    reference = fields.Char(readonly=True, help="CRO or TRN of the transfer, number of the cheque.")
    reason = fields.Selection(REASONS, readonly=True)
    text = fields.Text(string="In His Words", readonly=True)
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True, ondelete="set null")
    paused_until = fields.Date(
        readonly=True, index="btree_not_null", help="The last day on which its instalments stand aside."
    )
    done_by_id = fields.Many2one("res.users", string="Looked at by", readonly=True)

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for answer in self:
            answer.display_name = f"{answer.partner_id.display_name}: {kinds.get(answer.kind, '')}"

    # === ACTIONS === #

    def action_accept(self):
        """A person takes over what went further than the policy: the promise, or the objection."""
        self.ensure_one()
        self._check_open()
        answer = self.sudo()  # the server's to write
        if answer.kind == PROMISE:
            answer._promise()
        elif answer.kind == DISPUTE:
            answer._dispute(answer._get_pursued_lines())
        else:
            raise UserError(self.env._("Whether something was paid is for the books to say."))
        answer.write({"state": "taken", "done_by_id": self.env.user.id})

    def action_done(self):
        """A person has looked at it; instalments that stood aside for it are pursued again."""
        self._check_open()
        answers = self.sudo()  # the server's to write
        answers.write({"state": "done", "done_by_id": self.env.user.id})
        answers._get_declared_lines().state = "active"
        answers.case_id._resync()

    def action_open_case(self):
        """The case that it is about."""
        self.ensure_one()
        self.check_access("read")
        return self.case_id._get_form_action()

    def _check_open(self):
        self.case_id.check_access("write")
        if self.filtered(lambda answer: answer.state != OPEN):
            raise UserError(self.env._("Somebody has looked at this answer already."))

    # === EFFECT === #

    def _get_pursued_lines(self):
        return self.line_ids.filtered(lambda line: line.state == "active")

    def _get_declared_lines(self):
        return self.line_ids.filtered(lambda line: line.state == DECLARED)

    def _promise(self):
        units = round(self.amount / self.currency_id.rounding)
        self.case_id._promise([Instalment(1, self.date, units, units)], source="portal")

    def _dispute(self, lines):
        self.case_id._dispute(lines, self.reason, self.text, source="portal")

    def _describe(self):
        """What was said, for the history of the case: the customer's words as text and nothing else."""
        self.ensure_one()
        kinds, reasons, ways = (
            dict(self._fields[name]._description_selection(self.env)) for name in ("kind", "reason", "way")
        )
        parts = [
            kinds[self.kind],
            ", ".join(self.line_ids.mapped("display_name")),
            self.amount and self.currency_id.format(self.amount),
            self.date and format_date(self.env, self.date),
            self.way and ways[self.way],
            self.reference,
            self.reason and reasons[self.reason],
        ]
        facts = Markup("<p>%s</p>") % " · ".join(part for part in parts if part)
        if not self.text:
            return facts
        # what he typed has lines of its own
        return facts + Markup('<blockquote style="white-space: pre-wrap;">%s</blockquote>') % self.text

    # === SCAN === #

    @api.model
    def _settle(self, cases, overdue):
        """Decide about declared payments: what was paid is settled, and what was not is pursued after its days.

        :param cases: records of ``dunning.case`` that are being brought in line
        :param dict overdue: their overdue :class:`.open_items.OpenItem` by partner and currency; those that are pursued
            again are replaced
        """
        answers = self.search([("case_id", "in", cases.ids), ("kind", "=", PAID), ("state", "=", OPEN)])
        if not answers:
            return
        items = {item.case_line_id: item for found in overdue.values() for item in found if item.case_line_id}
        today = fields.Date.context_today(self)
        for answer in answers:
            left = answer.line_ids.filtered(lambda line: line.id in items)
            if not left:
                answer.state = "settled"
            elif answer.paused_until and answer.paused_until < today:
                answer._expire([items[line.id] for line in left if line.state == DECLARED], overdue)

    def _expire(self, items, overdue):
        """Nothing came in: the instalments are pursued again, and the case says so."""
        self.state = "expired"
        self._get_declared_lines().state = "active"
        for item in items:
            pursue_again(overdue, item)
        self.case_id.message_post(
            body=self.env._("What the customer said he had paid did not come in: it is pursued again.")
        )
