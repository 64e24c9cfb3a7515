"""A customer's form: how he pays, what is open, who spoke with him last and what comes next."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

SEES = "account.group_account_invoice"


class ResPartner(models.Model):
    _inherit = "res.partner"

    dunning_sentence = fields.Char(string="How They Pay", compute="_compute_dunning_behaviour", groups=SEES)
    dunning_payment_count = fields.Integer(
        string="Paid Instalments", compute="_compute_dunning_behaviour", groups=SEES, help="Of the last three years."
    )
    dunning_median_days = fields.Float(
        string="Days Late",
        compute="_compute_dunning_behaviour",
        groups=SEES,
        help="The median against the terms: half of the payments came later. Below zero: before the due date.",
    )
    dunning_on_time_share = fields.Float(
        string="Paid on Time", compute="_compute_dunning_behaviour", groups=SEES, help="Of what has fallen due."
    )
    dunning_recent_days = fields.Char(string="Last 12 Months", compute="_compute_dunning_behaviour", groups=SEES)
    dunning_earlier_days = fields.Char(string="Before", compute="_compute_dunning_behaviour", groups=SEES)
    dunning_worst_days = fields.Integer(string="Latest Payment", compute="_compute_dunning_behaviour", groups=SEES)
    dunning_open_amount = fields.Monetary(
        string="Open Now",
        compute="_compute_dunning_behaviour",
        groups=SEES,
        help="Less credit notes and payments not allocated yet.",
    )
    dunning_overdue_amount = fields.Monetary(string="Overdue Now", compute="_compute_dunning_behaviour", groups=SEES)
    dunning_last_contact = fields.Char(string="Last Contact", compute="_compute_dunning_course", groups=SEES)
    dunning_next_step = fields.Char(string="Next Step", compute="_compute_dunning_course", groups=SEES)

    # === COMPUTE METHODS === #

    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_dunning_behaviour(self):
        found = self._origin._get_dunning_behaviour()
        for partner in self:
            paying = found.get(partner._origin)
            partner.dunning_sentence = paying and paying.sentence
            partner.dunning_payment_count = paying and paying.count
            partner.dunning_median_days = paying and paying.median_days_late
            partner.dunning_on_time_share = paying and paying.on_time_share
            partner.dunning_recent_days = paying and partner._format_days_late(paying.recent_median)
            partner.dunning_earlier_days = paying and partner._format_days_late(paying.earlier_median)
            partner.dunning_worst_days = paying and paying.worst
            partner.dunning_open_amount = paying and paying.amount_open
            partner.dunning_overdue_amount = paying and paying.amount_overdue

    def _format_days_late(self, days):
        """A median in words, nothing where nothing was paid."""
        return days is not None and self.env._("%(days)s days late", days=round(days))

    @api.depends_context("company", "lang", "tz", "uid")
    def _compute_dunning_course(self):
        contacts = self._origin.commercial_partner_id._get_last_contacts()
        steps = self._origin.commercial_partner_id._get_next_steps()
        for partner in self:
            entity = partner._origin.commercial_partner_id
            partner.dunning_last_contact = contacts.get(entity, False)
            partner.dunning_next_step = steps.get(entity, False)

    def _get_last_contacts(self):
        """The last call, reminder or formal notice in words, by customer, in the environment's company."""
        own = Domain("partner_id", "in", self.ids) & Domain("company_id", "=", self.env.company.id)
        sent = Domain("state", "=", "done") & Domain("kind", "=", "mail")
        called, reminded = self.env._("Called on %(date)s"), self.env._("Reminded on %(date)s")
        noticed = self.env._("Formal notice sent on %(date)s")
        kinds = [
            ("dunning.call", own, "date", called),
            ("dunning.step", own & sent, "done_on", reminded),
            ("dunning.notice", own, "sent_date", noticed),
        ]
        newest = {}
        for model, domain, name, words in kinds:
            Model = self.env[model].sudo()  # the day is shown
            for partner, last in Model._read_group(domain & Domain(name, "!=", False), ["partner_id"], [f"{name}:max"]):
                day = fields.Date.context_today(self, last) if name != "sent_date" else last
                newest.setdefault(self.browse(partner.id), []).append((day, words))
        return {
            partner: words % {"date": format_date(self.env, day)}
            for partner, found in newest.items()
            for day, words in [max(found)]
        }

    def _get_next_steps(self):
        """What comes next in the open cases of customers in words, in the environment's company."""
        cases = (
            self.env["dunning.case"]
            .sudo()  # the step is shown
            .search(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                    ("state", "!=", "closed"),
                ],
                order="action_date, id",
            )
        )
        steps = {}
        for case in cases:
            steps.setdefault(self.browse(case.partner_id.id), case._describe_next())
        return steps

    # === ACTIONS === #

    def action_open_dunning_items(self):
        """What is open of the customer."""
        self.ensure_one()
        self.check_access("read")
        self.env["account.move.line"].check_access("read")
        entity = self.commercial_partner_id
        domain = self.env["account.move.line"]._get_dunning_domain(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Items of %(customer)s", customer=entity.display_name),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": list(domain & Domain("partner_id.commercial_partner_id", "=", entity.id)),
            "context": {"create": False},
        }


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _describe_next(self):
        """The next step and its day, or why none is taken."""
        self.ensure_one()
        if self.state == "open" and self.stage_id and self.action_date:
            return self.env._(
                "%(step)s on %(date)s", step=self.stage_id.name, date=format_date(self.env, self.action_date)
            )
        if self.state == "paused" and self.paused_until:
            return self.env._("Paused until %(date)s", date=format_date(self.env, self.paused_until))
        name = "hold_reason" if self.state == "open" and self.hold_reason else "state"
        return dict(self._fields[name]._description_selection(self.env))[self[name]]
