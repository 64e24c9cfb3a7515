from odoo import fields, models


class DunningStage(models.Model):
    _inherit = "dunning.stage"

    notice_text_id = fields.Many2one(
        "dunning.notice.text",
        string="Words of the Notice",
        ondelete="restrict",
        help="Empty: the first in the list of words.",
    )

    def _get_notice_text(self):
        """The words of the stage's formal notice; the first of all where it names none.

        :rtype: dunning.notice.text
        """
        return self.notice_text_id or self.env["dunning.notice.text"].search([], limit=1)
