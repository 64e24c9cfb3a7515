"""A formal notice goes out by PEC, and its receipts come back."""

from datetime import timezone

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import generate_tracking_message_id

from ..paper.wording import paragraphs
from ..pec.receipts import ACCEPTANCE, DELIVERED, FAILED, PENDING
from .dunning_case_contact import ITALY


class DunningNotice(models.Model):
    """Sending is in the phases of ``dunning.outbox``, with a Message-ID that stays the same if a person sends again:
    so the receipts of either attempt find the notice.
    """

    _inherit = "dunning.notice"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_notices(self):
        """Send what people have put in the outbox, and match receipts that could not be matched before."""
        self._settle_lost()
        self._warn_of_silence()
        Receipt = self.env["dunning.receipt"]
        waiting = Receipt.search(Receipt._get_waiting_domain(), order="id")  # as they came
        self.env["ir.cron"]._commit_progress(remaining=len(waiting) + self.search_count(self._get_work_domain()))
        for receipt in waiting:
            receipt._match_safely()
            if not self.env["ir.cron"]._commit_progress(1):
                return
        self._send_waiting()

    # === OUTBOX === #

    def _get_pec_problems(self):
        """Why it can't go by PEC, in whole sentences."""
        problems = []
        if not self.company_id._get_pec_sender():
            problems.append(
                self.env._(
                    "Choose the mail server of your company's PEC in the settings; it is to serve that address alone."
                )
            )
        if not self.partner_id.dunning_pec:
            problems.append(self.env._("Enter the debtor's legal PEC, as it is in INI-PEC, INAD or IPA."))
        elif self.recipient_pec and self.recipient_pec != self.partner_id.dunning_pec:
            problems.append(self.env._("The debtor's legal PEC is another one by now: make a new draft."))
        return problems

    def action_send_pec(self):
        """Put the signed notice in the outbox: the server sends it at once."""
        notice = self._hold()
        notice._require("ready")
        if notice.channel != "pec":
            raise UserError(self.env._("This notice goes by registered letter: enter when it was posted."))
        notice._check_idle()
        notice._check_signed()
        notice._check_unchanged()
        if problems := notice._get_pec_problems():
            raise UserError("\n".join(problems))
        uid = notice.message_uid or generate_tracking_message_id(f"{notice.id}-{notice._name}")
        notice.write(
            {"mail_state": "claimed", "message_uid": uid, "attempt_count": 0, "retry_on": False, "remark": False}
        )
        notice.env.ref(self._outbox_cron)._trigger()

    def action_was_sent(self):
        """A person knows from the provider's outbox that it went out, though the answer got lost."""
        notice = self._hold()
        notice._require("ready")
        if notice.mail_state != "uncertain":
            raise UserError(self.env._("There is no doubt about whether it was sent."))
        notice.write({"mail_state": "done", "remark": False})
        notice.message_post(body=self.env._("That it was sent is confirmed by %(name)s.", name=self.env.user.name))
        notice._mark_sent(fields.Date.context_today(self, notice.handing_on))

    def action_was_not_sent(self):
        """A person knows that it did not go out: it may be sent again."""
        notice = self._hold()
        notice._require("ready")
        if notice.mail_state not in ("claimed", "uncertain", "failed"):
            raise UserError(self.env._("There is no doubt about whether it was sent."))
        remark = self.env._("Taken back by %(name)s.", name=self.env.user.name)
        notice.write({"mail_state": False, "retry_on": False, "remark": remark})

    def _renew(self):
        # OVERRIDE: the figures are read once more; where they changed, nothing is sent and a new draft is asked for.
        if not self.case_id.try_lock_for_update():
            return self.browse()  # somebody works on the case: next time
        self.case_id._resync()
        try:
            self._require("ready")
            self._check_signed()
            self._check_unchanged()
        except UserError as error:
            self._give_up(str(error))
            return self.browse()
        return super()._renew()

    def _get_mail_server(self):
        # OVERRIDE: the company's certified mail.
        return self.company_id.dunning_pec_server_id or super()._get_mail_server()

    def _get_sender(self):
        # OVERRIDE: a provider takes mails from its own address alone.
        return self.company_id._get_pec_sender()

    def _build_mail(self):
        # OVERRIDE: the signed file, and a few words around it.
        files = (self.signed_id + self.enclosure_ids.sorted("id")).attachment_id
        notice = self.with_context(lang=self.case_id._in_reader_language().env.lang)
        words = notice._get_words(notice._get_claim(notice._get_case_lines(), notice.date))
        return self.env["ir.mail_server"]._build_email__(
            email_from=self._get_sender(),
            email_to=[self.recipient_pec],
            subject=words["subject"],
            body=Markup().join(Markup("<p>%s</p>") % part for part in paragraphs(words["mail_body"])),
            reply_to=self._get_sender(),
            attachments=[(file.name, file.raw, file.mimetype) for file in files],
            message_id=self.message_uid,
            subtype="html",
        )

    def _send(self, session):
        # OVERRIDE: a provider takes no other address on the envelope either, such as Odoo's for bounces.
        notice = self.with_context(domain_bounce_address=self._get_sender())
        return super(DunningNotice, notice)._send(session)

    def _note_done(self):
        # OVERRIDE: it is on its way; that it was accepted and delivered the receipts will tell.
        done = super()._note_done()
        self._mark_sent(self._get_today())
        return done

    def _give_up(self, words):
        # OVERRIDE: somebody has to see to it.
        done = super()._give_up(words)
        self._warn(self.env._("The formal notice was not sent: %(words)s", words=words))
        return done

    def _mark_sent(self, day):
        if self.state == "ready":
            self.write({"state": "sent", "sent_date": day})

    # === RECEIPTS === #

    def _take_receipt(self, receipt, name, content):
        """What a provider certifies about this notice.

        :param Receipt receipt: as read, see :mod:`..pec.receipts`
        :param str name: of the file
        :param bytes content: the receipt as it came
        :return: why it can't be taken, in words, or nothing
        """
        if problem := self._get_receipt_problem(receipt):
            return problem
        day = receipt.when.astimezone(ITALY).date()
        self.mail_state = "done"
        self._mark_sent(day)
        if receipt.outcome == DELIVERED:
            self._arrive("delivered", day, [(name, content)])
            return None
        self._keep("receipt", name, content)
        if receipt.outcome == FAILED:
            self._fail(receipt.error_text or receipt.error or receipt.kind)
        elif receipt.kind == ACCEPTANCE:
            self._note_acceptance(receipt)
        return None

    def _get_receipt_problem(self, receipt):
        if receipt.recipient and receipt.recipient.lower() != (self.recipient_pec or "").lower():
            return self.env._("It is about another address than the one this notice was sent to.")
        is_sendable = self.state == "ready" and self.mail_state
        is_overtaken = self.state == "delivered" and receipt.outcome == PENDING
        if self.state not in ("sent", "stored") and not is_sendable and not is_overtaken:
            return self.env._("The notice is not on its way: look at both, and decide.")
        return None

    def _note_acceptance(self, receipt):
        self.accepted_on = fields.Datetime.to_datetime(receipt.when.astimezone(timezone.utc).replace(tzinfo=None))
        if not any(each.is_certified for each in receipt.recipients):
            self._warn(self.env._("This address is no certified mail: no proof of delivery will come from it."))
