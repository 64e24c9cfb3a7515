"""What customers say about what they bought."""

from odoo import fields, models
from odoo.tools import SQL

KINDS = [("order", "Order"), ("check_up", "Check-Up"), ("testimonial", "Testimonial")]


class LifecycleFeedback(models.Model):
    """An answer of a customer: about an order, the relation, or for others to read. It is his, nobody edits it."""

    _name = "lifecycle.feedback"
    _description = "Customer Feedback"
    _inherit = ["lifecycle.guarded"]
    _order = "answered_on desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner", string="Person", readonly=True, index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    kind = fields.Selection(KINDS, string="About", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True, help="What it is about: one answer to one question.")
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null")
    touch_id = fields.Many2one(
        "lifecycle.touch", string="Asked by", readonly=True, index="btree_not_null", ondelete="set null"
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, index="btree_not_null", ondelete="set null"
    )
    answered_on = fields.Datetime(required=True, readonly=True, index=True)
    corrected_on = fields.Datetime(readonly=True)
    score = fields.Integer(required=True, readonly=True, aggregator="avg", help="From 1, very poor, to 5, excellent.")
    packaging_score = fields.Integer(string="Packaging", readonly=True, aggregator="avg", help="0: nothing was said.")
    carrier = fields.Char(string="Courier", readonly=True, help="Who brought it, as the delivery says.")
    carrier_score = fields.Integer(string="Courier's Score", readonly=True, aggregator="avg")
    good = fields.Text(string="What Was Good", readonly=True)
    better = fields.Text(string="What Could Be Better", readonly=True)
    rating_id = fields.Many2one("rating.rating", readonly=True, index="btree_not_null", ondelete="set null")
    case_id = fields.Many2one(
        "lifecycle.case", string="Complaint", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _key_unique = models.Constraint("unique(company_id, key)", "There is one answer to one question.")
    _score_range = models.Constraint("CHECK(score BETWEEN 1 AND 5)", "A score lies between 1 and 5.")
    _other_scores_range = models.Constraint(
        "CHECK(packaging_score BETWEEN 0 AND 5 AND carrier_score BETWEEN 0 AND 5)", "A score lies between 1 and 5."
    )

    def _read_group_select(self, aggregate_spec, query):
        # OVERRIDE: whoever said nothing of the packaging or the courier has not given a score of 0.
        name, _colon, function = aggregate_spec.partition(":")
        if name in ("packaging_score", "carrier_score") and function == "avg":
            return SQL("AVG(NULLIF(%s, 0))", self._field_to_sql(self._table, name, query))
        return super()._read_group_select(aggregate_spec, query)
