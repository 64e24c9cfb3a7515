"""How an answer is taken down, and what follows from it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError

PUBLICATION, TESTIMONIAL = "publication", "testimonial"  # codes of purposes


@dataclass(frozen=True, slots=True)
class Question:
    """What a customer is asked about: records of each kind, empty where there is none."""

    kind: str
    key: str
    person: Any
    partner: Any
    company: Any
    order: Any
    touch: Any


class LifecycleFeedback(models.Model):
    _inherit = "lifecycle.feedback"

    # === TAKING IT DOWN === #

    @api.model
    def _find_answer(self, question):
        """What was answered to a question; empty where nothing was."""
        return self.search([("company_id", "=", question.company.id), ("key", "=", question.key)])

    @api.model
    def _take_answer(self, question, answer):
        """Take down what a customer says; a second time corrects it, for as long as the company allows.

        :param Question question: what it is about
        :param answer: a ``plays.answer.Answer``
        :return: the ``lifecycle.feedback``
        """
        feedback = self.sudo()._find_answer(question)  # a customer has no rights on it
        if not feedback:
            feedback = self.sudo()._create_answer(question, answer)  # likewise
        elif feedback._is_correctable():
            feedback._correct(question, answer)
        else:
            raise UserError(self.env._("Your answer can't be changed any more. Please write to us instead."))
        feedback._follow_up(answer)
        return feedback

    def _create_answer(self, question, answer):
        """A new answer; where it came twice at the same time the second is told to look again."""
        values = {
            **self._prepare_said(answer),
            "kind": question.kind,
            "key": question.key,
            "partner_id": question.partner.id,
            "contact_id": question.person.id,
            "company_id": question.company.id,
            "order_id": question.order.id,
            "touch_id": question.touch.id,
            "user_id": (question.order.user_id or question.partner.user_id).id,
            "carrier": question.order._get_lifecycle_courier() if question.order else False,
            "answered_on": fields.Datetime.now(),
        }
        try:
            with self.env.cr.savepoint():
                return self.create(values)
        except UniqueViolation as error:
            raise ConcurrencyError from error

    def _correct(self, question, answer):
        """Another answer in its place; a colleague's words are his, and no consent of the first one covers them."""
        values = {**self._prepare_said(answer), "corrected_on": fields.Datetime.now()}
        if question.person != self.contact_id:
            values |= {"contact_id": question.person.id, "may_publish": False, "may_ask": False, "approved_on": False}
        self.write(values)

    @api.model
    def _prepare_said(self, answer):
        return {
            "score": answer.score,
            "packaging_score": answer.packaging,
            "carrier_score": answer.courier,
            "good": answer.good,
            "better": answer.better,
        }

    def _is_correctable(self):
        self.ensure_one()
        return fields.Datetime.now() <= self._get_correctable_until()

    def _get_correctable_until(self):
        return self.answered_on + timedelta(self.company_id.lifecycle_feedback_days)

    # === WHAT FOLLOWS === #

    def _follow_up(self, answer):
        """What follows from an answer: a hook."""
        self._rate()
        self._keep_consents(answer)
        if self.score <= self.company_id.lifecycle_low_score:
            self._complain()
        self.env["lifecycle.mark"]._add(self.partner_id, self.company_id, "answer")

    def _rate(self):
        """Fill Odoo's own rating of the order, which other apps read."""
        order = self.order_id
        if not order:
            return
        if not self.rating_id:
            token = order._rating_get_access_token(self.contact_id)
            self.rating_id = self.env["rating.rating"].search([("access_token", "=", token)], limit=1)
        words = "\n".join(filter(None, (self.good, self.better)))
        order.rating_apply(self.score, rating=self.rating_id, feedback=words, subtype_xmlid="mail.mt_note")

    def _keep_consents(self, answer):
        """Keep what he ticked, with its words, and what he took back; what he never gave is no refusal."""
        texts = self.company_id._get_lifecycle_consent_texts()
        for name, purpose, channel in (("may_publish", PUBLICATION, None), ("may_ask", TESTIMONIAL, "email")):
            said = getattr(answer, name)
            if said == self[name]:
                continue
            state = "granted" if said else "refused"
            self.env["lifecycle.consent"]._record(
                self.contact_id, purpose, state, "feedback", self.company_id, channel=channel, text=texts[name]
            )
            self[name] = said

    # === COMPLAINTS === #

    def _complain(self):
        """A low score is a complaint, with somebody who sees to it by a date; one for each answer."""
        if self.case_id:
            return
        owner = self._get_complaint_owner()
        speaking = self.with_context(lang=owner.lang or self.company_id.partner_id.lang)
        deadline = self.company_id._lifecycle_today() + timedelta(self.company_id.lifecycle_complaint_days)
        self.case_id = self.env["lifecycle.case"]._open_case(
            "complaint",
            self.partner_id,
            self.company_id,
            name=speaking._get_complaint_subject(),
            order_id=self.order_id.id,
            user_id=owner.id,
            deadline=deadline,
            description=self.env["ir.qweb"]._render("lifecycle_crm.feedback_complaint", {"feedback": speaking}),
        )
        if owner and not self.case_id.activity_ids:
            self.case_id.activity_schedule(
                "mail.mail_activity_data_todo", deadline, self.case_id.name, user_id=owner.id
            )

    def _get_complaint_owner(self):
        """Who sees to it: whoever sold it or looks after the customer, else whom the company names for it, else those
        who run the lifecycle; the first who can see the complaint: a hook.
        """
        company, play = self.company_id, self.touch_id.play_id
        named = (company.lifecycle_complaint_user_id, play.user_id, company.lifecycle_manager_id)
        managers = self.env.ref("lifecycle_crm.group_lifecycle_manager").all_user_ids
        return company._lifecycle_pick_owner(self.order_id.user_id, self.partner_id.user_id, *named, *managers)

    def _get_complaint_subject(self):
        if self.order_id:
            return self.env._("Score %(score)s of 5 for %(order)s", score=self.score, order=self.order_id.name)
        return self.env._("Score %(score)s of 5", score=self.score)
