"""How soon customers are answered: a month and a person a row, because medians cannot be added up."""

from odoo import fields, models
from odoo.tools import SQL


class LifecycleReplyReport(models.Model):
    """What a person answered in a month and how soon, in working hours."""

    _name = "lifecycle.reply.report"
    _description = "Reply Times"
    _auto = False
    _order = "month desc, answered_by_id"
    _rec_name = "month"

    month = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True)
    answer_count = fields.Integer(string="Answers", readonly=True)
    median_hours = fields.Float(string="Half within (hours)", readonly=True, aggregator=None)
    slow_hours = fields.Float(string="Nine in Ten within (hours)", readonly=True, aggregator=None)
    share_in_time = fields.Float(string="Within the Target", readonly=True, aggregator=None)

    @property
    def _table_query(self):
        self.env["lifecycle.reply"].flush_model()
        return SQL(
            """
            SELECT min(reply.id) AS id,
                   date_trunc('month', answered_on AT TIME ZONE 'UTC' AT TIME ZONE company.lifecycle_tz)::date AS month,
                   reply.company_id, answered_by_id, count(*)::int AS answer_count,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) / 60 AS median_hours,
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) / 60 AS slow_hours,
                   avg(is_in_time::int)::float AS share_in_time
              FROM lifecycle_reply reply
              JOIN res_company company ON company.id = reply.company_id
             WHERE answered_on IS NOT NULL
             GROUP BY 2, reply.company_id, answered_by_id
            """
        )
