"""The stage as of any moment."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

LOCAL_DAY = SQL("(moved.moment AT TIME ZONE 'UTC' AT TIME ZONE company.lifecycle_tz)::date")


class LifecycleTransition(models.Model):
    _inherit = "lifecycle.transition"

    merged_from = fields.Char(
        readonly=True, help="The contact whose history this was, before he was merged into another."
    )
    as_of_date = fields.Date(
        string="Stage as of",
        store=False,
        search="_search_as_of_date",
        help="For each customer the change by which he was in his stage at the end of that day.",
    )

    @api.model
    def _search_as_of_date(self, operator, value):
        """The last transition of each customer up to the end of a day of his company."""
        if operator != "in" or len(value) != 1:
            return NotImplemented
        (day,) = value
        return self._get_in_force_domain(SQL("%s <= %s", LOCAL_DAY, fields.Date.to_date(day)))

    @api.model
    def _get_in_force_domain(self, until):
        """The last transitions of customers among those of a condition; what was somebody else's is left out.

        :param SQL until: on rows ``moved`` of transitions and ``company`` of their companies
        """
        self.flush_model()
        last = SQL(
            """
            (SELECT DISTINCT ON (moved.partner_id, moved.company_id) moved.id
               FROM lifecycle_transition moved
               JOIN res_company company ON company.id = moved.company_id
              WHERE %s AND moved.merged_from IS NULL
           ORDER BY moved.partner_id, moved.company_id, moved.moment DESC, moved.id DESC)
            """,
            until,
        )
        return Domain("id", "in", last)

    @api.model
    def _stage_at(self, partners, company, moment):
        """The stages that customers were in at a moment, that of the moment itself included.

        :param partners: commercial partners
        :param moment: in UTC
        :return: dict of ``lifecycle.stage`` by partner, an empty one before a customer's first
        """
        until = SQL(
            "moved.moment <= %s AND moved.company_id = %s AND moved.partner_id = ANY(%s)",
            fields.Datetime.to_datetime(moment),
            company.id,
            partners.ids,
        )
        moved = self.search(self._get_in_force_domain(until))
        stages = {transition.partner_id: transition.to_stage_id for transition in moved}
        return {partner: stages.get(partner, self.env["lifecycle.stage"]) for partner in partners}


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    as_of_date = fields.Date(
        string="In a Stage as of",
        store=False,
        search="_search_as_of_date",
        help="Customers who were known on that day, with the stage that they were in at its end.",
    )
    stage_then_id = fields.Many2one(
        "lifecycle.stage",
        string="Stage on That Day",
        compute="_compute_stage_then_id",
        help="The stage on the day that is searched for.",
    )

    @api.model
    def _search_as_of_date(self, operator, value):
        """Those who had a stage at the end of a day."""
        if operator != "in" or len(value) != 1:
            return NotImplemented
        (day,) = value
        in_force = [("as_of_date", "=", day)]
        moved = self.env["lifecycle.transition"]._read_group(in_force, ["company_id"], ["partner_id:array_agg"])
        return Domain.OR(
            Domain("company_id", "=", company.id) & Domain("partner_id", "in", partner_ids)
            for company, partner_ids in moved
        )

    @api.depends("partner_id", "company_id")
    @api.depends_context("lifecycle_as_of")
    def _compute_stage_then_id(self):
        """The day comes with the search, alone or as the list that the search bar makes of it."""
        wanted = self.env.context.get("lifecycle_as_of")
        day = fields.Date.to_date(wanted[-1] if isinstance(wanted, list | tuple) and wanted else wanted or False)
        about = [("as_of_date", "=", day), ("partner_id", "in", self.partner_id.ids)]
        moved = self.env["lifecycle.transition"].search(about) if day else self.env["lifecycle.transition"]
        stages = {(each.partner_id, each.company_id): each.to_stage_id for each in moved}
        for status in self:
            status.stage_then_id = stages.get((status.partner_id, status.company_id), False)
