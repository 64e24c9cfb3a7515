"""What was done in a case, and the outbox of what is to be sent."""

from odoo import fields, models


class DunningStep(models.Model):
    """One step taken in a case: a case takes a stage once in each cycle, whoever works on it."""

    _name = "dunning.step"
    _description = "Dunning Step"
    _rec_name = "stage_id"
    _inherit = ["dunning.mail"]
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="case_id.partner_id", store=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    stage_id = fields.Many2one("dunning.stage", required=True, readonly=True, ondelete="restrict")
    kind = fields.Selection(related="stage_id.kind", store=True)
    cycle = fields.Integer(required=True, readonly=True)
    claimed_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    amount_net = fields.Monetary(string="Claimed Amount", readonly=True)
    snapshot = fields.Json(readonly=True, help="The instalments and amounts the step was taken on.")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", readonly=True)

    _once = models.UniqueIndex(
        "(case_id, stage_id, cycle) WHERE state != 'cancelled'", "A case takes each stage once in a cycle."
    )
