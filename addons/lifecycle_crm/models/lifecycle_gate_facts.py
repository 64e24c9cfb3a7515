"""What is known of those whom somebody would like to contact: a query a fact, however many they are."""

from collections import defaultdict
from datetime import datetime, timedelta

from odoo.fields import Domain
from odoo.tools import SQL

from ..gate.contact import EMAIL, PHONE, POST, SMS

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
        self.persons.fetch(["commercial_partner_id", "email_normalized", "street", "zip", "city"])
        self.customer_by_person = {person.id: person.commercial_partner_id for person in self.persons}
        self.customers = self.persons.commercial_partner_id
        self.addresses = {request.address for request in requests if request.address}
        self._consents = self._find_consents()
        self._bought, self._informed, self._contract_ends, self._in_contract = self._find_orders()
        self._opted_out = self._find_opt_outs()
        self._blacklisted = self._find_blacklisted()
        self._registers = self._find_registers()
        self._contacts, self._uncounted = self._find_contacts(), self._find_uncounted()
        self._complaining = self._find_complaints()
        self._ended, self._agreed_ends = self._find_ends()
        self._told = self._find_told()
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
        """The person, or the customer whose profile it is: neither speaks for the other."""
        about = (request, request._replace(partner_id=self._customer(request), address=None))
        words = [self.consents_of(each).get(PROFILING) for each in about]
        return any(word and word.state == "refused" for word in words)

    def has_bought(self, request):
        """Whether the customer has bought from the company."""
        return self._customer(request) in self._bought

    def was_informed(self, request):
        """By the order form since the company's date, or by a row that says with which text."""
        people = (request.partner_id, self._customer(request))
        told = any((person, request.purpose) in self._told for person in people)
        return told or self._customer(request) in self._informed

    def is_in_contract(self, request):
        """Whether goods are still to come, or an agreed end has not passed."""
        agreed = self._agreed_ends.get(self._customer(request))
        return self._customer(request) in self._in_contract or bool(agreed and agreed >= self._today)

    def contract_end_of(self, request):
        """The latest of what was delivered and what was agreed."""
        ends = (self._contract_ends.get(self._customer(request)), self._agreed_ends.get(self._customer(request)))
        return max(filter(None, ends), default=None)

    def relation_end_of(self, request):
        """The day on which the relation ended in words, None while it goes on."""
        return self._ended.get(self._customer(request))

    def can_be_reached(self, request):
        """Whether there is an address for the channel; letters go to the person's own."""
        if request.channel != POST:
            return bool(request.address)
        person = self.env["res.partner"].browse(request.partner_id)
        return bool(person.street and (person.zip or person.city))

    def has_opted_out(self, request):
        """Whether the address left the mailing list, and nobody has said since then that he wants it again."""
        left = self._opted_out.get((request.purpose, request.address))
        if not left:
            return False
        word = self.consents_of(request).get(request.purpose)
        return not (word and word.state == "granted" and word.moment > left)

    def is_blacklisted(self, request):
        """Whether the address is on a blacklist of Odoo."""
        return request.address in self._blacklisted

    def register_of(self, request):
        """The last look into the register of objections, None where nobody has looked."""
        return self._registers.get(self._target(request))

    def contacts_of(self, request):
        """The moments of contacts that count for the cap, those fixed within the batch included."""
        target = self._target(request)
        return self._contacts[target] if target else []

    def add_contact(self, request, moment):
        """One more contact is fixed within the batch; service does not count."""
        target = self._target(request)
        if target and request.purpose not in self._uncounted:
            self._contacts[target].append(moment)

    def has_complaint(self, request):
        """Whether a complaint of the customer is open."""
        return self._customer(request) in self._complaining

    def is_debtor(self, request):
        """Whether the customer is not to be trusted to pay."""
        return self._customer(request) in self._debtors

    @property
    def _today(self):
        return self.company._lifecycle_local(self.now).date()

    def _target(self, request):
        """What contacts and looks into the register are counted by: the address; for letters the person."""
        return (POST, request.partner_id) if request.channel == POST else request.address

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
                SELECT contact.commercial_partner_id, MAX(sale.date_order),
                       MAX(COALESCE(sale.effective_date, sale.date_order)),
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
        for customer, ordered, ended, is_running in rows:
            bought.add(customer)
            local = self.company._lifecycle_local(ordered).date()
            if since and local >= since:
                informed.add(customer)
            if is_running:
                running.add(customer)
            ends[customer] = self.company._lifecycle_local(ended).date()
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
        left = {}
        for subscription in out:
            for purpose in purposes:
                if not purpose.mailing_list_ids or subscription.list_id in purpose.mailing_list_ids:
                    key = (purpose.code, subscription.contact_id.email_normalized)
                    left[key] = max(left.get(key, datetime.min), subscription.opt_out_datetime or self.now)
        return left

    def _find_uncounted(self):
        """Codes of the purposes whose contacts do not count for the cap: service."""
        return set(self.env["lifecycle.purpose"].search([("basis", "=", "contract")]).mapped("code"))

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
        """The last look into the public register, by phone number; for letters by person."""
        numbers = [request.address for request in self.requests if request.channel in (PHONE, SMS) and request.address]
        people = [request.partner_id for request in self.requests if request.channel == POST]
        by_number = Domain("channel", "=", PHONE) & Domain("number", "in", numbers)
        by_person = Domain("channel", "=", POST) & Domain("partner_id", "in", people)
        checks = self.env["lifecycle.register.check"].search(by_number | by_person, order="date, id")
        return {(POST, check.partner_id.id) if check.channel == POST else check.number: check for check in checks}

    def _find_contacts(self):
        """When each address was written to or called, or will be, whoever it belongs to; service left out.

        Odoo's mailings belong to no company, so those of all companies count: an address gets at most too little.
        """
        self.env["lifecycle.touch"].flush_model()
        self.env["mailing.trace"].flush_model()
        since = self.now - timedelta(LOOK_BACK_DAYS)
        letters = [request.partner_id for request in self.requests if request.channel == POST]
        to_address = SQL("touch.address = ANY(%s) AND touch.channel <> 'post'", list(self.addresses))
        by_post = SQL(
            """touch.channel = 'post'
               AND (touch.contact_id = ANY(%(people)s)
                    OR touch.contact_id IS NULL AND touch.partner_id = ANY(%(people)s))
            """,
            people=letters,
        )
        traces = SQL(
            """
            SELECT trace.email, NULL::integer, trace.sent_datetime
              FROM mailing_trace trace
             WHERE trace.email = ANY(%s) AND trace.sent_datetime > %s
            """,
            list(self.addresses),
            since,
        )
        parts = [self._get_touches_sql(to_address, since), traces]
        if letters:
            parts.append(self._get_touches_sql(by_post, since))
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        found = defaultdict(list)
        for address, person, moment in rows:
            if moment:
                found[(POST, person) if person else address].append(moment)
        return found

    def _get_touches_sql(self, condition, since):
        """Address, for letters the person, and moment of contacts by plays."""
        return SQL(
            """
            SELECT touch.address,
                   CASE WHEN touch.channel = 'post' THEN COALESCE(touch.contact_id, touch.partner_id) END,
                   CASE touch.state WHEN 'claimed' THEN touch.claimed_on WHEN 'deferred' THEN touch.not_before
                                    ELSE touch.settled_on END
              FROM lifecycle_touch touch
              JOIN lifecycle_purpose purpose ON purpose.id = touch.purpose_id
             WHERE touch.company_id = %(company)s AND %(condition)s
               AND purpose.basis <> 'contract' AND touch.channel <> 'none'
               AND (touch.state IN ('done', 'uncertain') AND touch.settled_on > %(since)s OR touch.state = 'claimed'
                    OR touch.state = 'deferred' AND touch.not_before > %(now)s)
            """,
            company=self.company.id,
            condition=condition,
            since=since,
            now=self.now,
        )

    def _find_ends(self):
        """When relations ended in words, and until when contracts run that are more than an order: two dicts."""
        Status = self.env["lifecycle.status"]
        known = Status.search([("partner_id", "in", self.customers.ids), ("company_id", "=", self.company.id)])
        over = known.filtered(lambda status: status.is_over and status.end_date <= self._today)
        ended = {status.partner_id.id: status.end_date for status in over}
        return ended, Status._get_contract_ends(self.customers, self.company)

    def _find_told(self):
        """Pairs of person and purpose of those who were told that they may object, with proof."""
        people = (self.persons | self.customers).ids
        about = Domain("partner_id", "in", people) & Domain("company_id", "=", self.company.id)
        rows = self.env["lifecycle.information"].search(about & Domain("moment", "<=", self.now))
        return {(row.partner_id.id, row.purpose_id.code) for row in rows}

    def _find_complaints(self):
        """Customers with an open complaint."""
        is_open = Domain("kind", "=", "complaint") & Domain("is_closed", "=", False)
        about = Domain("partner_id", "in", self.customers.ids) & Domain("company_id", "=", self.company.id)
        return set(self.env["lifecycle.case"].search(is_open & about).partner_id.ids)
