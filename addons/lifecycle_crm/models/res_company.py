"""A company's day, its rules in force, and the gap that its customers usually let pass."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

from ..sql import facts
from ..stages.gap import Prior


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_tz = fields.Selection(
        _tz_get,
        string="Time Zone of the Day",
        required=True,
        default="Europe/Rome",
        help="When a day begins and ends.",
        groups="base.group_user",
    )
    lifecycle_rulebook_id = fields.Many2one(
        "lifecycle.rulebook",
        string="Rules in Force",
        compute="_compute_lifecycle_rulebook_id",
        groups="base.group_user",
    )
    lifecycle_prior_days = fields.Integer(readonly=True, groups="base.group_user")
    lifecycle_prior_count = fields.Integer(readonly=True, groups="base.group_user")
    lifecycle_prior_date = fields.Date(
        readonly=True, help="The mean gap of all is worked out once a day.", groups="base.group_user"
    )
    lifecycle_sweep_date = fields.Date(string="All Looked at on", readonly=True, groups="base.group_user")

    def _compute_lifecycle_rulebook_id(self):
        books = (
            self.env["lifecycle.rulebook"]
            .sudo()
            .search(  # which rules hold is no secret
                [("company_id", "in", self.ids), ("state", "=", "active")]
            )
        )
        by_company = {book.company_id.id: book.id for book in books}
        for company in self:
            company.lifecycle_rulebook_id = by_company.get(company.id, False)

    def _lifecycle_get_stages(self):
        """All stages of the company, archived ones too."""
        self.ensure_one()
        return self.env["lifecycle.stage"].with_context(active_test=False).search([("company_id", "=", self.id)])

    def _lifecycle_today(self):
        """The day in the company's zone."""
        self.ensure_one()
        return self._lifecycle_local(fields.Datetime.now()).date()

    def _lifecycle_day(self, moment):
        """The day of a moment in UTC where the company is."""
        return self._lifecycle_local(moment).date()

    def _lifecycle_local(self, moment):
        """A moment in UTC as the company's clocks show it, with its zone."""
        self.ensure_one()
        return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self.lifecycle_tz))

    def _lifecycle_utc(self, moment):
        """A moment of the company's clocks in UTC; the first of the two where the clocks are set back."""
        self.ensure_one()
        return moment.replace(tzinfo=ZoneInfo(self.lifecycle_tz)).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _lifecycle_moment(self, day, hour=0):
        """The moment in UTC at which it is an hour of a day where the company is."""
        return self._lifecycle_utc(datetime.combine(day, time(hour)))

    def _lifecycle_prior(self, settings):
        """The mean gap of the company's customers as of this morning, so that the whole day sees one and the same.

        :param GapSettings settings: of the rules in force
        :rtype: stages.gap.Prior
        """
        self.ensure_one()
        today = self._lifecycle_today()
        if self.lifecycle_prior_date != today:
            days, count = self._lifecycle_measure_gaps(today)
            self._lifecycle_note(
                lifecycle_prior_days=int(days), lifecycle_prior_count=int(count), lifecycle_prior_date=today
            )
        if self.lifecycle_prior_count < settings.enough:
            return Prior(settings.default, 1)
        return Prior(self.lifecycle_prior_days, self.lifecycle_prior_count)

    def _lifecycle_note(self, **values):
        """Keep figures of the day past ``write``, which would empty the caches of all workers for them."""
        self.ensure_one()
        self.flush_recordset([*values])
        sets = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items())
        self.env.cr.execute(SQL("UPDATE res_company SET %s WHERE id = %s", sets, self.id))
        self.invalidate_recordset([*values])

    @api.model
    def _get_lifecycle_sources(self):
        """What the facts are read from, by model; a hook."""
        return {
            "account.move": ["amount_untaxed_signed", "commercial_partner_id", "invoice_date", "move_type", "state"],
            "crm.lead": ["active", "company_id", "partner_id", "won_status"],
            "lifecycle.feedback": ["answered_on", "company_id", "kind", "partner_id", "score"],
            "rating.rating": ["consumed", "rating", "res_id", "res_model"],
            "res.partner": ["commercial_partner_id"],
            "sale.order": ["amount_untaxed", "currency_rate", "date_order", "delivery_status", "partner_id", "state"],
        }

    def _lifecycle_measure_gaps(self, today):
        """The days between the orders of all customers before today, and through how many."""
        for model, names in self._get_lifecycle_sources().items():
            self.env[model].flush_model(names)
        yesterday = today - timedelta(1)
        purchase = facts.purchases(self.id, self.lifecycle_tz, self.currency_id.decimal_places, None, yesterday)
        [(days, count)] = self.env.execute_query(
            SQL(
                """
                WITH buyer AS (
                    SELECT MAX(day) - MIN(day) AS days, COUNT(DISTINCT day) - 1 AS gaps
                      FROM (%s) purchase
                     WHERE cents > 0 AND partner_id NOT IN (%s)
                  GROUP BY partner_id
                )
                SELECT COALESCE(SUM(days), 0), COALESCE(SUM(gaps), 0) FROM buyer WHERE gaps > 0
                """,
                purchase,
                facts.own_partners(),
            )
        )
        return days, count
