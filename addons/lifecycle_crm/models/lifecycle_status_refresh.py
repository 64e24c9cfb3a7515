"""Where customers stand, worked out for all of them at once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..sql import facts
from ..sql.rules import Compiled

ANSWERS_COUNT_DAYS = 365
LOCK = 0x11FEC  # of the advisory lock of a company's refresh
MANY = 5000  # changes in one transaction after which what PostgreSQL knows of the tables misleads it
FACTS = (
    "order_count",
    "order_day_count",
    "first_order_date",
    "last_order_date",
    "revenue",
    "revenue_year",
    "return_count",
    "return_amount",
    "open_delivery_count",
    "satisfaction",
    "lead_count",
    "first_lead_date",
)
CONCLUSIONS = ("stage_id", "rule_id", "gap_days", "next_order_date", "next_change_date")


class LifecycleStatus(models.Model):
    _inherit = "lifecycle.status"

    # === HOOKS === #

    @api.model
    def _after_refresh(self, company, partners):
        """What follows for customers who were looked at; a hook.

        :param partners: commercial partners; None: all of the company
        """
        return

    # === REFRESH === #

    @api.model
    def _get(self, partner, company):
        """The status of a customer, made if there is none yet; empty where the company has no rules.

        :param partner: a contact or company: its commercial partner is meant
        """
        commercial = partner.commercial_partner_id
        about = [("partner_id", "=", commercial.id), ("company_id", "=", company.id)]
        status = self.sudo().search(about)  # the server keeps them
        if not status:
            self._refresh(company, commercial, everybody=True)
            status = self.sudo().search(about)  # as above
        return status.with_env(self.env)

    @api.model
    def _refresh(self, company, partners=None, everybody=False):
        """Bring statuses in line with what happened, in one statement; what has not changed is not written.

        Transitions are added with their cause and reason. Nothing happens while another worker does the same for the
        company: the marks are kept, so nothing is missed.

        :param partners: commercial partners to look at; None: all of the company
        :param bool everybody: give even those a status who never ordered nor asked
        :return: the new transitions; None where another worker is at it, or the company has no rules
        """
        rulebook = company.sudo().lifecycle_rulebook_id  # whoever triggers it need not know the rules
        if not rulebook or not self._lock_refresh(company):
            return None
        for model, names in company._get_lifecycle_sources().items():
            self.env[model].flush_model(names)
        self.flush_model()
        self.sudo()._fold_strays(company, partners)  # the server keeps them
        refresh = _Refresh(company.sudo(), rulebook, partners, everybody)
        self.env.cr.execute(SQL("SET LOCAL jit = off"))  # compiling so long a statement takes longer than running it
        moved = [transition for [transition] in self.env.execute_query(refresh.statement())]
        if len(moved) > MANY:
            self.env.cr.execute(SQL("ANALYZE lifecycle_status, lifecycle_transition"))
        self.invalidate_model()
        self.env["lifecycle.transition"].invalidate_model()
        self.sudo()._after_refresh(company, partners)  # as above
        return self.env["lifecycle.transition"].sudo().browse(moved)  # as above

    @api.model
    def _try(self, rulebook):
        """Whom a draft of rules would put elsewhere; nothing is written.

        :return: list of tuples of customer id, id of the stage now, id of the stage then, and the reason as data
        """
        for model, names in rulebook.company_id._get_lifecycle_sources().items():
            self.env[model].flush_model(names)
        self.flush_model()
        return self.env.execute_query(_Refresh(rulebook.company_id.sudo(), rulebook, None, False).trial())

    @api.model
    def _lock_refresh(self, company):
        [(is_locked,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, company.id))
        return is_locked


class _Refresh:
    """The statement of one refresh."""

    def __init__(self, company, rulebook, partners, everybody):
        self.company, self.rulebook = company, rulebook
        self.partners = SQL("SELECT unnest(%s)", partners.ids) if partners is not None else None
        self.everybody = everybody and partners is not None
        self.book, self.rules = rulebook._as_book(), rulebook._get_rules()
        self.compiled = Compiled(self.book)
        self.today = company._lifecycle_today()
        self.day = SQL("%s::date", self.today)
        self.now = fields.Datetime.now()
        self.prior = company._lifecycle_prior(self.book.gap)

    def statement(self):
        """Write what differs, add the transitions, and give their ids."""
        return SQL("%s, written AS (%s) %s", self._worked_out(), self._upsert(), self._transitions())

    def trial(self):
        """Customers whom these rules would put elsewhere: customer, stage now, stage then, and the reason for it."""
        return SQL(
            """
            %s SELECT fresh.partner_id, old.stage_id, fresh.stage_id, fresh.reason
                 FROM fresh
                 JOIN old ON old.partner_id = fresh.partner_id
                WHERE NOT fresh.is_unprofiled AND old.stage_id IS DISTINCT FROM fresh.stage_id
             ORDER BY old.stage_id, fresh.stage_id, fresh.revenue_year DESC, fresh.partner_id
            """,
            self._worked_out(),
        )

    def _worked_out(self):
        """Where everybody stands by now (``fresh``) and by the statuses (``old``)."""
        return SQL(
            """
            WITH purchase AS MATERIALIZED (%(purchases)s), bought AS (%(bought)s), delivery AS (%(deliveries)s),
                 prospect AS (%(leads)s), answer AS (%(answers)s), scope AS (%(scope)s),
                 said AS (SELECT partner_id, end_date FROM lifecycle_status WHERE company_id = %(company)s),
                 told AS (%(told)s), unprofiled AS MATERIALIZED (%(unprofiled)s),
                 fact AS MATERIALIZED (%(facts)s), decided AS MATERIALIZED (%(decided)s), fresh AS (%(fresh)s),
                 old AS (SELECT * FROM lifecycle_status WHERE company_id = %(company)s)
            """,
            purchases=facts.purchases(
                self.company.id,
                self.company.lifecycle_tz,
                self.company.currency_id.decimal_places,
                self.partners,
                self.today,
            ),
            bought=facts.bought(self.today, self.compiled.uses_year),
            deliveries=facts.deliveries(self.company.id, self.partners),
            leads=facts.leads(self.company.id, self.company.lifecycle_tz, self.partners),
            answers=facts.answers(self.company.id, self.now - timedelta(ANSWERS_COUNT_DAYS), self.partners),
            scope=self._scope(),
            told=self._told(),
            unprofiled=self._unprofiled(),
            facts=self._facts(),
            decided=self._decided(),
            fresh=self._fresh(),
            company=self.company.id,
        )

    # === WHO === #

    def _scope(self):
        """Commercial partners with an order, quote or lead, or a status already; no people of ours."""
        sources = ["purchase", "delivery", "prospect"]
        parts = [SQL("SELECT partner_id FROM %s", SQL.identifier(name)) for name in sources]
        known = SQL("SELECT partner_id FROM lifecycle_status WHERE company_id = %s", self.company.id)
        parts.append(SQL("%s AND partner_id IN (%s)", known, self.partners) if self.partners else known)
        if self.everybody:
            parts.append(self.partners)
        return SQL(
            """
            SELECT who.partner_id FROM (%s) who(partner_id)
             WHERE who.partner_id NOT IN (%s)
            """,
            SQL(" UNION ").join(parts),
            facts.own_partners(),
        )

    def _told(self):
        """Customers of whom people said why they are looked at."""
        return SQL(
            """
            SELECT partner_id, MIN(cause) AS cause
              FROM lifecycle_mark
             WHERE company_id = %s AND cause IN ('manual', 'merge')
          GROUP BY partner_id
            """,
            self.company.id,
        )

    def _unprofiled(self):
        """Customers whose last word on their profile was no (GDPR art. 21): contract facts are all that is kept."""
        return SQL(
            """
            SELECT DISTINCT ON (word.partner_id) word.partner_id, word.state = 'refused' AS is_refused
              FROM lifecycle_consent word
              JOIN lifecycle_purpose purpose ON purpose.id = word.purpose_id AND purpose.code = 'profiling'
             WHERE word.company_id = %s
          ORDER BY word.partner_id, word.moment DESC, word.id DESC
            """,
            self.company.id,
        )

    # === WHAT IS KNOWN === #

    def _facts(self):
        factor = 10**self.company.currency_id.decimal_places
        return SQL(
            """
            SELECT *, %(gap)s AS gap_days
              FROM (
                SELECT scope.partner_id, COALESCE(order_count, 0) AS order_count,
                       COALESCE(order_day_count, 0) AS order_day_count, first_order_date, last_order_date,
                       COALESCE(revenue_cents, 0) AS revenue_cents,
                       COALESCE(revenue_cents, 0) / %(factor)s::numeric AS revenue,
                       COALESCE(year_cents, 0) / %(factor)s::numeric AS revenue_year,
                       COALESCE(return_count, 0) AS return_count, COALESCE(return_cents, 0) AS return_cents,
                       COALESCE(return_cents, 0) / %(factor)s::numeric AS return_amount,
                       COALESCE(open_delivery_count, 0) AS open_delivery_count, satisfaction,
                       COALESCE(lead_count, 0) AS lead_count, first_lead_date, said.end_date %(recent)s
                  FROM scope
             LEFT JOIN bought USING (partner_id)
             LEFT JOIN delivery USING (partner_id)
             LEFT JOIN prospect USING (partner_id)
             LEFT JOIN answer USING (partner_id)
             LEFT JOIN said USING (partner_id)
              ) known
            """,
            gap=facts.gap(self.book.gap, self.prior),
            factor=factor,
            recent=SQL(", recent_days, recent_cents") if self.compiled.uses_year else SQL(),
        )

    # === WHAT FOLLOWS === #

    def _decided(self):
        return SQL("SELECT fact.*, %s AS rule_place FROM fact", self.compiled.rule(self.day))

    def _fresh(self):
        """What is known and what follows from it; nothing is concluded about a customer who does not want it."""
        stage_place = SQL("(%s::int[])[rule_place + 1]", self.compiled.stage_places())
        conclusions = {
            "stage_id": SQL("(%s::int[])[rule_place + 1]", [rule.stage_id.id for rule in self.rules]),
            "rule_id": SQL("(%s::int[])[rule_place + 1]", self.rules.ids),
            "gap_days": SQL("gap_days"),
            "next_order_date": SQL("last_order_date + gap_days"),
            "next_change_date": self.compiled.next_change(self.day, stage_place),
            "reason": self._reason(),
        }
        columns = (
            SQL("CASE WHEN unprofiled.is_refused THEN NULL ELSE %s END AS %s", value, SQL.identifier(name))
            for name, value in conclusions.items()
        )
        return SQL(
            """
            SELECT fact.partner_id, %s, %s, COALESCE(unprofiled.is_refused, FALSE) AS is_unprofiled
              FROM decided fact
         LEFT JOIN unprofiled ON unprofiled.partner_id = fact.partner_id
            """,
            SQL(", ").join(SQL.identifier("fact", name) for name in FACTS),
            SQL(", ").join(columns),
        )

    def _reason(self):
        """The same as :meth:`stages.decide.Decision.reason`."""
        gap = self.book.gap
        own_count, own_days = (
            SQL("GREATEST(order_day_count - 1, 0)"),
            SQL("COALESCE(last_order_date - first_order_date, 0)"),
        )
        prior = self.prior.mean
        wanted = facts.unbounded_gap(gap, self.prior)
        return SQL(
            """
            jsonb_build_object(
                'rule', (%(codes)s::text[])[rule_place + 1],
                'gap', jsonb_build_object(
                    'days', gap_days, 'own_days', %(own_days)s, 'own_count', %(own_count)s,
                    'prior', %(prior)s::jsonb, 'weight', %(weight)s,
                    'bound', CASE WHEN %(wanted)s < %(least)s THEN 'floor' WHEN %(wanted)s > %(most)s THEN 'ceiling' END
                ),
                'conditions', %(conditions)s
            )
            """,
            codes=[rule.code for rule in self.book.rules],
            own_days=own_days,
            own_count=own_count,
            prior=str(round(float(prior), 2)),
            weight=gap.weight,
            wanted=wanted,
            least=gap.least,
            most=gap.most,
            conditions=self.compiled.findings(SQL("rule_place"), self.day),
        )

    # === WHAT IS WRITTEN === #

    def _upsert(self):
        """One row a customer, written, and so locked, only where something differs.

        The reason tells the numbers of the day on which anything else changed: those of silence grow by themselves.
        """
        names = [*FACTS, *CONCLUSIONS]
        columns, new, found, kept = (
            SQL(", ").join(SQL.identifier(*table, name) for name in names)
            for table in ((), ("excluded",), ("fresh",), ("old",))
        )
        return SQL(
            """
            INSERT INTO lifecycle_status (partner_id, company_id, stage_since, reason, %(columns)s)
            SELECT fresh.partner_id, %(company)s, %(now)s, fresh.reason, %(found)s
              FROM fresh
         LEFT JOIN old ON old.partner_id = fresh.partner_id
             WHERE old.id IS NULL OR (%(kept)s) IS DISTINCT FROM (%(found)s)
                ON CONFLICT (partner_id, company_id) DO UPDATE
               SET (%(columns)s) = ROW(%(new)s), reason = excluded.reason,
                   stage_since = CASE WHEN lifecycle_status.stage_id IS DISTINCT FROM excluded.stage_id
                                      THEN %(now)s ELSE lifecycle_status.stage_since END
         RETURNING partner_id, company_id, stage_id, reason, order_count, return_count, lead_count, first_lead_date,
                   satisfaction
            """,
            columns=columns,
            company=self.company.id,
            now=self.now,
            found=found,
            kept=kept,
            new=new,
        )

    def _transitions(self):
        return SQL(
            """
            INSERT INTO lifecycle_transition (partner_id, company_id, from_stage_id, to_stage_id, moment, days_before,
                                              cause, reason)
            SELECT written.partner_id, written.company_id, old.stage_id, written.stage_id, %(now)s,
                   EXTRACT(day FROM %(now)s - old.stage_since)::integer, %(cause)s, written.reason
              FROM written
         LEFT JOIN old ON old.partner_id = written.partner_id
         LEFT JOIN told ON told.partner_id = written.partner_id
             WHERE written.stage_id IS NOT NULL AND old.stage_id IS DISTINCT FROM written.stage_id
         RETURNING id
            """,
            now=SQL("%s::timestamp", self.now),
            cause=self._cause(),
        )

    def _cause(self):
        """What changed beside the stage; where nothing did, it was silence."""
        return SQL(
            """
            COALESCE(told.cause, CASE
                WHEN old.stage_id IS NULL THEN 'first'
                WHEN written.order_count > old.order_count THEN 'order'
                WHEN written.order_count < old.order_count THEN 'cancellation'
                WHEN written.return_count > old.return_count THEN 'return'
                WHEN (written.lead_count, written.first_lead_date)
                     IS DISTINCT FROM (old.lead_count, old.first_lead_date) THEN 'lead'
                WHEN written.satisfaction IS DISTINCT FROM old.satisfaction THEN 'answer'
                WHEN old.rule_id <> ALL(%(rules)s) THEN 'rule_change'
                ELSE 'silence' END)
            """,
            rules=self.rules.ids,
        )
