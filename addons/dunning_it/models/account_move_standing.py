"""Where a customer's invoice stands: seen on it and in the list, without opening its case."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..cases.standing import GIVEN_UP, Position, foremost, standing

SEES = "account.group_account_invoice"


class AccountMove(models.Model):
    _inherit = "account.move"

    dunning_standing = fields.Selection(
        [
            ("waived", "Waived"),
            ("lost", "Lost"),
            ("settled", "Settled otherwise"),
            ("legal", "Legal way"),
            ("stopped", "Customer insolvent"),
            ("disputed", "Disputed"),
            ("declared", "Paid, says the customer"),
            ("promised", "Promised"),
            ("delivered", "Formal notice delivered"),
            ("notice", "Formal notice sent"),
            ("called", "Called"),
            ("reminded", "Reminded"),
            ("overdue", "Overdue"),
            ("patience", "Patience"),
            ("not_due", "Not due"),
        ],
        compute="_compute_dunning_standing",
        groups=SEES,
    )
    dunning_standing_text = fields.Char(
        string="Where It Stands", compute="_compute_dunning_standing", groups=SEES, help="Of what is open of it."
    )
    dunning_case_id = fields.Many2one(
        "dunning.case", compute="_compute_dunning_case_id", groups="dunning_it.group_dunning_user"
    )

    # === COMPUTE METHODS === #

    @api.depends("state", "line_ids.amount_residual", "line_ids.date_maturity")
    @api.depends_context("lang", "tz", "uid")
    def _compute_dunning_standing(self):
        today = fields.Date.context_today(self)
        positions = self._get_dunning_positions(today)
        for move in self:
            found = foremost(standing(position, today) for position in positions.get(move._origin.id, ()))
            move.dunning_standing = found and found[0]
            move.dunning_standing_text = found and self._describe_standing(*found)

    @api.depends_context("uid")
    def _compute_dunning_case_id(self):
        """The open case, for who may see it."""
        lines = self.env["dunning.case.line"].search(
            [("move_line_id.move_id", "in", self._origin.ids), ("state", "!=", "closed")]
        )
        cases = {line.move_id: line.case_id for line in lines}
        for move in self:
            move.dunning_case_id = cases.get(move._origin)

    def _describe_standing(self, code, day):
        """In words, for a person who has the invoice before him."""
        words = {
            "promised": self.env._("Promised for %(date)s"),
            "delivered": self.env._("Formal notice delivered on %(date)s"),
            "notice": self.env._("Formal notice sent on %(date)s"),
            "called": self.env._("Called on %(date)s"),
            "reminded": self.env._("Reminded on %(date)s"),
            "overdue": self.env._("Overdue since %(date)s"),
            "patience": self.env._("Patience until %(date)s"),
            "not_due": self.env._("Due on %(date)s"),
        }
        if code not in words:
            return dict(self._fields["dunning_standing"]._description_selection(self.env))[code]
        return words[code] % {"date": format_date(self.env, day)}

    # === ACTIONS === #

    def action_open_dunning_case(self):
        """The case that the invoice is in."""
        self.ensure_one()
        self.check_access("read")
        return self.dunning_case_id._get_form_action()

    # === FACTS === #

    def _get_dunning_positions(self, today):
        """What is known of the instalments that are open or were given up, in a few queries for a whole list.

        :return: dict from the id of an invoice to a list of :class:`..cases.standing.Position`
        """
        moves = self._origin.filtered(lambda move: move.is_sale_document() and move.move_type != "out_refund")
        if not moves:
            return {}
        rows = moves._read_dunning_items()
        items = [row[1] for row in rows]
        cases = self.env["dunning.case"].sudo().browse({row[4] for row in rows if row[4]})  # what is done is shown
        promised = cases._get_promised_items()
        steps = cases._get_step_items()
        notices = cases.env["dunning.notice.line"]._get_sent_notices(items)
        positions = defaultdict(list)
        for move_id, item_id, due, given_up, case_id, case_state, line_state, action in rows:
            positions[move_id].append(
                Position(
                    due=due,
                    action=action,
                    line_state=line_state,
                    case_state=case_state,
                    given_up=given_up,
                    promised=promised.get((case_id, item_id)),
                    notice=notices.get(item_id) if case_id else None,
                    step=steps.get((case_id, item_id)),
                )
            )
        return positions

    def _read_dunning_items(self):
        """Move, journal item, due date, why it was given up, and of its open case: id, state, line's state and date."""
        for model in ("account.move.line", "dunning.case", "dunning.case.line"):
            self.env[model].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT item.move_id, item.id, COALESCE(item.date_maturity, item.date), gone.close_reason,
                       pursued.id, pursued.state, line.state, line.action_date
                  FROM account_move_line item
                  JOIN account_account account ON account.id = item.account_id
                  LEFT JOIN dunning_case_line line ON line.move_line_id = item.id AND line.state != 'closed'
                  LEFT JOIN dunning_case pursued ON pursued.id = line.case_id
                  LEFT JOIN LATERAL (
                      SELECT ended.close_reason
                        FROM dunning_case_line past JOIN dunning_case ended ON ended.id = past.case_id
                       WHERE past.move_line_id = item.id AND ended.close_reason IN %(given_up)s
                       LIMIT 1
                  ) gone ON TRUE
                 WHERE item.move_id = ANY(%(moves)s) AND account.account_type = 'asset_receivable'
                   AND item.parent_state = 'posted'
                   AND (item.amount_residual_currency > 0 OR gone.close_reason IS NOT NULL)
                """,
                moves=self.ids,
                given_up=GIVEN_UP,
            )
        )
