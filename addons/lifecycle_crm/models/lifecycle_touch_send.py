"""How a contact is made, once."""

import json
import secrets
from dataclasses import asdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, json_default
from odoo.tools.mail import generate_tracking_message_id

from ..gate.verdict import GO, LATER
from .lifecycle_gate_request import GateRequest

BATCH = 1000
LOST_AFTER = timedelta(minutes=15)  # in which a worker that has claimed something is done with it
ACTION_CHANNELS = {"mail": "email", "voucher": "email", "call": "phone", "activity": "none"}


class LifecycleTouch(models.Model):
    """The way of a contact, in two transactions, each of which holds the lock of its record.

    1. *Claim*: what stops the play is looked for, the gate is asked; what may be made is claimed with a Message-ID.
    2. *Make*: what stops it is looked for once more; its mail is created and it is marked as done, both or neither.

    A worker that dies between them leaves contacts that are *claimed*. Where no mail with their Message-ID exists they
    are due again after a while; where one does, a person decides.
    """

    _inherit = "lifecycle.touch"

    token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(24),
        help="Of the links in the message that are about this contact alone.",
    )

    # === HOOKS === #

    @api.model
    def _get_channels(self):
        """The channel of each action: a hook. ``none`` is internal, and the gate is not asked."""
        return ACTION_CHANNELS

    def _get_attachments(self):
        """Attachments for the mail of this contact beyond those of its template: a hook; ``ir.attachment`` records."""
        self.ensure_one()
        return self.env["ir.attachment"]

    def _prepare_request(self):
        """What the gate is asked about this contact."""
        return GateRequest(
            partner_id=(self.contact_id or self.partner_id).id,
            purpose=self.purpose_id.code,
            channel=self.channel,
            address=self.address or None,
            is_promotional=self.step_id.is_promotional,
            is_profiled=self.step_id.is_profiled,
        )

    # === WORK === #

    @api.model
    def _cron_send(self):
        """Make what is due, a batch at a time; what another worker holds is left to it."""
        progress = self.env["ir.cron"]._commit_progress
        self._settle_lost()
        work = self.search_count(self._get_work_domain())
        progress(remaining=work)
        while claimed := self._claim_next():
            claimed._make()
            if not progress(len(claimed)):
                break
        if work != self.search_count(self._get_work_domain()):  # idle actions would call each other for ever
            self._plan_soon()
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()  # the queue is the system's

    @api.model
    def _has_work(self):
        """Whether anything is due now."""
        return bool(self.search_count(self._get_work_domain(), limit=1))

    @api.model
    def _get_work_domain(self):
        """What is due now, of plays that run, and not in the hands of a person."""
        now = fields.Datetime.now()
        is_due = Domain("state", "=", "due") & Domain("due_on", "<=", now)
        is_back = Domain("state", "=", "deferred") & Domain("not_before", "<=", now)
        return (
            (is_due | is_back)
            & Domain("listed_on", "=", False)
            & Domain("play_id.state", "=", "running")
            & Domain("entry_id.state", "=", "running")
        )

    @api.model
    def _claim_next(self):
        """Claim what may be made of the next batches, and commit.

        :return: what is claimed; none: nothing is left
        """
        while batch := self._lock_next():
            claimed = batch.sudo()._judge_and_claim()  # only the server writes what becomes of it
            self.env["ir.cron"]._commit_progress(len(batch - claimed))
            if claimed:
                return claimed
        return self.browse()

    @api.model
    def _lock_next(self):
        return self.search(self._get_work_domain(), order="due_on, id").try_lock_for_update(limit=BATCH)

    def _judge_and_claim(self):
        """Ask what stops it, then the gate.

        :return: those that are claimed
        """
        going = self - self._skip_over()
        deferred = going.filtered(lambda touch: touch.state == "deferred")
        deferred.write({"state": "due", "not_before": False})  # so that the gate does not count them as fixed
        going.flush_recordset()
        claimed = going.filtered(lambda touch: touch.channel == "none")
        for company, touches in (going - claimed).grouped("company_id").items():
            verdicts = self.env["lifecycle.gate"]._judge([touch._prepare_request() for touch in touches], company)
            for touch, verdict in zip(touches, verdicts, strict=True):
                if touch._heed(verdict) == GO:
                    claimed |= touch
        claimed._claim()
        return claimed

    def _skip_over(self):
        """Skip the contacts of customers for whom something has happened that ends the play.

        :return: those contacts
        """
        self.entry_id._stop_over()
        over = self.filtered(lambda touch: touch.entry_id.state != "running")
        for touch in over.filtered(lambda touch: touch.state != "skipped"):
            touch._skip_stopped()
        return over

    def _heed(self, verdict):
        """Do as the gate says: go on, put off, or skip; its reasons are kept.

        :return: the outcome
        """
        reasons = self._as_json(verdict)
        if verdict.outcome == LATER:
            put_off = {"state": "deferred", "not_before": verdict.moment, "listed_on": False}
            self.write({**put_off, "verdict": reasons})
        elif verdict.outcome != GO:
            self._note("skipped", verdict=reasons)
        else:
            self.verdict = False
        return verdict.outcome

    @api.model
    def _as_json(self, verdict):
        return json.loads(json.dumps([asdict(reason) for reason in verdict.reasons], default=json_default))

    def _claim(self):
        now = fields.Datetime.now()
        for touch in self:
            uid = generate_tracking_message_id(f"{touch.id}-lifecycle.touch")
            touch.write({"state": "claimed", "claimed_on": now, "message_uid": uid})

    def _make(self):
        """Make what this worker has claimed, in one transaction."""
        claimed = self.sudo()._lock_claimed()  # only the server writes what became of it
        claimed -= claimed._skip_over()
        running = claimed.filtered(lambda touch: touch.play_id.state == "running")
        (claimed - running)._unclaim()
        for touches in running.grouped("step_id").values():
            touches._perform()

    def _lock_claimed(self):
        """Lock what is this worker's by its state, once those who only looked at it have let go."""
        self.env.invalidate_all()
        query = SQL("SELECT id FROM lifecycle_touch WHERE id = ANY(%s) AND state = 'claimed' FOR UPDATE", self.ids)
        locked = {touch_id for (touch_id,) in self.env.execute_query(query)}
        return self.filtered(lambda touch: touch.id in locked)

    def _unclaim(self):
        """Nothing was made: due as before."""
        self.write({"state": "due", "claimed_on": False, "message_uid": False})

    @api.model
    def _settle_lost(self):
        """What a worker died over: due again where no mail exists, else a person decides."""
        before = fields.Datetime.now() - LOST_AFTER
        lost = self.sudo().search([("state", "=", "claimed"), ("claimed_on", "<", before)])  # sees all mails
        lost = lost.try_lock_for_update()
        made = self.env["mail.message"].sudo().search([("message_id", "in", lost.mapped("message_uid"))])  # likewise
        known = set(made.mapped("message_id"))
        unknown = lost.filtered(lambda touch: touch.message_uid in known)
        remark = self.env._("The server stopped while it was being made, and there is a mail.")
        unknown._settle("uncertain", remark=remark)
        (lost - unknown)._unclaim()

    # === WHAT BECAME OF IT === #

    def _settle(self, state, **values):
        """Note what became of contacts; the next step of each is planned soon.

        :param str state: done, skipped, failed or uncertain
        """
        self._note(state, **values)
        self._plan_soon()

    def _note(self, state, **values):
        now = fields.Datetime.now()
        self.write({"state": state, "settled_on": now, "claimed_on": False, "listed_on": False, **values})
        self.entry_id.write({"planned_on": False})  # there may be a next step

    @api.model
    def _plan_soon(self):
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_plan").sudo()._trigger()  # whoever calls has no rights on it

    def _list(self):
        """Hand contacts to people: they stay due, on the list of calls, until somebody settles them."""
        self.write({"state": "due", "claimed_on": False, "listed_on": fields.Datetime.now()})
