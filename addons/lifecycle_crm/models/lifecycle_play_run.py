"""Starting and pausing a play; what is wrong with it is said before it starts."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

NEEDS_TEMPLATE = ("mail", "voucher")
FIXED = {"code", "company_id", "stage_id", "event_code", "cadence_days"}  # while it runs
MANAGER = "lifecycle_crm.group_lifecycle_manager"


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def write(self, vals):
        # OVERRIDE: what a running play is about does not change under the feet of those who are on it.
        if vals.keys() & FIXED:
            self._check_stopped()
        return super().write(vals)

    def action_start(self):
        """Begin, or go on after a pause: what was planned is planned anew, as steps may have changed."""
        self._check_manager()
        for play in self.filtered(lambda play: play.state != "running"):
            if faults := play._get_faults():
                raise UserError("\n".join(faults))
            play.sudo()._drop_planned()  # only the server plans
            started_on = play.started_on or fields.Datetime.now()
            play.sudo().write({"state": "running", "started_on": started_on})  # a button's, not a form's
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_plan").sudo()._trigger()  # managers have no rights on it

    def action_pause(self):
        """Stop at once: nothing more is made, not even what is due; a later start goes on."""
        self._check_manager()
        self.sudo().write({"state": "paused"})  # a button's, not a form's

    def action_preview(self):
        """Read the mails of the play as a customer would get them."""
        self.ensure_one()
        return self.env["lifecycle.preview"]._open(self)

    def action_take_in(self):
        """Ask how many are in the stage already, and whether they are to enter."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customers Already in the Stage"),
            "res_model": "lifecycle.intake",
            "view_mode": "form",
            "target": "new",
            "context": {"default_play_id": self.id},
        }

    def action_show_touches(self):
        """The contacts of the play, those of a state where the button names one."""
        return self._show_part("lifecycle_crm.lifecycle_touch_action")

    def action_show_entries(self):
        """The customers in the play, those of a state where the button names one."""
        return self._show_part("lifecycle_crm.lifecycle_entry_action")

    def _show_part(self, action):
        self.ensure_one()
        self.check_access("read")
        state = self.env.context.get("lifecycle_state")
        shown = {"search_default_play_id": self.id, **({f"search_default_{state}": 1} if state else {})}
        return {**self.env["ir.actions.act_window"]._for_xml_id(action), "context": shown}

    def _check_manager(self):
        """Only who manages plays starts and pauses them, of his companies."""
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a manager of the customer lifecycle starts and pauses plays."))
        self.check_access("write")

    def _drop_planned(self):
        """Take out of the outbox what is due in future and was not looked at yet; planning puts it in anew."""
        planned = self.env["lifecycle.touch"].search(
            [("play_id", "in", self.ids), ("state", "=", "due"), ("listed_on", "=", False)]
        )
        planned.unlink()
        self.entry_ids.filtered(lambda entry: entry.state == "running").planned_on = False

    # === FAULTS === #

    def _get_faults(self):
        """What is wrong with the play, in whole sentences: a hook; empty if it can start."""
        self.ensure_one()
        return [*self._get_ladder_faults(), *(fault for step in self.step_ids for fault in step._get_faults())]

    def _get_ladder_faults(self):
        ladder = self.step_ids.filtered(lambda step: not step.is_cadence)
        again, triggers = self.step_ids - ladder, set(ladder.mapped("trigger"))
        if not ladder:
            yield self.env._("The play needs a step.")
        if triggers & {"entered", "stayed"} and not self.stage_id:
            yield self.env._("A step waits for customers to be in a stage: say which one.")
        if "event" in triggers and not self.event_code:
            yield self.env._("A step waits for an outside event: say which one, by its code.")
        if bool(self.cadence_days) != bool(again) or len(again) > 1:
            yield self.env._("A slow cadence needs its days, and one repeated step that says what is done.")

    def _check_stopped(self):
        """Steps are what runs: they change while the play does not."""
        if self.filtered(lambda play: play.state == "running"):
            raise UserError(self.env._("The play is running. Pause it, change it, and start it again."))

    # === IT STOPS BY ITSELF === #

    def _pause_by_itself(self, step, words):
        """A step fails for everybody: stop, and tell the owner, instead of failing one customer after the other."""
        self.write({"state": "paused"})
        note = self.env._(
            "The play was paused, because the step %(step)s can't be made for anybody: %(fault)s. "
            "Nobody was contacted by it. Mend it and start the play again: it goes on where it was.",
            step=step.display_name,
            fault=words,
        )
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            summary=self.env._("The play was paused"),
            note=note,
            user_id=(self.user_id or self.create_uid).id,
        )


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a step is not slipped into a play that is running.
        steps = super().create(vals_list)
        steps.play_id._check_stopped()
        return steps

    def write(self, vals):
        # OVERRIDE: what runs is not changed under the feet of those who are on it.
        self.play_id._check_stopped()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        self.play_id._check_stopped()

    def _get_faults(self):
        """What is wrong with the step, in whole sentences: a hook."""
        self.ensure_one()
        if self.action not in NEEDS_TEMPLATE:
            return []
        if not self.template_id:
            return [self.env._("The step %(step)s sends a mail: it needs a template.", step=self.display_name)]
        return self._get_template_faults()
