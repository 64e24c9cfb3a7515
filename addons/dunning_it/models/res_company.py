from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dunning_is_automatic = fields.Boolean(
        string="Send Reminders by Themselves",
        help="Otherwise a person looks at the reminders of the day and sends them.",
        groups="base.group_user",
    )
    dunning_user_id = fields.Many2one("res.users", string="Responsible for Dunning", groups="base.group_user")
    dunning_scan_date = fields.Date(string="Last Full Scan", readonly=True, groups="base.group_user")
