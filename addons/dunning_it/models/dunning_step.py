"""What was done in a case, and the outbox of what is to be sent."""

from odoo import fields, models


class DunningStep(models.Model):
    """One step taken in a case: a case takes a stage once in each cycle, whoever works on it."""

    _name = "dunning.step"
    _description = "Dunning Step"
    _inherit = ["dunning.outbox"]
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    stage_id = fields.Many2one("dunning.stage", required=True, readonly=True, ondelete="restrict")
    kind = fields.Selection(related="stage_id.kind", store=True)
    cycle = fields.Integer(required=True, readonly=True)
    state = fields.Selection(
        [
            ("claimed", "In the outbox"),
            ("handing", "Being sent"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
            ("uncertain", "Uncertain"),
        ],
        required=True,
        default="claimed",
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    claimed_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    done_on = fields.Datetime(readonly=True)
    amount_net = fields.Monetary(string="Claimed Amount", readonly=True)
    snapshot = fields.Json(readonly=True, help="The instalments and amounts the step was taken on.")
    email = fields.Char(string="To", readonly=True)
    subject = fields.Char(readonly=True)
    body = fields.Html(readonly=True, sanitize=False)
    mail_message_id = fields.Many2one("mail.message", readonly=True, ondelete="set null")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", readonly=True)

    _once = models.UniqueIndex(
        "(case_id, stage_id, cycle) WHERE state != 'cancelled'", "A case takes each stage once in a cycle."
    )

    def _has_to_wait(self):
        """Whether the customer is to be left alone for now; a hook, which says when to try again."""
        return False
