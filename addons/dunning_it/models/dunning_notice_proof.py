"""A formal notice leaves and arrives, each with its proof."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

UNDER_WAY = ("sent", "stored")
ARRIVED = ("stored", "delivered", "returned")
# Days after which an answer is overdue: a provider of PEC gives one within a day, the post keeps a letter for a month.
SILENT_AFTER = {"pec": 2, "registered": 45}


class DunningNotice(models.Model):
    _inherit = "dunning.notice"

    # === BY A PERSON === #

    def _record(self, kind, *, day=None, files=(), tracking_number=False, reason=False):
        """What a person saw happen to the notice, with what proves it.

        :param str kind: signed, sent, stored, delivered, returned, failed or corrected
        :param datetime.date day: when it happened; None: today
        :param files: pairs of a name and bytes
        :param str reason: why it came back, or why the day is corrected
        """
        notice = self._hold()
        day = day or self._get_today()
        if kind == "signed":
            for name, content in files[:1]:
                notice._add_signed_file(name, content)
            return
        notice._check_day(day, kind)
        if kind == "sent":
            notice._post(day, files, tracking_number)
        elif kind == "corrected":
            notice._correct_day(day, files, reason)
        elif kind == "failed":
            notice._require(*UNDER_WAY)
            notice._fail(self.env._("Never arrived, says %(name)s.", name=self.env.user.name))
        else:
            notice._arrive(kind, day, files, reason)

    def _check_day(self, day, kind):
        if day > self._get_today():
            raise UserError(self.env._("The day is in the future: enter the one on which it happened."))
        before = self.date if kind == "sent" else self.sent_date
        if before and day < before:
            raise UserError(
                self.env._(
                    "The day is before %(day)s, when the notice was written or sent: enter the one on which it "
                    "happened.",
                    day=fields.Date.to_string(before),
                )
            )

    def _post(self, day, files, tracking_number):
        """A registered letter was taken to the post office."""
        self._require("ready")
        if self.channel != "registered":
            raise UserError(self.env._("This notice goes by PEC: send it from here, so that its receipts find it."))
        self._check_signed()
        self._check_unchanged()
        if not tracking_number:
            raise UserError(self.env._("Enter the number of the registered letter: its way is proven by it."))
        for name, content in files:
            self._keep("posting", name, content)
        self.write({"state": "sent", "sent_date": day, "tracking_number": tracking_number})

    def _arrive(self, kind, day, files, reason=False):
        """It reached the debtor, or came back.

        :param str kind: stored, delivered or returned
        :raise UserError: without a proof
        """
        self._require(*UNDER_WAY)
        if not files:
            raise UserError(
                self.env._(
                    "Add what proves it: the scan of the return receipt, the notice of storage, the returned envelope, "
                    "or the delivery receipt of the PEC."
                )
            )
        if kind == "returned" and not reason:
            raise UserError(self.env._("Say why it came back: what follows depends on it."))
        if reason == "unclaimed" and not self.stored_date:
            raise UserError(
                self.env._(
                    "Enter first since when it was in storage: from the notice of storage on it counts as arrived "
                    "(art. 1335 c.c.)."
                )
            )
        for name, content in files:
            self._keep("return" if kind == "returned" else "proof", name, content)
        self.write({"state": kind, f"{kind}_date": day, "return_reason": reason, "remark": False})
        if self.arrival_date:
            self._note_arrival()
        elif kind == "returned":
            self._warn(
                self.env._("The formal notice came back and did not arrive: check the address, write a new one.")
            )

    def _correct_day(self, day, files, why):
        """The day on which it arrived or came back was entered wrongly; before and after are written down.

        :raise UserError: for anybody but a manager, and without a word why
        """
        self._require(*ARRIVED)
        if not self.env.user.has_group("dunning_it.group_dunning_manager"):
            raise UserError(self.env._("The deadline and the limitation rest on this day: ask a manager of dunning."))
        if not why:
            raise UserError(self.env._("Say why the day was wrong: somebody may ask for it in court."))
        for name, content in files:
            self._keep("proof", name, content)
        name, arrived = f"{self.state}_date", self.arrival_date
        words = self.env._(
            "The day was corrected from %(before)s to %(after)s: %(why)s",
            before=fields.Date.to_string(self[name]),
            after=fields.Date.to_string(day),
            why=why,
        )
        self[name] = day
        self.message_post(body=words, author_id=self.env.user.partner_id.id)
        if self.arrival_date != arrived:
            self._move_step()

    # === WHAT FOLLOWS === #

    def _note_arrival(self):
        """The stage is done on the day that counts, and limitation runs anew."""
        case = self.case_id
        is_current = case.state != "closed" and case.cycle == self.cycle
        if is_current and self.stage_id and not case._has_step(self.stage_id):
            self.env["dunning.step"].create(self._prepare_step_vals())
            case._complete_stage(self.stage_id, self.arrival_date)
        else:
            case._resync()

    def _move_step(self):
        """What was reckoned from the day of arrival follows it."""
        case, done_on = self.case_id, fields.Datetime.to_datetime(self.arrival_date)
        steps = case.step_ids.filtered(lambda step: step.cycle == self.cycle and step.state == "done")
        step = steps.filtered(lambda step: step.stage_id == self.stage_id)
        step.done_on = done_on
        if case.cycle == self.cycle and step and step == steps.sorted("id")[-1:]:
            case.step_date = self.arrival_date
        case._resync()

    def _prepare_step_vals(self):
        """Values of the step of the case, done on the day of arrival: from then on the next one waits."""
        arrived = fields.Datetime.to_datetime(self.arrival_date)
        return {
            "case_id": self.case_id.id,
            "stage_id": self.stage_id.id,
            "cycle": self.cycle,
            "state": "done",
            "done_on": arrived,
            "user_id": self.user_id.id,
            "amount_net": self.amount_total,
            "snapshot": self.snapshot,
            "subject": self.display_name,
        }

    @api.model
    def _warn_of_silence(self):
        """Somebody has to look after notices of which nothing was heard: once each."""
        for channel, days in SILENT_AFTER.items():
            before = fields.Date.context_today(self) - timedelta(days=days)
            silent = self.search(
                [("state", "=", "sent"), ("channel", "=", channel), ("sent_date", "<=", before), ("remark", "=", False)]
            )
            for notice in silent:
                notice.remark = self.env._("Nothing was heard of it yet: ask the post office or the PEC provider.")
                notice._warn(notice.remark)

    def _fail(self, words):
        """It will not arrive, and somebody has to see to it."""
        self.write({"state": "failed", "remark": words})
        self._warn(self.env._("The formal notice did not arrive: %(words)s", words=words))

    def _warn(self, words):
        """An activity for who is responsible."""
        user = self.user_id.filtered("active") or self.case_id._get_responsible()
        self.activity_schedule("mail.mail_activity_data_todo", summary=words, user_id=user.id)
