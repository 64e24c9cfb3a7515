"""Agreements: conditions that were negotiated once with a customer and hold until they end."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..agreements.offers import pairs_that_clash
from ..agreements.period import Period

PROPOSED, ACTIVE, EXPIRED, CLOSED = "proposed", "active", "expired", "closed"
NOTED = {  # by the server alone, and what it notes on a new agreement
    "name": "/",
    "decision": PROPOSED,
    "source_order_id": False,
    "renewed_from_id": False,
    "activated_by_id": False,
    "activated_on": False,
    "end_announced": False,
    "end_reported": False,
}


class QuoteAgreement(models.Model):
    """The conditions that were negotiated with a customer once and hold for his next quotes.

    What is proposed has no effect before a manager activates it. Which of its conditions are in force on a day follows
    from their dates alone; the status is read off them and never stored.
    """

    _name = "quote.agreement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Customer agreement"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, index="trigram", default="/")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        check_company=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        check_company=True,
        tracking=True,
        help="Is told before the agreement ends.",
    )
    date_start = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_end = fields.Date(string="Until", tracking=True, help="The last day. Empty: until further notice.")
    decision = fields.Selection(
        [(PROPOSED, "Proposed"), (ACTIVE, "Activated"), (CLOSED, "Closed")],
        required=True,
        readonly=True,
        default=PROPOSED,
        copy=False,
        index=True,
        tracking=True,
    )
    state = fields.Selection(
        [(PROPOSED, "Proposed"), (ACTIVE, "Active"), (EXPIRED, "Expired"), (CLOSED, "Closed")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )
    activated_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    activated_on = fields.Datetime(readonly=True, copy=False)
    source_order_id = fields.Many2one(
        "sale.order",
        string="From Quote",
        readonly=True,
        copy=False,
        check_company=True,
        ondelete="set null",
        index="btree_not_null",
    )
    renewed_from_id = fields.Many2one(
        "quote.agreement", string="Renews", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    renewal_ids = fields.One2many("quote.agreement", "renewed_from_id", string="Renewed By")
    line_ids = fields.One2many("quote.agreement.line", "agreement_id", string="Conditions", copy=True)
    note = fields.Html()
    overlap_notice = fields.Text(compute="_compute_overlap_notice")
    end_announced = fields.Boolean(readonly=True, copy=False, help="The salesperson was told that the end is near.")
    end_reported = fields.Boolean(readonly=True, copy=False, help="The salesperson was told that it has ended.")

    # === COMPUTES === #

    @api.depends("partner_id")
    def _compute_user_id(self):
        for agreement in self:
            agreement.user_id = agreement.partner_id.user_id or agreement.user_id or self.env.user

    @api.depends("decision", "date_end")
    def _compute_state(self):
        """By today's date: a stored status would be wrong from the next night on."""
        today = fields.Date.context_today(self)
        for agreement in self:
            ended = agreement.decision == ACTIVE and agreement.date_end and agreement.date_end < today
            agreement.state = EXPIRED if ended else agreement.decision

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        ended = Domain("date_end", "<", fields.Date.context_today(self))
        going_on = Domain("date_end", "=", False) | Domain("date_end", ">=", fields.Date.context_today(self))
        states = {
            PROPOSED: Domain("decision", "=", PROPOSED),
            ACTIVE: Domain("decision", "=", ACTIVE) & going_on,
            EXPIRED: Domain("decision", "=", ACTIVE) & ended,
            CLOSED: Domain("decision", "=", CLOSED),
        }
        return Domain.OR(states[state] for state in value if state in states)

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for agreement in self:
            agreement.display_name = f"{agreement.name}, {agreement.partner_id.display_name}"

    @api.depends("decision", "partner_id", "company_id", "date_start", "date_end", "line_ids")
    @api.depends_context("lang")
    def _compute_overlap_notice(self):
        """What stands in the way of a proposal's activation."""
        proposed = self.filtered(lambda agreement: agreement.decision == PROPOSED)
        (self - proposed).overlap_notice = False
        found = proposed._find_clashes({ACTIVE})
        for agreement in proposed:
            pairs = [pair for pair in found if pair[0].agreement_id == agreement]
            agreement.overlap_notice = "\n".join(self._describe_clash(*pair) for pair in pairs) or False

    # === CHECKS === #

    @api.constrains("partner_id")
    def _check_partner(self):
        for agreement in self:
            customer = agreement.partner_id.commercial_partner_id
            if customer != agreement.partner_id:
                raise ValidationError(
                    self.env._(
                        "An agreement is with a whole company: choose %(customer)s, not one of its contacts.",
                        customer=customer.display_name,
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_dates(self):
        if any(agreement.date_end and agreement.date_start > agreement.date_end for agreement in self):
            raise ValidationError(self.env._("The last day can't be before the first one."))

    @api.constrains("partner_id", "company_id", "date_start", "date_end", "decision", "active")
    def _check_overlaps(self):
        """Refuse a second answer to the same question: same customer, goods, quantity and day.

        A proposal may say otherwise than an agreement in force, which has to end before it can be activated.

        :raise ValidationError: names the other agreement
        """
        self._take_turns()
        for first, second in self._find_clashes():
            one, other = first.agreement_id, second.agreement_id
            if one.decision == other.decision:
                raise ValidationError(
                    self._describe_clash(first, second)
                    + " "
                    + self.env._("Change the days, the quantity or the products of one of them, or close the other.")
                )

    def _take_turns(self):
        """Make a concurrent change of the same customers' agreements wait, and then see this one."""
        if self.partner_id:
            self.env.execute_query(
                SQL(
                    "UPDATE res_partner SET write_date = write_date WHERE id IN %s RETURNING id",
                    tuple(sorted(self.partner_id.ids)),
                )
            )

    def _find_clashes(self, decisions=None):
        """Pairs of conditions of these agreements and others that clash with them, found in few queries.

        :param set decisions: on the others (default: the same as on this one)
        """
        mine = self.filtered(lambda agreement: agreement.active and agreement.decision != CLOSED)
        everybody = self.sudo().search(  # another seller's agreement stands in the way too
            Domain("partner_id", "in", mine.partner_id._origin.ids)
            & Domain("company_id", "in", mine.company_id.ids)
            & Domain("decision", "in", [PROPOSED, ACTIVE])
        )
        found = []
        for agreement in mine:
            wanted = decisions or {agreement.decision}
            lines = [(line, line._prepare_offer()) for line in agreement.line_ids]
            places = {line: place for place, line in enumerate(agreement.line_ids)}
            found += [(one, other) for one, other in pairs_that_clash(lines, lines) if places[one] < places[other]]
            for other in everybody - agreement._origin:
                if other.decision in wanted and other.company_id == agreement.company_id:
                    theirs = [(line, line._prepare_offer()) for line in other.line_ids]
                    found += pairs_that_clash(lines, theirs)
        return found

    def _describe_clash(self, first, second):
        other = second.agreement_id
        return self.env._(
            "%(goods)s: the agreement %(other)s with %(customer)s already says %(condition)s %(period)s.",
            goods=first.scope_name,
            other=other.name,
            customer=other.partner_id.display_name,
            condition=second.condition,
            period=second._describe_period(),
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: what the server notes is dropped, and each agreement gets its number.
        foreign = set() if self.env.su else NOTED.keys()
        kept = [{**NOTED, **{name: vals[name] for name in vals if name not in foreign}} for vals in vals_list]
        for vals in kept:
            company = vals.get("company_id") or self.env.company.id
            # Managers number agreements without the right to numbers.
            sequences = self.env["ir.sequence"].sudo().with_company(company)
            vals["name"] = sequences.next_by_code("quote.agreement") or "/"
        return super().create(kept)

    @api.model
    def default_get(self, fields):
        # OVERRIDE: neither a client's context nor a default of his own brings what the server notes.
        noted = {name: value for name, value in NOTED.items() if name in fields}
        return {**super().default_get([name for name in fields if name not in NOTED]), **noted}

    def write(self, vals):
        # OVERRIDE: the server notes decisions; with another last day, its end is to be told anew.
        if not self.env.su and not NOTED.keys().isdisjoint(vals):
            raise AccessError(
                self.env._("Use the buttons of the agreement: its status and where it comes from are noted by them.")
            )
        result = super().write(vals)
        if "date_end" in vals and NOTED.keys().isdisjoint(vals):
            self.sudo().write({"end_announced": False, "end_reported": False})  # noted by the server alone
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(agreement.decision != PROPOSED for agreement in self):
            raise UserError(
                self.env._("An agreement that was activated explains the prices of orders: close it instead.")
            )

    # === RULES === #

    def _get_period(self):
        """The days of the agreement, as a :class:`~..agreements.period.Period`."""
        self.ensure_one()
        return Period(self.date_start or None, self.date_end or None)
