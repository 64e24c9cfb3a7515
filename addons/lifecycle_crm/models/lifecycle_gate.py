"""May these contacts be made now? The facts of all of them in few queries, the answer by the pure :mod:`..gate`."""

from dataclasses import replace

from odoo import api, fields, models

from ..gate.contact import EMAIL, PHONE, SMS, Consent, Contact, Register
from ..gate.verdict import GO, LATER, judge
from .lifecycle_gate_facts import GateFacts
from .lifecycle_gate_words import words_of


class LifecycleGate(models.AbstractModel):
    """One gate for every contact, whatever play, channel or person wants to make it."""

    _name = "lifecycle.gate"
    _description = "Gate of Contacts"

    @api.model
    def _judge(self, requests, company, now=None):
        """The verdict on each contact. Those that may go count for the cap of those asked after them.

        :param requests: list of :class:`GateRequest`
        :param datetime now: in UTC; None: this moment
        :return: list of :class:`gate.verdict.Verdict` in the same order, its moments in UTC
        """
        now = now or fields.Datetime.now()
        local = self._get_local(company, now)
        policy = company.sudo()._get_lifecycle_policy()  # what a company allows itself is no secret
        known = GateFacts(self.sudo().env, self._with_addresses(requests), company, now)  # facts, not shown
        verdicts = []
        for request in known.requests:
            verdict = judge(self._get_contact(request, known, company), policy, local)
            if verdict.outcome in (GO, LATER):
                known.add_contact(request, company._lifecycle_utc(verdict.moment))
            verdicts.append(self._in_utc(verdict, company))
        return verdicts

    @api.model
    def _words(self, reasons):
        """The reasons of a verdict in sentences, in the reader's language.

        :param reasons: :class:`gate.verdict.Reason` objects, or the same as stored JSON
        """
        return words_of(self.env, reasons)

    # === FACTS === #

    @api.model
    def _get_local(self, company, moment):
        """A moment in UTC as the company's clocks show it; the gate reckons in one zone, and so without any."""
        return company._lifecycle_local(moment).replace(tzinfo=None)

    @api.model
    def _with_addresses(self, requests):
        """The requests with the addresses that their channels have for the persons."""
        ids = {request.partner_id for request in requests if not request.address}
        persons = {
            person.id: person for person in self.env["res.partner"].sudo().browse(ids)
        }  # whoever asks names them
        return [
            request if request.address else self._with_address(request, persons[request.partner_id])
            for request in requests
        ]

    @api.model
    def _with_address(self, request, person):
        address = person.email_normalized or None if request.channel == EMAIL else None
        if request.channel in (PHONE, SMS):
            address = person.phone_sanitized or None
        return request._replace(address=address)

    @api.model
    def _get_contact(self, request, known, company):
        """All that is known of who gets it."""
        return Contact(
            purpose=request.purpose,
            channel=request.channel,
            has_address=known.can_be_reached(request),
            is_promotional=request.is_promotional,
            is_profiled=request.is_profiled,
            profiling_objected=known.has_objected_to_profiling(request),
            consents={
                code: Consent(consent.state, self._get_local(company, consent.moment))
                for code, consent in known.consents_of(request).items()
            },
            has_bought=known.has_bought(request),
            was_informed=known.was_informed(request),
            opted_out=known.has_opted_out(request),
            is_blacklisted=known.is_blacklisted(request),
            relation_ended=known.relation_end_of(request),
            register=(check := known.register_of(request)) and Register(check.date, check.is_listed),
            in_contract=known.is_in_contract(request),
            contract_ended=known.contract_end_of(request),
            contacts=tuple(self._get_local(company, moment) for moment in known.contacts_of(request)),
            has_complaint=known.has_complaint(request),
            is_debtor=known.is_debtor(request),
        )

    @api.model
    def _in_utc(self, verdict, company):
        reasons = tuple(
            replace(reason, until=company._lifecycle_utc(reason.until)) if reason.until else reason
            for reason in verdict.reasons
        )
        moment = verdict.moment and company._lifecycle_utc(verdict.moment)
        return type(verdict)(verdict.outcome, moment, reasons)
