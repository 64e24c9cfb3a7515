"""The call list, and what follows from a call."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import email_normalize

from ..patience.contacts import CALL
from .dunning_call import NOT_REACHED


class DunningCase(models.Model):
    _inherit = "dunning.case"

    call_ids = fields.One2many("dunning.call", "case_id", readonly=True)
    attempt_date = fields.Date(string="Call Again On", readonly=True, help="The next step is not taken before.")
    phone = fields.Char(compute="_compute_phone")
    closing_day = fields.Integer(compute="_compute_phone", string="Pays on Day")
    call_script = fields.Html(related="stage_id.call_script")
    last_call_summary = fields.Char(string="Said Last Time", compute="_compute_last_call_summary")

    # === COMPUTE METHODS === #

    @api.depends("contact_id", "partner_id", "company_id")
    def _compute_phone(self):
        for case in self:
            case.phone = case.contact_id.phone or case.partner_id.phone
            case.closing_day = case.partner_id.with_company(case.company_id).dunning_closing_day

    @api.depends("call_ids")
    def _compute_last_call_summary(self):
        """The last call with the customer, be it in an earlier case."""
        Call = self.env["dunning.call"]
        groups = Call._read_group([("partner_id", "in", self.partner_id.ids)], ["partner_id", "company_id"], ["id:max"])
        newest = {(partner, company): Call.browse(call_id) for partner, company, call_id in groups}
        for case in self:
            case.last_call_summary = newest.get((case.partner_id, case.company_id), Call).summary

    # === ACTIONS === #

    def action_call(self):
        """The form to call with: what to say, what is open, what was said, and the outcomes to choose from."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "stopped":
            raise UserError(self.env._("The customer is insolvent: no contact, file the claim instead."))
        wizard = self.env["dunning.call.wizard"].create({"case_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call: %(customer)s", customer=self.partner_id.display_name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("dunning_it.dunning_case_view_form").id, "form")],
        }

    # === CALL === #

    def _log_call(self, outcome, **values):
        """Note a call, and take the step that follows from it.

        A call that reached the customer completes a stage that is a call, but for one that is to be made again on a
        day. One that did not is tried again on the next day on which he may be called, until the stage has had its
        attempts.

        :param str outcome: a value of ``dunning.call.outcome``
        :param values: more fields of ``dunning.call``
        :return: the ``dunning.call``
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("This case is being worked on by somebody else: try again in a moment."))
        self._resync()
        if self.state not in ("open", "paused", "legal"):
            raise UserError(self.env._("This case is stopped or closed: there is nothing to call about."))
        call = self.env["dunning.call"].create({**self._prepare_call_vals(outcome), **values})
        if outcome in NOT_REACHED:
            self._plan_attempt(call)
        elif outcome != "call_back":
            self._complete_call(call)
        elif call.next_date:
            self._postpone_to(call.next_date)
        return call

    def _prepare_call_vals(self, outcome):
        return {
            "case_id": self.id,
            "stage_id": self.stage_id.id if self.stage_kind == "call" else False,
            "cycle": self.cycle,
            "outcome": outcome,
            "contact_id": self.contact_id.id,
            "phone": self.phone,
            "amount_net": self.amount_net,
        }

    def _plan_attempt(self, call):
        """Nobody was reached: the call is made again, or counts as done after so many attempts."""
        stage = call.stage_id
        if not stage:
            return
        tried = self.call_ids.filtered(
            lambda other: other.stage_id == stage and other.cycle == self.cycle and not other.is_reached
        )
        if len(tried) >= stage.call_attempts:
            self._complete_call(call, self.env._("Nobody was reached in %(count)s attempts.", count=len(tried)))
        else:
            self._postpone_to(self._get_call_day(call.date))

    def _get_call_day(self, moment):
        """The first day after a moment on which the customer may be called."""
        tomorrow = fields.Datetime.add(fields.Datetime.start_of(moment, "day"), days=1)
        return self._may_contact(CALL, fields.Datetime.add(tomorrow, hours=10)).moment.date()

    def _postpone_to(self, day):
        self.attempt_date = day
        self._resync()

    def _complete_call(self, call, remark=False):
        """The step is taken: the next one follows, its days counted from this call."""
        stage = call.stage_id
        if not stage or self._has_step(stage):
            return
        self.env["dunning.step"].create(
            {
                **self._prepare_step_vals(stage, call.user_id),
                "state": "done",
                "done_on": call.date,
                "email": False,
                "remark": remark,
            }
        )
        self._complete_stage(stage, fields.Date.context_today(self, call.date))

    def _complete_stage(self, stage, date):
        # OVERRIDE: the attempts of a call end with its stage.
        self.filtered(lambda case: case.stage_id == stage and case.attempt_date).attempt_date = False
        return super()._complete_stage(stage, date)

    def _get_next_attempt(self, day):
        # OVERRIDE: a call is made again on the day that was said.
        day = super()._get_next_attempt(day)
        return max(day, self.attempt_date) if day and self.attempt_date else day

    # === COPY === #

    def _send_copies(self, email=None):
        """Put a mail with the invoices into the mail queue.

        :param str email: where to, if not to who pays
        """
        self.ensure_one()
        address = email_normalize(email or "") or self._get_email()
        if not address:
            raise UserError(self.env._("There is no valid e-mail address to send the copies to: ask for one."))
        names = [{"name": name, "raw": raw} for name, raw in self._get_invoice_files(has_all=True)]
        template = self.env.ref("dunning_it.mail_template_copy")
        template.send_mail(
            self.id,
            email_values={
                "email_to": address,
                "attachment_ids": self.env["ir.attachment"].create(names).ids,
            },
        )
