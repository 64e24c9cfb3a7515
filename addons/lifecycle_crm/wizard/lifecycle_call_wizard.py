"""The form that one calls with."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..gate.verdict import GO
from ..models.lifecycle_call import CHANNELS
from ..models.lifecycle_gate_request import GateRequest

SHOWN = 5
USER = "lifecycle_crm.group_lifecycle_user"


class LifecycleCallWizard(models.TransientModel):
    """A call as it is made: who, why and what to say on one side, the outcomes on the other."""

    _name = "lifecycle.call.wizard"
    _description = "Call a Customer"
    _inherit = ["lifecycle.form"]

    touch_id = fields.Many2one("lifecycle.touch", readonly=True, ondelete="cascade")
    status_id = fields.Many2one("lifecycle.status", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="status_id.company_id")
    partner_id = fields.Many2one(related="status_id.partner_id", related_sudo=False)
    stage_id = fields.Many2one(related="status_id.stage_id", related_sudo=False)
    satisfaction = fields.Float(related="status_id.satisfaction", related_sudo=False)
    play_id = fields.Many2one(related="touch_id.play_id", related_sudo=False)
    script = fields.Html(related="touch_id.step_id.script", related_sudo=False)
    reason = fields.Char(compute="_compute_reason")
    contact_id = fields.Many2one(
        "res.partner", string="Person", compute="_compute_contact_id", store=True, compute_sudo=False, readonly=False
    )
    phone = fields.Char(compute="_compute_phone")
    is_allowed = fields.Boolean(compute="_compute_verdict")
    verdict_words = fields.Text(string="Not now", compute="_compute_verdict")
    consent_words = fields.Text(string="Consents", compute="_compute_consent_words")
    order_ids = fields.Many2many("sale.order", string="Last Orders", compute="_compute_history")
    call_ids = fields.Many2many("lifecycle.call", string="Last Calls", compute="_compute_history")
    past_touch_ids = fields.Many2many("lifecycle.touch", string="Last Contacts", compute="_compute_history")
    channel = fields.Selection(CHANNELS, required=True, default="call")
    note = fields.Text()
    back_date = fields.Date(string="Call Again on")
    lost_reason_id = fields.Many2one("crm.lost.reason", string="Why Not")
    competitor_id = fields.Many2one(
        "lifecycle.competitor", string="Buys from", domain="[('company_id', '=', company_id)]"
    )

    # === COMPUTE METHODS === #

    @api.depends("status_id", "touch_id")
    def _compute_reason(self):
        for wizard in self:
            status = wizard.status_id
            wizard.reason = status.reason_text if wizard.play_id else status._get_promise_words()

    @api.depends("touch_id")
    def _compute_contact_id(self):
        for wizard in self:
            wizard.contact_id = wizard.touch_id.contact_id or wizard.partner_id

    @api.depends("contact_id")
    def _compute_phone(self):
        for wizard in self:
            wizard.phone = wizard.contact_id.phone or wizard.partner_id.phone

    @api.depends("touch_id", "contact_id", "channel")
    def _compute_verdict(self):
        """What the gate says now. Whoever calls us himself is free to."""
        for wizard in self:
            verdict = wizard._ask_gate()
            wizard.is_allowed = wizard.channel == "incoming" or verdict.outcome == GO
            words = [] if wizard.is_allowed else self.env["lifecycle.gate"]._words(verdict.reasons)
            wizard.verdict_words = "\n".join(words)

    @api.depends("contact_id")
    def _compute_consent_words(self):
        """His last word on calls for each purpose."""
        states = dict(self.env["lifecycle.consent"]._fields["state"]._description_selection(self.env))
        for wizard in self:
            latest = {}
            people = (wizard.contact_id | wizard.partner_id).ids
            said = [("partner_id", "in", people), ("channel", "in", (False, "phone"))]
            for consent in self.env["lifecycle.consent"].search([*said, ("company_id", "=", wizard.company_id.id)]):
                latest.setdefault(consent.purpose_id, consent)
            lines = [f"{purpose.name}: {states[consent.state]}" for purpose, consent in latest.items()]
            wizard.consent_words = "\n".join(lines) or self.env._("Nothing was said yet.")

    @api.depends("status_id")
    def _compute_history(self):
        for wizard in self:
            own = [("company_id", "=", wizard.company_id.id)]
            tree = [*own, ("partner_id", "child_of", wizard.partner_id.id)]
            his = [*own, ("partner_id", "=", wizard.partner_id.id)]
            wizard.order_ids = self.env["sale.order"].search(
                [*tree, ("state", "=", "sale")], order="date_order desc", limit=SHOWN
            )
            wizard.call_ids = self.env["lifecycle.call"].search(his, limit=SHOWN)
            made = [*his, ("state", "=", "done"), ("channel", "!=", "phone")]
            wizard.past_touch_ids = self.env["lifecycle.touch"].search(made, order="settled_on desc", limit=SHOWN)

    # === OUTCOMES === #

    def action_interested(self):
        """Reached, and it was of interest; called again on a day if one is given."""
        return self._end("interested", next_date=self.back_date)

    def action_not_now(self):
        """Reached, but later."""
        self.env["lifecycle.call"]._check_day(self.back_date, self.company_id)
        return self._end("not_now", next_date=self.back_date)

    def action_refused(self):
        """Reached, and it is of no interest: why, and from whom he buys, is what we learn from it."""
        if not self.lost_reason_id:
            raise UserError(self.env._("Choose why the customer is not interested."))
        return self._end(
            "refused",
            next_date=self.back_date,
            lost_reason_id=self.lost_reason_id.id,
            competitor_id=self.competitor_id.id,
        )

    def action_not_reached(self):
        """Nobody answers."""
        return self._end("not_reached")

    def action_wrong_number(self):
        """It is somebody else's number."""
        return self._end("wrong_number")

    def action_objected(self):
        """He does not want to be called: that is on record at once."""
        return self._end("objected")

    def action_ordered(self):
        """He orders: the quote opens."""
        order = self.env["sale.order"].create({"partner_id": self.partner_id.id, "company_id": self.company_id.id})
        self._log("ordered", order_id=order.id)
        return {
            "type": "ir.actions.act_window",
            "res_model": order._name,
            "res_id": order.id,
            "views": [(False, "form")],
        }

    def action_release(self):
        """Not called after all: a colleague may.

        A form that another one of the same customer has followed leaves him to that.
        """
        form = self.exists()  # one that stood open overnight is gone
        form.check_access("read")
        mine = [("status_id", "=", form.status_id.id), ("create_uid", "=", self.env.uid)]
        if form and self.search(mine, order="id desc", limit=1) == form:
            self.env["lifecycle.claim"]._release(form.partner_id, form.company_id)
        return {"type": "ir.actions.act_window_close"}

    def action_put_off(self):
        """The gate is against it: the step is put off or left out, an agreed day moves to the first that is free."""
        self._check()
        verdict = self._ask_gate()
        if verdict.outcome == GO:
            raise UserError(self.env._("Nothing stands against this call any more."))
        if "no_address" in {reason.code for reason in verdict.reasons}:
            raise UserError(self.env._("Enter the phone number of the customer first: without one nobody can call."))
        if self.touch_id:
            self.touch_id.sudo()._heed(verdict)  # the gate decides, not the user
        else:
            day = verdict.moment and self.company_id._lifecycle_day(verdict.moment)
            self.status_id.sudo()._set_next_contact(day or False, "call")  # likewise
        return self._go_on(self.env._("Put off."))

    # === BUSINESS METHODS === #

    def _ask_gate(self):
        """An agreed call is service: he asked for it, and nothing is advertised in it."""
        person = self.contact_id or self.partner_id
        number = next(filter(None, (each.phone_sanitized or each.phone for each in (person, self.partner_id))), None)
        request = GateRequest(person.id, "service", "phone", number)
        if self.touch_id:
            request = self.touch_id._prepare_request()._replace(partner_id=person.id, address=request.address)
        return self.env["lifecycle.gate"]._judge([request], self.company_id)[0]

    def _check(self):
        """A call is noted by whoever may, for a customer of his companies, once, and by one person at a time."""
        self.ensure_one()
        if not self.env.user.has_group(USER):
            raise AccessError(self.env._("Calls are noted by users of the customer lifecycle."))
        self.status_id.check_access("read")
        self.touch_id.check_access("read")
        touch = self.touch_id
        if touch and (touch.partner_id != self.partner_id or touch.company_id != self.company_id):
            raise AccessError(self.env._("This step is about another customer."))
        if touch and not touch.sudo().try_lock_for_update(allow_referencing=True):  # its state is the server's
            raise UserError(self.env._("This step is being worked on: try again in a moment."))
        if touch and (touch.state != "due" or not touch.listed_on):
            raise UserError(self.env._("This call has been dealt with already."))
        if self.contact_id.commercial_partner_id not in (self.partner_id, self.env["res.partner"]):
            raise UserError(self.env._("This person does not belong to the customer."))
        if not self.env["lifecycle.claim"]._claim(self.partner_id, self.company_id):
            raise UserError(self.env._("A colleague is calling this customer at the moment."))

    def _log(self, outcome, **values):
        self._check()
        if not self.is_allowed:
            raise UserError(
                self.env._(
                    "%(customer)s is not to be called now. If it was the customer who called, say so.\n%(reasons)s",
                    customer=self.partner_id.display_name,
                    reasons=self.verdict_words,
                )
            )
        call = (
            self.env["lifecycle.call"]
            .sudo()
            ._log(  # a call is kept by the server
                outcome,
                self.partner_id,
                self.company_id,
                touch=self.touch_id.sudo(),  # likewise
                contact_id=self.contact_id.id,
                phone=self.phone,
                note=self.note,
                channel=self.channel,
                **values,
            )
        )
        self.env["lifecycle.claim"]._release(self.partner_id, self.company_id)
        return call

    def _end(self, outcome, **values):
        call = self._log(outcome, **values)
        outcomes = dict(call._fields["outcome"]._description_selection(self.env))
        return self._go_on(f"{self.partner_id.display_name}: {outcomes[outcome]}")

    def _go_on(self, words):
        """Say what was noted, and show the next call."""
        following = self.env["lifecycle.today"]._get_next()
        close = {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": words,
                "type": "success",
                "next": following._open_call() if following else close,
            },
        }

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call: %(customer)s", customer=self.partner_id.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
