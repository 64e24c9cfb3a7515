"""The clock: who waits, and who has been answered, is found in the messages themselves, by set."""

from datetime import timedelta

from pytz import utc

from odoo import api, fields, models
from odoo.tools import SQL

from ..desk.clock import minutes_between, moment_after

BATCH = 1000
LOOKED_BACK = timedelta(days=30)  # an older mail that nobody has seen is no matter of minutes
FORESEEN = timedelta(days=60)  # the longest holidays in which a target may lie


class LifecycleReply(models.Model):
    _inherit = "lifecycle.reply"

    @api.model
    def _cron_clock(self):
        """Start the clock of those who wrote, stop it for those who were answered, tell of those who wait too long."""
        progress = self.env["ir.cron"]._commit_progress
        self._stop_answered()
        while started := self._start_waiting():
            self._stop_answered()
            if not progress(started):
                return
        self._escalate_late()

    # === START === #

    @api.model
    def _start_waiting(self):
        """A clock for the first unanswered mail of each thread that has none.

        :return: how many
        """
        self.env.flush_all()
        self._note_deleted_threads()
        replies = self.browse(reply_id for (reply_id,) in self.env.execute_query(self._get_start_query()))
        replies.invalidate_recordset()
        replies._set_due()
        return len(replies)

    @api.model
    def _get_start_query(self):
        """Add a row for the first mail of each thread that is neither answered nor on the clock; return the ids."""
        return SQL(
            """
            INSERT INTO lifecycle_reply (res_model, res_id, message_id, subject, email_from, partner_id, company_id,
                                         user_id, received_on, create_date, write_date, create_uid, write_uid)
            SELECT DISTINCT ON (mail.model, mail.res_id)
                   mail.model, mail.res_id, mail.id, COALESCE(mail.subject, thread.name), mail.email_from,
                   mail.author_id, thread.company_id, thread.user_id, mail.date, now() AT TIME ZONE 'UTC',
                   now() AT TIME ZONE 'UTC', %(uid)s, %(uid)s
              FROM mail_message mail
              JOIN (%(threads)s) thread ON thread.model = mail.model AND thread.id = mail.res_id
             WHERE mail.date >= %(since)s
               AND (mail.message_type = 'email' OR mail.message_type = 'comment' AND mail.author_id IS NOT NULL)
               AND NOT COALESCE(mail.is_internal, FALSE)
               AND NOT %(is_ours)s
               AND NOT EXISTS (
                       SELECT 1 FROM lifecycle_reply known
                        WHERE known.res_model = mail.model AND known.res_id = mail.res_id
                          AND known.received_on <= mail.date
                          AND (known.answered_on IS NULL OR known.answered_on >= mail.date))
               AND NOT EXISTS (
                       SELECT 1 FROM lifecycle_reply waiting
                        WHERE waiting.res_model = mail.model AND waiting.res_id = mail.res_id
                          AND waiting.answered_on IS NULL)
             ORDER BY mail.model, mail.res_id, mail.date, mail.id
            RETURNING id
            """,
            uid=self.env.uid,
            threads=self._get_threads_query(),
            since=fields.Datetime.now() - LOOKED_BACK,
            is_ours=self._get_ours_sql(),
        )

    @api.model
    def _get_threads_query(self):
        """The threads that are looked at, with company and owner: a hook."""
        return SQL(
            """
            SELECT 'lifecycle.case' AS model, id, name, company_id, user_id FROM lifecycle_case
             UNION ALL
            SELECT 'sale.order', id, name, company_id, user_id FROM sale_order
             UNION ALL
            SELECT 'crm.lead', lead.id, lead.name, COALESCE(lead.company_id, owner.company_id), lead.user_id
              FROM crm_lead lead LEFT JOIN res_users owner ON owner.id = lead.user_id
             WHERE COALESCE(lead.company_id, owner.company_id) IS NOT NULL
            """
        )

    @api.model
    def _get_ours_sql(self):
        """Whether a person of ours wrote a ``mail``: somebody with a login that is not a customer's."""
        return SQL("EXISTS (SELECT 1 FROM res_users ours WHERE ours.partner_id = mail.author_id AND NOT ours.share)")

    @api.model
    def _note_deleted_threads(self):
        """Nobody waits in a thread that is gone."""
        waiting = self.sudo().search([("answered_on", "=", False)])  # whatever company
        for model, replies in waiting.grouped("res_model").items():
            alive = set(self.env[model].sudo().browse(replies.mapped("res_id")).exists().ids)  # likewise
            replies.filtered(lambda reply: reply.res_id not in alive).unlink()  # noqa: B023 - used at once
        self.flush_model()

    def _set_due(self):
        """By when each is to be answered."""
        for company, replies in self.grouped("company_id").items():
            first, last = min(replies.mapped("received_on")), max(replies.mapped("received_on")) + FORESEEN
            hours = self._get_hours(company, first, last)
            target = self._get_target_minutes(company)
            for reply in replies:
                reply.due_on = moment_after(hours, reply.received_on, target) or last

    # === STOP === #

    @api.model
    def _stop_answered(self):
        """Stop the clocks of those whom a person of ours has answered; automatic and internal messages do not count."""
        self.env.flush_all()
        query = SQL(
            """
            SELECT reply.id, answer.date, answer.user_id
              FROM lifecycle_reply reply
              JOIN LATERAL (
                   SELECT mail.date, ours.id AS user_id
                     FROM mail_message mail
                     JOIN res_users ours ON ours.partner_id = mail.author_id AND NOT ours.share
                LEFT JOIN mail_message_subtype subtype ON subtype.id = mail.subtype_id
                    WHERE mail.model = reply.res_model AND mail.res_id = reply.res_id
                      AND mail.message_type IN ('comment', 'email', 'email_outgoing')
                      AND NOT COALESCE(mail.is_internal, FALSE) AND NOT COALESCE(subtype.internal, FALSE)
                      AND mail.subtype_id IS NOT NULL
                      AND ours.id != %(robot)s
                      AND (mail.date, mail.id) > (reply.received_on, reply.message_id)
                 ORDER BY mail.date, mail.id
                    LIMIT 1) answer ON TRUE
             WHERE reply.answered_on IS NULL
            """,
            robot=self.env.ref("base.user_root").id,
        )
        answers = {reply_id: answer for reply_id, *answer in self.env.execute_query(query)}
        self.browse(answers)._set_answered(answers)

    def _set_answered(self, answers):
        """Note the answers, with the working minutes that they took.

        :param dict answers: moment and user by id
        """
        for company, replies in self.sudo().grouped("company_id").items():  # only the server writes the times
            first, last = min(replies.mapped("received_on")), max(answers[reply.id][0] for reply in replies)
            hours = self._get_hours(company, first, last)
            target = self._get_target_minutes(company)
            for reply in replies:
                moment, user_id = answers[reply.id]
                minutes = minutes_between(hours, reply.received_on, moment)
                reply.write(
                    {
                        "answered_on": moment,
                        "answered_by_id": user_id,
                        "minutes": minutes,
                        "is_in_time": minutes <= target,
                    }
                )

    @api.model
    def _get_hours(self, company, start, end):
        """The hours in which a company works, in UTC; all of them where it has no calendar."""
        calendar = company.resource_calendar_id
        if not calendar:
            return [(start, end)]
        intervals = calendar._work_intervals_batch(utc.localize(start), utc.localize(end))[False]
        return [
            (begin.astimezone(utc).replace(tzinfo=None), stop.astimezone(utc).replace(tzinfo=None))
            for begin, stop, _meta in intervals
        ]

    # === TOO LATE === #

    @api.model
    def _escalate_late(self):
        """An activity on the thread for the manager of the owner, once."""
        now = fields.Datetime.now()
        late = self.search(
            [("answered_on", "=", False), ("due_on", "<", now), ("escalated_on", "=", False)], limit=BATCH
        )
        words = self.env._("The customer waits for an answer longer than we promise")
        for reply in late.try_lock_for_update():
            self.env[reply.res_model].browse(reply.res_id)._lifecycle_remind_manager(words, reply.company_id)
            reply.escalated_on = now
