from decimal import Decimal

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..law.codes import CODES
from ..law.table import Row, Table
from .dunning_legal_value_names import CODE_NAMES

TO_CONFIRM, CONFIRMED = "to_confirm", "confirmed"
FACTS = ("code", "amount", "date_from", "date_to", "up_to")


class DunningLegalValue(models.Model):
    """A value the law sets, with the days it holds on, its source, and whether anybody answers for it.

    The same for all companies. What depends on the law asks :meth:`_get_table`; nothing legal is a constant in code,
    and what is not confirmed is named wherever an answer depends on it.
    """

    _name = "dunning.legal.value"
    _description = "Value set by law"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "code, date_from desc, up_to, id"

    code = fields.Selection(CODE_NAMES, "Value", required=True, index=True, tracking=True)
    unit = fields.Selection(
        [
            ("percent", "%"),
            ("points", "points"),
            ("euro", "EUR"),
            ("days", "days"),
            ("months", "months"),
            ("years", "years"),
            ("rule", "rule: 1 or 0"),
        ],
        compute="_compute_unit",
    )
    amount = fields.Float(digits=(16, 4), tracking=True, help="For a rule: 1 where it holds, 0 where it does not.")
    up_to = fields.Float(
        "Claims up to (EUR)",
        digits=(16, 2),
        tracking=True,
        help="For values with brackets by the amount of the claim. Zero: claims above all other brackets.",
    )
    date_from = fields.Date("From", required=True, tracking=True)
    date_to = fields.Date("To", tracking=True, help="The last day. Empty while the value is in force.")
    source = fields.Char(help="The act, article or notice it is written in.")
    note = fields.Text()
    state = fields.Selection(
        [(TO_CONFIRM, "To confirm"), (CONFIRMED, "Confirmed")],
        "Status",
        required=True,
        default=TO_CONFIRM,
        copy=False,
        tracking=True,
        help="What is to confirm counts like the rest, but every answer that depends on it says so.",
    )
    confirmed_by_id = fields.Many2one(
        "res.users",
        "Confirmed by",
        readonly=True,
        copy=False,
        help="Empty for a value that came with the app, read in a public source.",
    )
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    reminded_on = fields.Date(readonly=True, copy=False)

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 OR code = 'ecb_reference')",
        "Only the reference rate of the European Central Bank can be negative.",
    )
    _up_to_not_negative = models.Constraint(
        "CHECK (up_to >= 0)",
        "A bracket goes up to an amount above zero; zero is for the claims above all other brackets.",
    )

    # === COMPUTE METHODS === #

    @api.depends("code")
    def _compute_unit(self):
        for value in self:
            value.unit = CODES[value.code].unit if value.code in CODES else False

    @api.depends("code", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for value in self:
            day = value.date_from and format_date(self.env, value.date_from)
            value.display_name = ", ".join(filter(None, [value._get_name_of_code(value.code), day]))

    # === CHECKS === #

    @api.constrains("code", "amount", "date_from", "date_to", "up_to")
    def _check_facts(self):
        """Days in the right order, a rate for exactly its half-year or year, brackets where they belong, no overlap."""
        rivals = self.sudo().search([("code", "in", self.mapped("code"))])  # rows the user can't see count too
        for problem in rivals._make_table().problems():
            rows = self.browse(row.key for row in problem.rows)
            if problem.kind != "gap" and rows & self:
                raise ValidationError(self._get_problem_message(problem))

    @api.model
    def _get_problem_message(self, problem):
        """A :class:`law.table.Problem` in a whole sentence."""
        values = {
            "value": self._get_name_of_code(problem.code),
            "start": format_date(self.env, problem.start),
            "end": format_date(self.env, problem.end) if problem.end else self.env._("no end"),
        }
        messages = {
            "gap": self.env._("%(value)s: no value holds from %(start)s to %(end)s. Enter it.", **values),
            "overlap": self.env._(
                "%(value)s: two values hold on %(start)s. End the earlier one the day before, or change the later one.",
                **values,
            ),
            "reversed": self.env._(
                "%(value)s: the last day, %(end)s, is before the first one, %(start)s. Correct one of them.", **values
            ),
            "half_year": self.env._(
                "%(value)s: a rate holds for one half-year, not from %(start)s to %(end)s. Enter 1 January to 30 June, "
                "or 1 July to 31 December.",
                **values,
            ),
            "year": self.env._(
                "%(value)s: a rate holds for one year, not from %(start)s to %(end)s. Enter 1 January to 31 December.",
                **values,
            ),
            "bracket": self.env._(
                "%(value)s does not depend on the amount of the claim: leave “Claims up to” at zero.", **values
            ),
        }
        return messages[problem.kind]

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: who confirmed, and when, is the server's to note; the table in the cache is out of date
        values = super().create([self._with_notes(vals) for vals in vals_list])
        self.env.registry.clear_cache()
        return values

    def write(self, vals):
        # OVERRIDE: the same, and a value that changes is no longer the one that was confirmed
        vals = self._with_notes(vals)
        if "state" not in vals:
            confirmed = self.filtered(lambda value: value.state == CONFIRMED and value._is_changed_by(vals))
            if confirmed:
                confirmed.state = TO_CONFIRM
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        # OVERRIDE: the table in the cache is out of date
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _load_records(self, data_list, update=False):
        # OVERRIDE: a new version, or a file, may bring what a user entered first: that row then gets its external id
        for data in data_list:
            if data.get("xml_id") and not self.env.ref(data["xml_id"], raise_if_not_found=False):
                self._adopt(data)
        return super()._load_records(data_list, update=update)

    def _adopt(self, data):
        """Give the external id of a row to be loaded to the row that is already there for its code, day and bracket."""
        values = data["values"]
        same = [(name, "=", values.get(name)) for name in ("code", "date_from")]
        value = self.search([*same, ("up_to", "=", values.get("up_to") or 0)], limit=1)
        if value:
            identifiers = self.env["ir.model.data"].sudo()  # as core does where it loads records
            identifiers._update_xmlids([{"xml_id": data["xml_id"], "record": value, "noupdate": True}])

    def _with_notes(self, vals):
        """Values to write, with who confirms and when as the server knows it; the app itself confirms in no name."""
        vals = {name: value for name, value in vals.items() if name not in ("confirmed_by_id", "confirmed_on")}
        if vals.get("state") == CONFIRMED:
            self._check_may_confirm()
            user = self.env.uid if self.env.uid != SUPERUSER_ID else False
            vals.update(confirmed_by_id=user, confirmed_on=user and fields.Datetime.now())
        elif "state" in vals:
            vals.update(confirmed_by_id=False, confirmed_on=False)
        return vals

    def _is_changed_by(self, vals):
        """Whether values to write change what the row says, not only how it is described."""
        self.ensure_one()
        facts = {name: self._fields[name] for name in FACTS if name in vals}
        return any(
            field.convert_to_cache(vals[name], self) != field.convert_to_cache(self[name], self)
            for name, field in facts.items()
        )

    # === ACTIONS === #

    def action_confirm(self):
        """Answer for the values, by name and date; for managers."""
        self.filtered(lambda value: value.state != CONFIRMED).write({"state": CONFIRMED})

    def _check_may_confirm(self):
        if not self.env.su and not self.env.user.has_group("dunning_it.group_dunning_manager"):
            raise AccessError(self.env._("Only a dunning manager confirms what the law says. Ask one to check it."))

    # === THE TABLE === #

    @api.model
    @tools.ormcache()
    def _get_table(self):
        """All values as a :class:`law.table.Table`, remembered until one changes."""
        return self.sudo().search(Domain.TRUE)._make_table()  # the law is the same for whoever asks what rests on it

    def _make_table(self):
        return Table(value._prepare_row() for value in self)

    def _prepare_row(self):
        self.ensure_one()
        return Row(
            code=self.code,
            amount=_decimal(self.amount),
            since=self.date_from,
            until=self.date_to or None,
            up_to=_decimal(self.up_to) if self.up_to else None,
            confirmed=self.state == CONFIRMED,
            source=self.source or "",
            key=self.id,
        )

    @api.model
    def _get_name_of_code(self, code):
        """What a code is called, in the user's language."""
        return dict(self._fields["code"]._description_selection(self.env)).get(code, code)


def _decimal(amount):
    """A stored amount as the decimal number it is written as.

    >>> _decimal(516.46), _decimal(10000.0), _decimal(0.05)
    (Decimal('516.46'), Decimal('10000'), Decimal('0.05'))
    """
    return Decimal(f"{amount:.12g}")
