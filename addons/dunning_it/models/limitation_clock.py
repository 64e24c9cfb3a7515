"""The limitation clock (prescrizione) of instalments: stored, kept in line by the scan, and warned of in time."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ..law.limitation import EXPIRED, WARN_MONTHS, term, warning
from ..law.table import Missing

ORDINARY = "limitation_ordinary"
WARNINGS = [("12", "Within a year"), ("6", "Within six months"), ("1", "Within a month"), (EXPIRED, "Over")]
RANK = {None: 0, False: 0, **{str(months): place for place, months in enumerate(WARN_MONTHS, 1)}, EXPIRED: 9}
MOST_NAMES = 5  # in a warning


class DunningPolicy(models.Model):
    _inherit = "dunning.policy"

    limitation_code = fields.Selection(
        [
            (ORDINARY, "Ordinary (art. 2946 c.c.)"),
            ("limitation_periodic", "Periodic supplies (art. 2948 n. 4 c.c.)"),
            ("limitation_presumptive_merchant", "Presumptive, a merchant's goods to consumers (art. 2955 c.c.)"),
            ("limitation_presumptive_professional", "Presumptive, professionals (art. 2956 c.c.)"),
        ],
        string="Limitation",
        required=True,
        default=ORDINARY,
        help="How long a claim can be enforced: the years are rows of the law. If in doubt, the shorter one.",
    )


class DunningCase(models.Model):
    _inherit = "dunning.case"

    limitation_date = fields.Date(
        string="Limitation",
        compute="_compute_limitation_date",
        help="When the first of its instalments can't be enforced.",
    )

    @api.depends("line_ids.limitation_date", "line_ids.state")
    def _compute_limitation_date(self):
        for case in self:
            running = case.line_ids.filtered(lambda line: line.state != "closed")
            case.limitation_date = min(filter(None, running.mapped("limitation_date")), default=False)

    @api.model
    def _sync(self, partners):
        # OVERRIDE: limitation follows the due dates and the notices that arrived.
        done = super()._sync(partners)
        lines = self.env["dunning.case.line"].sudo()  # the clock is the server's
        lines._bring_limitation_in_line(partners)
        return done

    def _warn_of_limitation(self, level, lines):
        """An activity for who is responsible, once for each level of warning.

        :param str level: a value of ``limitation_warned``
        :param lines: the instalments that have come to it
        """
        user = self._get_responsible()
        case = self.with_context(lang=user.lang)
        end = min(lines.mapped("limitation_date"))
        names = lines.mapped("display_name")
        documents = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
        values = {"date": format_date(case.env, end), "documents": documents}
        if level == EXPIRED:
            summary = case.env._("Limitation has run out on %(date)s: %(documents)s", **values)
        else:
            summary = case.env._(
                "Limitation runs out on %(date)s: %(documents)s. A formal notice that arrives restarts it.", **values
            )
        case.activity_schedule("mail.mail_activity_data_warning", summary=summary, user_id=user.id)


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    limitation_start = fields.Date(
        string="Runs From",
        readonly=True,
        help="The due date, or the day on which the last formal notice arrived in time.",
    )
    limitation_date = fields.Date(
        string="Limitation",
        readonly=True,
        index="btree_not_null",
        help="The last day to enforce the claim (art. 2934 c.c.).",
    )
    limitation_warned = fields.Selection(WARNINGS, string="Warned Of", readonly=True)
    limitation_level = fields.Selection(WARNINGS, compute="_compute_limitation_level", string="Nearness")
    partner_id = fields.Many2one(related="case_id.partner_id", string="Customer")

    @api.depends("limitation_date")
    @api.depends_context("tz", "uid")
    def _compute_limitation_level(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.limitation_level = _level(line.limitation_date, today)

    def action_open_case(self):
        """The case of the instalment."""
        self.ensure_one()
        return self.case_id._get_form_action()

    @api.model
    def _bring_limitation_in_line(self, partners):
        """Write the terms that are different, and warn of those that are near, in the environment's company."""
        today = fields.Date.context_today(self)
        table = self.env["dunning.legal.value"]._get_table()
        different, near = [], defaultdict(list)
        for row in self._read_limitation(partners):
            line_id, case_id, due, start, end, warned, code, arrivals = row
            running = _get_term(table, code or ORDINARY, due, arrivals)
            if running != (start, end):
                different.append((line_id, *running))
                warned = None
            level = _level(running[1], today)
            if RANK[level or None] > RANK[warned]:
                near[case_id, level].append(line_id)
        self._write_limitation(different)
        for (case_id, level), ids in near.items():
            lines = self.browse(ids)
            lines.limitation_warned = level
            self.env["dunning.case"].browse(case_id)._warn_of_limitation(level, lines)

    @api.model
    def _read_limitation(self, partners):
        """The open instalments of customers with what their limitation follows from, in one query."""
        for model in ("dunning.case.line", "dunning.case", "dunning.policy", "dunning.notice", "dunning.notice.line"):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT line.id, line.case_id, line.due_date, line.limitation_start, line.limitation_date,
                       line.limitation_warned, policy.limitation_code,
                       ARRAY(
                           SELECT notice.arrival_date
                             FROM dunning_notice_line named JOIN dunning_notice notice ON notice.id = named.notice_id
                            WHERE named.move_line_id = line.move_line_id AND notice.arrival_date IS NOT NULL
                       )
                  FROM dunning_case_line line
                  JOIN dunning_case ON dunning_case.id = line.case_id
             LEFT JOIN dunning_policy policy ON policy.id = dunning_case.policy_id
                 WHERE line.state != 'closed' AND dunning_case.company_id = %s AND dunning_case.partner_id = ANY(%s)
                 ORDER BY line.id
                """,
                self.env.company.id,
                partners.ids,
            )
        )

    @api.model
    def _write_limitation(self, rows):
        """:param list rows: case line, first day, last day (None where the law has no row)"""
        if not rows:
            return
        values = SQL(", ").join(SQL("(%s, %s::date, %s::date)", *row) for row in rows)
        self.env.cr.execute(
            SQL(
                """
                UPDATE dunning_case_line line
                   SET limitation_start = term.start, limitation_date = term.stop, limitation_warned = NULL
                  FROM (VALUES %s) AS term (id, start, stop) WHERE line.id = term.id
                """,
                values,
            )
        )
        self.invalidate_model(["limitation_start", "limitation_date", "limitation_warned"])


def _get_term(table, code, due, arrivals):
    """First and last day; the due date alone where the law has no length for it."""
    try:
        found = term(table, code, due, arrivals)
    except Missing:
        return due, None
    return found.start, found.end


def _level(end, today):
    """How near the end is, as a value of ``limitation_level``."""
    found = end and warning(end, today)
    return str(found) if found else False
