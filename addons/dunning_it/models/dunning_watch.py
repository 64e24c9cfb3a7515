"""The company's own watch list: customers to be careful with, and what that means for new orders."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

WARN, PREPAY, BLOCK = "warn", "prepay", "block"
EFFECTS = [
    (WARN, "Warn on a quote"),
    (PREPAY, "Prepayment only"),
    (BLOCK, "Block"),
]
STRICTNESS = [effect for effect, _name in EFFECTS]  # the mildest first
MANAGERS = "dunning_it.group_dunning_manager"


class DunningWatch(models.Model):
    """A customer on the list, by whom, since when and why; once ended it stays as history.

    It is the company's own memory: salespeople are told what to do, customers never see it.
    """

    _name = "dunning.watch"
    _description = "Customer on the Watch List"
    _inherit = ["dunning.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "end_date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    effect = fields.Selection(EFFECTS, required=True, default=WARN, tracking=True)
    reason = fields.Text(required=True, tracking=True)
    start_date = fields.Date(string="Since", required=True, readonly=True, default=fields.Date.context_today)
    review_date = fields.Date(string="Look Again On", tracking=True, help="Somebody is reminded on that day.")
    user_id = fields.Many2one(
        "res.users", string="Put on by", required=True, readonly=True, default=lambda self: self.env.user
    )
    waiver_id = fields.Many2one("dunning.waiver", readonly=True, index="btree_not_null", ondelete="set null")
    end_date = fields.Date(string="Ended On", readonly=True, tracking=True)
    ended_by_id = fields.Many2one("res.users", readonly=True)
    end_reason = fields.Text(string="Why It Ends", tracking=True)

    _one_current = models.UniqueIndex(
        "(partner_id, company_id) WHERE end_date IS NULL", "This customer is on the watch list already."
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "effect")
    def _compute_display_name(self):
        effects = dict(self._fields["effect"]._description_selection(self.env))
        for watch in self:
            watch.display_name = f"{watch.partner_id.name or ''}: {effects.get(watch.effect, '')}"

    # === CHECKS === #

    @api.constrains("start_date", "review_date")
    def _check_dates(self):
        for watch in self:
            if watch.review_date and watch.review_date < watch.start_date:
                raise ValidationError(self.env._("The day to look again is before the first one on the list."))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the list is about customers as a whole; who puts one on it, and when, is the server's to note.
        defaults = {key.removeprefix("default_") for key in self.env.context if key.startswith("default_")}
        if not self.env.su and not self._get_server_fields().isdisjoint(defaults.union(*vals_list)):
            raise AccessError(self.env._("Who puts a customer on the watch list, and when, is not entered by hand."))
        default_id = self.default_get(["partner_id"]).get("partner_id")
        partners = self.env["res.partner"]
        vals_list = [
            {**vals, "partner_id": partners.browse(vals.get("partner_id", default_id)).commercial_partner_id.id}
            for vals in vals_list
        ]
        watches = super().create(vals_list)
        watches._note_changed()
        watches._remind_to_look()
        return watches

    def write(self, vals):
        # OVERRIDE: another effect or end changes whom to trust, another day when to look again; nobody else comes in.
        if not self.env.su and not {"partner_id", "company_id"}.isdisjoint(vals):
            raise AccessError(self._get_guard_words())
        done = super().write(vals)
        if {"effect", "end_date"} & vals.keys():
            self._note_changed()
        if {"review_date", "end_date"} & vals.keys():
            self._remind_to_look()
        return done

    def _is_fixed(self):
        # OVERRIDE: what has ended is history.
        return bool(self.end_date)

    def _get_guard_words(self):
        # OVERRIDE: of the watch list.
        return self.env._("A line of the watch list is ended, and another one is made.")

    def _get_fixed_words(self):
        # OVERRIDE: of the watch list.
        return self.env._("This line of the watch list has ended: it is history.")

    # === ACTIONS === #

    def action_end(self):
        """Take customers off the list; the lines stay as history."""
        self.check_access("write")
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(self.env._("Only a dunning manager takes a customer off the watch list."))
        for watch in self.filtered(lambda watch: not watch.end_date):
            if not (watch.end_reason or "").strip():
                raise UserError(
                    self.env._("Write down why %(customer)s comes off the list.", customer=watch.partner_id.name)
                )
            watch.sudo().write(  # the server's to note
                {"end_date": fields.Date.context_today(self), "ended_by_id": self.env.user.id}
            )

    # === WHO IS ON IT === #

    @api.model
    def _get_current(self, partners, company):
        """The current lines of commercial partners in a company, by partner.

        :return: dict from ``res.partner`` to ``dunning.watch``
        """
        found = self.sudo().search(  # whoever sells to them
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("end_date", "=", False)]
        )
        return {watch.partner_id: watch for watch in found}

    @api.model
    def _merge_watches(self, sources, target):
        """Leave one current line a company among partners that become one: the strictest; the others are ended.

        :param sources: the partners that go
        :param target: the partner that stays
        """
        current = self.search([("partner_id", "in", (sources | target).ids), ("end_date", "=", False)])
        for watches in current.grouped("company_id").values():
            ranked = watches.sorted(lambda watch: (STRICTNESS.index(watch.effect), watch.partner_id == target))
            ranked[:-1].write(
                {
                    "end_date": fields.Date.context_today(self),
                    "ended_by_id": self.env.user.id,
                    "end_reason": self.env._("The customers were merged."),
                }
            )
        self.env.flush_all()

    def _note_changed(self):
        """Keep in step what follows from the list: the degree of trust; a hook for what else does."""
        for company, watches in self.grouped("company_id").items():
            watches.partner_id.with_company(company)._align_dunning_trust()

    def _remind_to_look(self):
        """An activity on the day on which somebody looks again."""
        kind = "dunning_it.mail_activity_type_watch"
        watches = self.sudo()  # reminders are the server's
        watches.activity_unlink([kind])
        for watch in watches.filtered(lambda watch: watch.review_date and not watch.end_date):
            watch.with_context(mail_activity_quick_update=True).activity_schedule(
                kind, date_deadline=watch.review_date, summary=watch.display_name, user_id=watch.user_id.id
            )
