"""How something is handed over to a mail server, once."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ..outbox.outcome import FAILED, RETRY, judge, pause_after, words_of

_logger = logging.getLogger(__name__)

LOST_AFTER = 15  # minutes in which a worker that has begun to send is done with it


class DunningOutbox(models.AbstractModel):
    """The way of a mail, in three transactions, each of which holds the lock of its record.

    1. *Claim*: words, figures and files are kept with a Message-ID.
    2. *Hand over*: the figures are read once more; where they changed, nothing is sent. Otherwise the record is marked
       as being sent.
    3. *Sent*: the mail server's answer is noted.

    A worker that dies after the second leaves a record that is *being sent*: whether the server has the mail nobody can
    know, so a person decides. It is never sent again by itself.

    The field named by ``_outbox_state`` has at least the values claimed, handing, done, failed and uncertain.
    """

    _name = "dunning.outbox"
    _description = "Outbox of Dunning"
    _outbox_state = "state"
    _outbox_cron = "dunning_it.ir_cron_dunning_remind"

    message_uid = fields.Char(string="Message-ID", readonly=True, copy=False, index="btree_not_null")
    handing_on = fields.Datetime(readonly=True, copy=False)
    attempt_count = fields.Integer(readonly=True, copy=False)
    retry_on = fields.Datetime(string="Not Before", readonly=True, copy=False)
    remark = fields.Char(readonly=True, copy=False)

    # === HOOKS === #

    def _renew(self):
        """The record as it can be sent now: itself, another one on newer figures, or none."""
        return self

    def _has_to_wait(self):
        """Whether it is to be left alone for now; a hook, which says when to try again."""
        return False

    def _get_mail_server(self):
        """The ``ir.mail_server`` it goes through; empty: any that serves the sender."""
        return self.env["ir.mail_server"]

    def _get_sender(self):
        """The address it comes from."""
        raise NotImplementedError

    def _build_mail(self):
        """The mail itself, as an :class:`email.message.EmailMessage`."""
        raise NotImplementedError

    def _note_done(self):
        """The mail server has it. That is kept at once, whatever may go wrong with the rest."""
        self.write({self._outbox_state: "done", "remark": False, "retry_on": False})
        self.env["ir.cron"]._commit_progress()

    # === WORK === #

    @api.model
    def _get_work_domain(self):
        due = Domain("retry_on", "=", False) | Domain("retry_on", "<=", fields.Datetime.now())
        return Domain(self._outbox_state, "=", "claimed") & due

    @api.model
    def _send_waiting(self):
        """Send what is in the outbox, one mail at a time; what another worker holds is left to it."""
        for record in self.search(self._get_work_domain(), order="id"):
            is_reached = record._work()
            if not self.env["ir.cron"]._commit_progress(1) or not is_reached:
                return

    def _work(self):
        """Bring one mail on its way.

        :return: whether the mail server could be reached, as far as is known
        """
        record = self._lock("claimed") and self._renew_safely()
        if not record:
            return True
        try:
            session = record._connect()
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing has left
            record._retry(words_of(error))
            return False
        attempts = record.attempt_count + 1
        record.write({self._outbox_state: "handing", "handing_on": fields.Datetime.now(), "attempt_count": attempts})
        self.env["ir.cron"]._commit_progress()
        if record._wait_for_lock("handing"):
            record._hand_over(session)
        return True

    def _renew_safely(self):
        """What of it is to be handed over now, if anything: one that fails would hold up all that come after it."""
        try:
            with self.env.cr.savepoint():
                record = self._renew()
                return record if record and not record._has_to_wait() else self.browse()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of it is done again
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing has left, and a person sees it
            _logger.info("%s could not be brought up to date", self, exc_info=True)
            self._give_up(words_of(error))
            return self.browse()

    def _lock(self, state):
        """Whether nobody else holds the record and it is in a state still."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset([self._outbox_state])
        return locked[self._outbox_state] == state

    def _wait_for_lock(self, state):
        """Lock a record that is this worker's by its state, once those that only looked at it have let go.

        Without waiting it would be left as being sent, and nobody had sent it.
        """
        self.env.cr.execute(SQL("SELECT FROM %s WHERE id = %s FOR UPDATE", SQL.identifier(self._table), self.id))
        self.invalidate_recordset([self._outbox_state])
        return self[self._outbox_state] == state

    def _connect(self):
        """A session with the mail server; None where mails are off, as in tests."""
        server = self._get_mail_server()
        return self.env["ir.mail_server"]._connect__(mail_server_id=server.id or None, smtp_from=self._get_sender())

    def _hand_over(self, session):
        try:
            self._send(session)
        except Exception as error:  # noqa: BLE001 - what an error means is told one by one
            _logger.info("%s was not sent", self, exc_info=True)
            self._note_error(error)
        else:
            self._note_done()

    def _send(self, session):
        server = self._get_mail_server()
        self.env["ir.mail_server"].send_email(self._build_mail(), mail_server_id=server.id, smtp_session=session)

    # === WHAT CAN GO WRONG === #

    def _note_error(self, error):
        verdict, words = judge(error), words_of(error)
        if verdict == RETRY:
            self._retry(words)
        elif verdict == FAILED:
            self._give_up(words)
        else:
            remark = self.env._("The answer of the mail server got lost: %(error)s", error=words)
            self.write({self._outbox_state: "uncertain", "remark": remark})

    def _retry(self, words):
        """Nothing has left: tried again some time later, or given up."""
        pause = pause_after(self.attempt_count + (self[self._outbox_state] == "claimed"))
        if pause is None:
            self._give_up(words)
            return
        until = fields.Datetime.now() + timedelta(minutes=pause)
        self.write({self._outbox_state: "claimed", "retry_on": until, "remark": words})
        self.env.ref(self._outbox_cron)._trigger(until)

    def _give_up(self, words):
        """Nothing has left, and nothing is tried again."""
        self.write({self._outbox_state: "failed", "remark": words})

    @api.model
    def _settle_lost(self):
        """What a worker died over while handing it over: nobody knows, so a person decides."""
        before = fields.Datetime.now() - timedelta(minutes=LOST_AFTER)
        lost = self.search([(self._outbox_state, "=", "handing"), ("handing_on", "<", before)]).try_lock_for_update()
        lost.filtered(lambda record: record[self._outbox_state] == "handing").write(
            {self._outbox_state: "uncertain", "remark": self.env._("The server stopped while it was being sent.")}
        )
