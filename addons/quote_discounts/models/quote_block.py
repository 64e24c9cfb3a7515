"""Conditions and guarantees that are written once and printed on many quotes."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class QuoteBlock(models.Model):
    """A text of the paper: a condition, a guarantee, a clause that is signed separately.

    A quote keeps the texts as they were when it was sent, see ``block_snapshot`` of ``sale.order``.
    """

    _name = "quote.block"
    _description = "Text of Quotes"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Title", required=True, translate=True)
    body = fields.Html(string="Text", required=True, translate=True, sanitize_style=True)
    kind = fields.Selection(
        [("condition", "Condition"), ("guarantee", "Guarantee"), ("other", "Other")],
        required=True,
        default="condition",
    )
    is_default = fields.Boolean(
        string="On New Quotes", help="Printed on every new quote whose quotation template names no texts of its own."
    )
    needs_signature = fields.Boolean(
        string="Signed Separately",
        help="The paper has a second line for the signature below this text, as articles 1341 and 1342 of the Italian "
        "civil code ask for onerous clauses.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for the quotes of all companies.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["sale.order"].sudo().search_count([("quote_block_ids", "in", self.ids)], limit=1)
        if used:
            raise UserError(self.env._("This text stands on quotes. Archive it, then no new quote takes it."))

    def _prepare_snapshot(self, lang):
        """The texts as a customer of that language reads them.

        :rtype: list[dict]
        """
        return [
            {
                "id": block.id,
                "kind": block.kind,
                "title": block.name,
                "body": str(block.body or ""),
                "needs_signature": block.needs_signature,
            }
            for block in self.with_context(lang=lang).sorted(lambda block: (block.sequence, block.id))
        ]
