"""What is known of those whom somebody would like to contact: a query a fact, however many they are."""

from collections import defaultdict
from datetime import datetime, timedelta

from odoo.fields import Domain
from odoo.tools import SQL

from ..gate.contact import EMAIL, PHONE, SMS

LOOK_BACK_DAYS = 366  # of contacts: as long as a window of the cap can be
PROFILING = "profiling"


class GateFacts:
    """The facts about a batch of requests.

    :param env: that may read them all
    :param requests: list of :class:`~.lifecycle_gate_request.GateRequest`, each with its address if there is one
    """

    def __init__(self, env, requests, company, now):
        self.env, self.requests, self.company, self.now = env, requests, company, now
        self.persons = env["res.partner"].browse({request.partner_id for request in requests}).with_company(company)
        self.persons.fetch(["commercial_partner_id", "email_normalized"])
        self.customer_by_person = {person.id: person.commercial_partner_id for person in self.persons}
        self.customers = self.persons.commercial_partner_id
        self.addresses = {request.address for request in requests if request.address}
        self._consents = self._find_consents()
        self._bought, self._informed, self._contract_ends, self._in_contract = self._find_orders()
        self._opted_out = self._find_opt_outs()
        self._blacklisted = self._find_blacklisted()
        self._registers = self._find_registers()
        self._contacts = self._find_contacts()
        self._complaining = self._find_complaints()
        self._debtors = {partner.id for partner in self.customers if partner.trust == "bad"}

    # === ANSWERS === #

    def consents_of(self, request):
        """The latest word of the person, or about the address, by purpose; words about another channel left out."""
        latest = {}
        for consent in (
            *self._consents["person", request.partner_id],
            *(self._consents["address", request.address] if request.address else ()),
        ):
            if consent.channel and consent.channel != request.channel:
                continue
            code = consent.purpose_id.code
            if code not in latest or (consent.moment, consent.id) > (latest[code].moment, latest[code].id):
                latest[code] = consent
        return latest

    def has_objected_to_profiling(self, request):
        """The person, or the customer whose profile it is."""
        customer = self.customer_by_person[request.partner_id].id
        words = [*self._consents["person", request.partner_id], *self._consents["person", customer]]
        said = max(
            (word for word in words if word.purpose_id.code == PROFILING),
            key=lambda word: (word.moment, word.id),
            default=None,
        )
        return bool(said) and said.state == "refused"

    def has_bought(self, request):
        return self._customer(request) in self._bought

    def was_informed(self, request):
        return self._customer(request) in self._informed

    def is_in_contract(self, request):
        return self._customer(request) in self._in_contract

    def contract_end_of(self, request):
        return self._contract_ends.get(self._customer(request))

    def has_opted_out(self, request):
        """Whether the address left the mailing list, and nobody has said since then that he wants it again."""
        left = self._opted_out.get((request.purpose, request.address))
        if not left:
            return False
        word = self.consents_of(request).get(request.purpose)
        return not (word and word.state == "granted" and word.moment > left)

    def is_blacklisted(self, request):
        return request.address in self._blacklisted

    def register_of(self, request):
        return self._registers.get(request.address)

    def contacts_of(self, request):
        return self._contacts[request.address] if request.address else []

    def add_contact(self, request, moment):
        """One more contact is fixed within the batch; service does not count."""
        if request.address and request.purpose not in self._uncounted:
            self._contacts[request.address].append(moment)

    def has_complaint(self, request):
        return self._customer(request) in self._complaining

    def is_debtor(self, request):
        return self._customer(request) in self._debtors

    def _customer(self, request):
        return self.customer_by_person[request.partner_id].id

    # === QUERIES === #

    def _find_consents(self):
        """All words of the persons and customers, and about the addresses, by whom or what they are about."""
        people = (self.persons | self.customers).ids
        about = Domain("partner_id", "in", people) | Domain("address", "in", list(self.addresses))
        found = defaultdict(list)
        for consent in self.env["lifecycle.consent"].search(about & Domain("company_id", "=", self.company.id)):
            found["person", consent.partner_id.id].append(consent)
            if consent.address:
                found["address", consent.address].append(consent)
        return found

    def _find_orders(self):
        """Who bought, who was told then that he may object, when the last contract ended, and whose is running."""
        self.env["sale.order"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT contact.commercial_partner_id, MAX(sale.date_order), MAX(sale.effective_date),
                       BOOL_OR(sale.delivery_status IN ('pending', 'started', 'partial'))
                  FROM sale_order sale
                  JOIN res_partner contact ON contact.id = sale.partner_id
                 WHERE sale.company_id = %s AND sale.state = 'sale' AND sale.amount_untaxed > 0
                   AND contact.commercial_partner_id = ANY(%s) AND sale.date_order <= %s
              GROUP BY contact.commercial_partner_id
                """,
                self.company.id,
                self.customers.ids,
                self.now,
            )
        )
        since = self.company.lifecycle_informed_date
        bought, informed, running, ends = set(), set(), set(), {}
        for customer, ordered, delivered, is_running in rows:
            bought.add(customer)
            local = self.company._lifecycle_local(ordered).date()
            if since and local >= since:
                informed.add(customer)
            if is_running:
                running.add(customer)
            ends[customer] = self.company._lifecycle_local(delivered or ordered).date()
        return bought, informed, ends, running

    def _find_opt_outs(self):
        """When an address last left the mailing lists of a purpose; where it names none, any list.

        :return: dict of moments by purpose and address
        """
        emails = [request.address for request in self.requests if request.channel == EMAIL and request.address]
        out = self.env["mailing.subscription"].search(
            [("opt_out", "=", True), ("contact_id.email_normalized", "in", emails)]
        )
        purposes = self.env["lifecycle.purpose"].search([("basis", "!=", "contract")])
        self._uncounted = set(self.env["lifecycle.purpose"].search([("basis", "=", "contract")]).mapped("code"))
        left = {}
        for subscription in out:
            for purpose in purposes:
                if not purpose.mailing_list_ids or subscription.list_id in purpose.mailing_list_ids:
                    key = (purpose.code, subscription.contact_id.email_normalized)
                    left[key] = max(left.get(key, datetime.min), subscription.opt_out_datetime or self.now)
        return left

    def _find_blacklisted(self):
        """Addresses on Odoo's exclusion lists, of e-mail and of phone numbers."""
        by_channel = defaultdict(list)
        for request in self.requests:
            if request.address:
                by_channel[EMAIL if request.channel == EMAIL else PHONE].append(request.address)
        emails = self.env["mail.blacklist"].search([("email", "in", by_channel[EMAIL])]).mapped("email")
        numbers = self.env["phone.blacklist"].search([("number", "in", by_channel[PHONE])]).mapped("number")
        return {*emails, *numbers}

    def _find_registers(self):
        """The last look into the public register, by phone number."""
        numbers = [request.address for request in self.requests if request.channel in (PHONE, SMS) and request.address]
        checks = self.env["lifecycle.register.check"].search([("number", "in", numbers)], order="date, id")
        return {check.number: check for check in checks}

    def _find_contacts(self):
        """When each address was written to or called, or will be, whoever it belongs to; service left out."""
        since = self.now - timedelta(LOOK_BACK_DAYS)
        self.env["lifecycle.touch"].flush_model()
        self.env["mailing.trace"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT touch.address,
                       CASE touch.state WHEN 'done' THEN touch.settled_on WHEN 'deferred' THEN touch.not_before
                                        ELSE touch.claimed_on END
                  FROM lifecycle_touch touch
                  JOIN lifecycle_purpose purpose ON purpose.id = touch.purpose_id
                 WHERE touch.company_id = %(company)s AND touch.address = ANY(%(addresses)s)
                   AND purpose.basis <> 'contract' AND touch.channel <> 'none'
                   AND (touch.state = 'done' AND touch.settled_on > %(since)s OR touch.state IN ('claimed', 'uncertain')
                        OR touch.state = 'deferred' AND touch.not_before > %(now)s)
             UNION ALL
                SELECT trace.email, trace.sent_datetime
                  FROM mailing_trace trace
                 WHERE trace.email = ANY(%(addresses)s) AND trace.sent_datetime > %(since)s
                """,
                company=self.company.id,
                addresses=list(self.addresses),
                since=since,
                now=self.now,
            )
        )
        found = defaultdict(list)
        for address, moment in rows:
            if moment:
                found[address].append(moment)
        return found

    def _find_complaints(self):
        """Customers with an open complaint."""
        is_open = Domain("kind", "=", "complaint") & Domain("is_closed", "=", False)
        about = Domain("partner_id", "in", self.customers.ids) & Domain("company_id", "=", self.company.id)
        return set(self.env["lifecycle.case"].search(is_open & about).partner_id.ids)
