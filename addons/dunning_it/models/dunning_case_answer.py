"""A case takes a customer's answer: kept, shown to a person, and followed as far as the policy goes."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html
from odoo.tools.mimetypes import guess_mimetype

from ..answers.form import (
    DISPUTE,
    FILE_TYPES,
    MOST_BYTES,
    NO_DATE,
    NO_ITEMS,
    NO_REASON,
    NOTHING_LEFT,
    PAID,
    PROMISE,
    TOO_MUCH,
    WRONG_AMOUNT,
    WRONG_DATE,
)
from ..patience.contacts import next_working_day, working_days_after
from .dunning_case_line import CLOSED, DECLARED

ANSWERS_AN_HOUR = 5  # of a customer, whoever writes for him


class DunningCase(models.Model):
    _inherit = "dunning.case"

    answer_ids = fields.One2many("dunning.answer", "case_id", readonly=True)
    amount_declared = fields.Monetary(
        string="Said to Be Paid", readonly=True, help="Stands aside for some days, until the payment is found or not."
    )

    # === ANSWER === #

    def _take_answer(self, said, upload=None, author=None):
        """Keep what the customer says on his page, and follow it as far as the policy goes.

        :param said: :class:`..answers.form.Answer`
        :param upload: a pair of a name and bytes
        :param author: the ``res.partner`` who said it, where that is known
        :return: the ``dunning.answer``
        :raise UserError: in words for the customer, in the language of the environment
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("Your account is being worked on at this moment: please try again in a minute."))
        self._resync()
        lines = self._get_answered_lines(said)
        self._check_answer(said, lines, upload)
        case = self.with_context(lang=self._get_responsible().lang)  # from here on his colleagues read it
        answer = case.env["dunning.answer"].create(case._prepare_answer_vals(said, lines, author))
        if upload:
            answer.attachment_id = case._keep_upload(*upload)
        case._log_answer(answer)
        {PAID: case._follow_payment, DISPUTE: case._follow_dispute, PROMISE: case._follow_promise}[said.kind](answer)
        case._resync()
        return answer

    def _get_answered_lines(self, said):
        """The instalments it is about: those that were chosen, and for a promise all that is overdue."""
        lines = self.line_ids.filtered(lambda line: line.state != CLOSED)
        if said.kind == PROMISE:
            return lines.filtered(lambda line: line.state == "active")
        return lines.filtered(lambda line: line.move_line_id.id in said.items)

    def _check_answer(self, said, lines, upload):
        if problem := said.problem or self._find_problem(said, lines):
            raise UserError(self._get_problem_words()[problem])
        if upload and (len(upload[1]) > MOST_BYTES or guess_mimetype(upload[1]) not in FILE_TYPES):
            raise UserError(self.env._("The file has to be a PDF or a picture (PNG, JPEG) of 5 MB at most."))
        if self._count_answers() >= ANSWERS_AN_HOUR:
            raise UserError(
                self.env._("We have several answers of yours already. Please wait an hour before you send another.")
            )

    def _find_problem(self, said, lines):
        """What is wrong with an answer as the books stand now."""
        if said.kind != PROMISE and len(lines) != len(said.items):
            return NO_ITEMS  # paid in the meantime, or never his
        most = self._get_answered_amount(said, lines)
        if self.state == CLOSED or self.currency_id.is_zero(most):
            return NOTHING_LEFT
        is_more = said.amount is not None and self.currency_id.compare_amounts(float(said.amount), most) > 0
        return TOO_MUCH if is_more else None

    def _get_problem_words(self):
        _ = self.env._
        return {
            NO_ITEMS: _("Choose invoices that are still open in the list."),
            NOTHING_LEFT: _("Nothing of it is left to pay. Thank you."),
            NO_DATE: _("Enter the date."),
            WRONG_DATE: _("This date can't be right: a payment was made today or before, a promise is for later."),
            WRONG_AMOUNT: _("Enter the amount as a number, or leave it empty for all that is chosen."),
            TOO_MUCH: _("The amount is more than what is open."),
            NO_REASON: _("Choose the reason."),
        }

    def _count_answers(self):
        """How often the customer has answered in the last hour, in whatever currency."""
        customer = [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id)]
        since = fields.Datetime.now() - timedelta(hours=1)
        return self.env["dunning.answer"].search_count([*customer, ("said_on", ">", since)])

    def _get_answered_amount(self, said, lines):
        """What there is to pay of that which an answer is about."""
        return self.amount_net if said.kind == PROMISE else self.currency_id.round(sum(lines.mapped("amount_residual")))

    def _prepare_answer_vals(self, said, lines, author):
        """Values of the answer; where no amount was said, it is what there is to pay."""
        amount = self._get_answered_amount(said, lines) if said.amount is None else float(said.amount)
        return {
            "case_id": self.id,
            "author_id": author.id if author else False,
            "kind": said.kind,
            "line_ids": [fields.Command.set(lines.ids)],
            "amount": self.currency_id.round(amount),
            "date": said.day,
            "way": said.way or False,
            "reference": said.reference or False,
            "reason": said.reason or False,
            "text": said.text or False,
        }

    def _keep_upload(self, name, content):
        """The customer's file, with the papers of the case."""
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": guess_mimetype(content),
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _log_answer(self, answer):
        """The history of the case shows it as the customer's words; nobody is written to."""
        self.message_post(
            body=answer._describe(),
            author_id=(answer.author_id or self.contact_id or self.partner_id).id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachment_ids=answer.attachment_id.ids,
        )

    # === EFFECT === #

    def _is_open_to_answers(self):
        """Whether an answer may take effect by itself: not where a court or an insolvency has the word."""
        return self.state in ("open", "paused")

    def _ask_person(self, summary, note=None):
        """Have who is responsible look at an answer on the next working day."""
        day = next_working_day(fields.Date.context_today(self))
        self._remind_responsible(
            "mail.mail_activity_data_todo", summary, note=plaintext2html(note or ""), date_deadline=day
        )

    def _follow_payment(self, answer):
        """The instalments stand aside for some days, each once in its life, while a person looks for the payment."""
        days = self.policy_id.declared_days
        if days and self._is_open_to_answers() and (lines := self._get_never_declared(answer)):
            lines.state = DECLARED
            answer.paused_until = working_days_after(fields.Date.context_today(self), days)
        self._ask_person(self.env._("Look for this payment: %(amount)s", amount=self.currency_id.format(answer.amount)))

    def _get_never_declared(self, answer):
        """The pursued instalments of an answer that have not stood aside for a declared payment before."""
        items = answer.line_ids.move_line_id
        before = self.env["dunning.answer"].search(
            [("kind", "=", PAID), ("paused_until", "!=", False), ("line_ids.move_line_id", "in", items.ids)]
        )
        spent = before.line_ids.move_line_id
        return answer._get_pursued_lines().filtered(lambda line: line.move_line_id not in spent)

    def _follow_dispute(self, answer):
        """What was never rejected stands aside until a person has decided; the rest is for a person at once."""
        rejected = self.env["dunning.dispute"].search(
            [("line_id.move_line_id", "in", answer.line_ids.move_line_id.ids), ("outcome", "=", "rejected")]
        )
        spent = rejected.line_id.move_line_id
        lines = answer.line_ids.filtered(lambda line: line.state != "disputed" and line.move_line_id not in spent)
        if lines and self.policy_id.has_portal_disputes and self._is_open_to_answers():
            lines.state = "active"
            answer._dispute(lines)
        if lines == answer.line_ids and set(lines.mapped("state")) == {"disputed"}:
            answer.state = "taken"
        else:
            names = ", ".join(answer.line_ids.mapped("display_name"))
            self._ask_person(self.env._("The customer objects to %(invoices)s", invoices=names), note=answer.text)

    def _follow_promise(self, answer):
        """A promise of all that is overdue, soon and for the first time, is accepted; any other is for a person."""
        if self._accepts_promise(answer):
            answer._promise()
            answer.state = "taken"
            return
        self._ask_person(
            self.env._("The customer would pay %(amount)s: answer him", amount=self.currency_id.format(answer.amount)),
            note=answer.text,
        )

    def _accepts_promise(self, answer):
        last = fields.Date.context_today(self) + timedelta(days=self.policy_id.promise_days)
        return (
            self._is_open_to_answers()
            and bool(self.policy_id.promise_days)
            and answer.date <= last
            and self.currency_id.compare_amounts(answer.amount, self.amount_net) == 0
            and not self.promise_ids.filtered(lambda promise: promise.state != "kept")
        )

    # === SCAN === #

    @api.model
    def _judge(self, overdue, credit, by_key):
        # OVERRIDE: what was said to be paid is settled, or pursued again when its days are over.
        self.env["dunning.answer"]._settle(self.browse(case.id for case in by_key.values()), overdue)
        return super()._judge(overdue, credit, by_key)

    def _move_into(self, other):
        # OVERRIDE: what waits goes over with its instalments, which would stand aside for ever.
        self.answer_ids.filtered(lambda answer: answer.state == "open").write({"case_id": other.id})
        return super()._move_into(other)

    def _close(self, reason):
        # OVERRIDE: there is nothing left to look for.
        open_answers = self.answer_ids.filtered(lambda answer: answer.state == "open")
        open_answers.state = "settled"
        return super()._close(reason)
