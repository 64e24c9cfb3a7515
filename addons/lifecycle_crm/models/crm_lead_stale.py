"""Leads on which nothing happens any more."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, format_date

from ..sql import leads

_logger = logging.getLogger(__name__)

SOURCES = {
    "crm.lead": ["active", "company_id", "date_last_stage_update", "lifecycle_stale_on", "user_id", "won_status"],
    "lifecycle.conversation": ["lead_id", "moment"],
    "mail.activity": ["active", "res_id", "res_model"],
    "mail.message": ["date", "message_type", "model", "res_id", "subtype_id"],
    "res.company": ["lifecycle_stale_days"],
    "sale.order": ["opportunity_id"],
}


class CrmLead(models.Model):
    _inherit = "crm.lead"

    lifecycle_stale_on = fields.Date(
        string="Reminded of Silence on", readonly=True, copy=False, index="btree_not_null", help="Once a silence."
    )
    lifecycle_is_stale = fields.Boolean(
        string="Stale", compute="_compute_lifecycle_stale", search="_search_lifecycle_is_stale"
    )
    lifecycle_stale_words = fields.Char(string="Why Stale", compute="_compute_lifecycle_stale")

    @api.depends("active", "company_id", "date_last_stage_update", "message_ids", "activity_ids", "won_status")
    @api.depends_context("lang")
    def _compute_lifecycle_stale(self):
        found = {lead: (moment, what) for lead, _user, moment, what in self._lifecycle_find_stale(self.ids or [0])}
        for lead in self:
            moment, what = found.get(lead._origin.id, (None, None))
            lead.lifecycle_is_stale = bool(moment)
            lead.lifecycle_stale_words = moment and lead._lifecycle_get_stale_words(moment, what)

    def _search_lifecycle_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        stale = Domain("id", "in", [lead for lead, *_rest in self._lifecycle_find_stale()])
        wanted = {bool(each) for each in value}
        return Domain.OR([stale if each else ~stale for each in wanted])

    def _lifecycle_get_stale_words(self, moment, what):
        """Why a lead counts as stale, with the numbers."""
        company = (self.company_id or self.env.company).sudo()  # its settings are read
        day = company._lifecycle_day(moment)
        event = {
            "create": self.env._("it came in"),
            "stage": self.env._("it changed its stage"),
            "message": self.env._("a message was written"),
            "talk": self.env._("somebody talked to it"),
            "quote": self.env._("a quote was made"),
        }[what]
        return self.env._(
            "Nothing has happened for %(days)s days, since %(event)s on %(day)s, and no next step is planned.",
            days=(company._lifecycle_today() - day).days,
            event=event,
            day=format_date(self.env, day),
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: whether somebody has been reminded is the server's to say.
        self._check_lifecycle_stale_on(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: as in create.
        self._check_lifecycle_stale_on(vals)
        return super().write(vals)

    @api.model
    def _check_lifecycle_stale_on(self, *vals_list):
        if not self.env.su and any("lifecycle_stale_on" in vals for vals in vals_list):
            raise AccessError(self.env._("Salespeople are reminded of silent leads by the server, not by hand."))

    # === FIND === #

    @api.model
    def _lifecycle_find_stale(self, ids=None):
        """Open leads without a next step, on which nothing has happened for the days of their company.

        :param ids: only among these; None: all of them
        :return: list of tuples of lead id, salesperson's id, moment and kind of what happened last; the oldest first
        """
        for model, names in SOURCES.items():
            self.env[model].flush_model(names)
        among = SQL() if ids is None else SQL("AND lead.id IN %s", tuple(ids))
        return self.env.execute_query(
            SQL(
                """
                SELECT lead.id, lead.user_id, move.moment, move.what
                  FROM (%(moves)s) move
                  JOIN crm_lead lead ON lead.id = move.lead_id
                  JOIN res_company company ON company.id = COALESCE(lead.company_id, %(company)s)
                 WHERE company.lifecycle_stale_days > 0
                   AND move.moment < %(now)s::timestamp - company.lifecycle_stale_days * interval '1 day'
              ORDER BY move.moment, lead.id
                """,
                moves=leads.last_moves(self._get_lifecycle_open_condition(among), self._get_lifecycle_done_subtype()),
                company=self.env.company.id,
                now=fields.Datetime.now(),
            )
        )

    @api.model
    def _get_lifecycle_open_condition(self, among):
        """Which leads can be stale at all: a hook."""
        return SQL(
            """
            lead.active AND lead.won_status = 'pending' %s
            AND NOT EXISTS (SELECT FROM mail_activity task
                             WHERE task.res_model = 'crm.lead' AND task.res_id = lead.id AND task.active)
            """,
            among,
        )

    @api.model
    def _get_lifecycle_done_subtype(self):
        return self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_activities")

    # === REMIND === #

    @api.model
    def _cron_lifecycle_stale(self):
        """Give each salesperson the leads that have been silent longest, so many a day, each once a silence."""
        progress = self.env["ir.cron"]._commit_progress
        for company in self.env["res.company"].search([("lifecycle_stale_days", ">", 0)]):
            for lead, words in self.with_company(company)._lifecycle_pick_stale(company):
                if lead.try_lock_for_update():
                    lead._lifecycle_remind_of_silence(words, company)
                if not progress(1):
                    return

    @api.model
    def _lifecycle_pick_stale(self, company):
        """Today's leads of a company, within the quota of each salesperson.

        :return: list of pairs of a lead and the reason in the salesperson's language
        """
        found = {lead: (moment, what) for lead, user, moment, what in self._lifecycle_find_stale() if user}
        today = company._lifecycle_today()
        here = [("company_id", "in", [False, company.id]), ("user_id.active", "=", True)]
        given = dict(self._read_group([*here, ("lifecycle_stale_on", "=", today)], ["user_id"], ["__count"]))
        waiting = self.browse(found).filtered_domain([*here, ("user_id.company_ids", "in", company.ids)])
        picked = []
        for lead in waiting:
            moment, what = found[lead.id]
            if lead.lifecycle_stale_on and company._lifecycle_day(moment) <= lead.lifecycle_stale_on:
                continue  # reminded of this silence already
            user = lead.user_id
            if company.lifecycle_stale_quota and given.get(user, 0) >= company.lifecycle_stale_quota:
                continue
            given[user] = given.get(user, 0) + 1
            picked.append((lead, lead.with_context(lang=user.lang)._lifecycle_get_stale_words(moment, what)))
        return picked

    def _lifecycle_remind_of_silence(self, words, company):
        """A task for the salesperson; one that can't be given is told to the log, and holds up no other."""
        self.lifecycle_stale_on = company._lifecycle_today()
        try:
            with self.env.cr.savepoint():
                self._lifecycle_remind(self.user_id, words, company)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
            raise
        except Exception:  # whatever another addon raises about one lead is no reason to forget the others
            _logger.exception("The salesperson of lead %s could not be reminded of it", self.id)


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_stale_days = fields.Integer(
        string="Days until a Lead Is Stale",
        default=14,
        help="Without anything happening or planned. 0: never.",
        groups="base.group_user",
    )
    lifecycle_stale_quota = fields.Integer(
        string="Stale Leads a Day",
        default=5,
        help="Of which a salesperson is reminded; 0: of all.",
        groups="base.group_user",
    )

    _lifecycle_stale_numbers = models.Constraint(
        "CHECK(lifecycle_stale_days >= 0 AND lifecycle_stale_quota >= 0)", "Days and leads are 0 or more."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    lifecycle_stale_days = fields.Integer(related="company_id.lifecycle_stale_days", readonly=False)
    lifecycle_stale_quota = fields.Integer(related="company_id.lifecycle_stale_quota", readonly=False)
