"""Formal notices of a case: which instalments need one, and where it is begun."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dunning_notice import OPEN


class DunningCase(models.Model):
    _inherit = "dunning.case"

    notice_ids = fields.One2many("dunning.notice", "case_id", string="Formal Notices", readonly=True)
    notice_count = fields.Integer(compute="_compute_notice_count")
    can_make_notice = fields.Boolean(compute="_compute_can_make_notice")
    has_new_lines = fields.Boolean(
        compute="_compute_can_make_notice",
        string="Instalments Without Notice",
        help="A formal notice has arrived, but instalments that became overdue later are in none.",
    )

    @api.depends("notice_ids")
    def _compute_notice_count(self):
        for case in self:
            case.notice_count = len(case.notice_ids)

    @api.depends("state", "stage_kind", "notice_ids.state", "line_ids.state", "line_ids.notice_date")
    def _compute_can_make_notice(self):
        for case in self:
            active = case.line_ids.filtered(lambda line: line.state == "active")
            has_covered = any(line.notice_date for line in active)
            case.has_new_lines = has_covered and not all(line.notice_date for line in active)
            is_asked = case.stage_kind == "notice" or case.has_new_lines
            case.can_make_notice = case.state == "open" and is_asked and not case._get_open_notice() and bool(active)

    def _get_open_notice(self):
        """The notice under way in this cycle.

        :rtype: dunning.notice
        """
        return self.notice_ids.filtered(lambda notice: notice.state in OPEN and notice.cycle == self.cycle)

    def _get_notice_lines(self):
        """The instalments for a formal notice: those that are in none that arrived; all where there is no such left."""
        active = self.line_ids.filtered(lambda line: line.state == "active")
        return active.filtered(lambda line: not line.notice_date) or active

    def _get_responsible(self):
        """Who is told of what nobody else would see: who looks after the case or dunning, else a manager.

        :rtype: res.users
        """
        if users := (self.user_id | self.company_id.dunning_user_id).filtered("active"):
            return users[:1]
        managers = self.env.ref("dunning_it.group_dunning_manager").sudo().all_user_ids  # the scan runs as nobody
        theirs = managers.filtered(lambda manager: manager.active and self.company_id in manager.company_ids)
        return theirs[:1] or self.env.user

    # === ACTIONS === #

    def action_make_notice(self):
        """Draw up formal notices, one a case."""
        self.check_access("write")
        cases = self.filtered("can_make_notice")
        if not cases:
            raise UserError(
                self.env._(
                    "None of these cases asks for a formal notice now: it is not the next step, one is under way "
                    "already, or the case is not open."
                )
            )
        notices = self.env["dunning.notice"]
        for case in cases:
            notices |= case._make_notice()
        return notices._get_window()

    def _make_notice(self):
        """Draw up a formal notice with the figures of now.

        :rtype: dunning.notice
        """
        case = self.sudo()  # the case and its notices are the server's to write
        if not case.try_lock_for_update():
            raise UserError(self.env._("Somebody else is working on this case at the moment: try again."))
        case.invalidate_recordset()
        case._resync()
        if not case.can_make_notice:
            raise UserError(
                self.env._("Nothing is left to claim from %(debtor)s by formal notice.", debtor=self.partner_id.name)
            )
        notice = case.env["dunning.notice"].create(case._prepare_notice_vals(self.env.user))
        notice._take_figures(case._get_notice_lines())
        return notice.with_env(self.env)

    def _prepare_notice_vals(self, user):
        """Values of a formal notice: by PEC where both sides have an address, else by registered letter."""
        company = self.company_id
        is_certified = bool(self.partner_id.dunning_pec and company._get_pec_sender())
        stage = self.stage_id if self.stage_kind == "notice" else self.env["dunning.stage"]
        return {
            "case_id": self.id,
            "company_id": company.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.currency_id.id,
            "cycle": self.cycle,
            "stage_id": stage.id,
            "text_id": stage._get_notice_text().id,
            "user_id": (self.user_id or user).id,
            "channel": "pec" if is_certified else "registered",
            "signing": "digital" if is_certified else "ink",
            "signatory": company.dunning_signatory,
            "signatory_role": company.dunning_signatory_role,
            "days_to_pay": company.dunning_days_to_pay,
        }

    def action_open_notices(self):
        """The formal notices of the case."""
        self.ensure_one()
        return self.notice_ids._get_window()


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    notice_date = fields.Date(
        string="Notice Arrived", compute="_compute_notice_date", help="The last formal notice about it that arrived."
    )

    @api.depends("move_line_id.dunning_notice_line_ids.notice_id.arrival_date")
    def _compute_notice_date(self):
        for line in self:
            arrived = line.move_line_id.dunning_notice_line_ids.notice_id.mapped("arrival_date")
            line.notice_date = max(filter(None, arrived), default=False)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dunning_notice_line_ids = fields.One2many(
        "dunning.notice.line", "move_line_id", groups="dunning_it.group_dunning_user"
    )
