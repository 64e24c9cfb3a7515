"""The facts of customers in SQL: one row each, from orders, credit notes, deliveries, leads and answers.

They are those of :func:`stages.facts.facts_of`, with what does not come from purchases beside.
"""

from datetime import timedelta

from odoo.tools import SQL

from ..stages.facts import EARLIEST


def purchases(company, zone, decimals, partners, last):
    """What each commercial partner bought and gave back: ``partner_id``, ``day``, ``cents``.

    Only purchases of days that can be: what is dated before computers, or later than the last day, tells nothing.
    That is asked of the columns themselves, so that PostgreSQL knows how many there are.

    :param int company: its id
    :param str zone: the company's time zone, in which a day begins and ends
    :param int decimals: of the company's currency
    :param SQL partners: the ids of commercial partners, NULL-free; None: everybody
    :param date last: the last day
    """
    return SQL(
        """
        SELECT contact.commercial_partner_id AS partner_id,
               (sale.date_order AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS day,
               ROUND(sale.amount_untaxed / COALESCE(NULLIF(sale.currency_rate, 0), 1) * %(factor)s)::bigint AS cents
          FROM sale_order sale
          JOIN res_partner contact ON contact.id = sale.partner_id
         WHERE sale.company_id = %(company)s AND sale.state = 'sale' %(among)s
           AND sale.date_order >= %(begin)s AND sale.date_order < %(end)s
     UNION ALL
        SELECT move.commercial_partner_id, move.invoice_date, ROUND(move.amount_untaxed_signed * %(factor)s)::bigint
          FROM account_move move
         WHERE move.company_id = %(company)s AND move.move_type = 'out_refund' AND move.state = 'posted'
           AND move.invoice_date BETWEEN %(first)s AND %(last)s
           AND move.commercial_partner_id IS NOT NULL %(among_moves)s
           AND NOT EXISTS (%(counted)s)
        """,
        zone=zone,
        factor=10**decimals,
        company=company,
        among=_among("contact.commercial_partner_id", partners),
        among_moves=_among("move.commercial_partner_id", partners),
        counted=_billed_return(),
        begin=_begin(EARLIEST, zone),
        end=_begin(last + timedelta(1), zone),
        first=EARLIEST,
        last=last,
    )


def _begin(day, zone):
    """The moment in UTC at which a day begins in a time zone."""
    return SQL("(%s::timestamp AT TIME ZONE %s AT TIME ZONE 'UTC')", day, zone)


def _billed_return():
    """An order of less than nothing that a credit note ``move`` bills: it has been counted itself."""
    return SQL(
        """
        SELECT FROM account_move_line item
          JOIN sale_order_line_invoice_rel billed ON billed.invoice_line_id = item.id
          JOIN sale_order_line line ON line.id = billed.order_line_id
          JOIN sale_order returned ON returned.id = line.order_id
         WHERE item.move_id = move.id AND returned.state = 'sale' AND returned.amount_untaxed < 0
        """
    )


def bought(today, with_recent):
    """The purchases by partner.

    :param bool with_recent: whether the single purchases of the last twelve months are wanted too
    """
    recent = SQL("FILTER (WHERE (day + interval '1 year')::date > %s)", today)
    arrays = SQL(
        "array_agg(day) %(recent)s AS recent_days, array_agg(cents) %(recent)s AS recent_cents,", recent=recent
    )
    return SQL(
        """
        SELECT partner_id, %(arrays)s
               COUNT(*) FILTER (WHERE cents > 0) AS order_count,
               COUNT(DISTINCT day) FILTER (WHERE cents > 0) AS order_day_count,
               MIN(day) FILTER (WHERE cents > 0) AS first_order_date,
               MAX(day) FILTER (WHERE cents > 0) AS last_order_date,
               SUM(cents)::bigint AS revenue_cents,
               COALESCE(SUM(cents) %(recent)s, 0)::bigint AS year_cents,
               COUNT(*) FILTER (WHERE cents < 0) AS return_count,
               COALESCE(-SUM(cents) FILTER (WHERE cents < 0), 0)::bigint AS return_cents
          FROM purchase
      GROUP BY partner_id
        """,
        arrays=arrays if with_recent else SQL(),
        recent=recent,
    )


def own_partners():
    """The companies of this database, the people who work in it, and whoever is not logged in: nobody's customers."""
    return SQL(
        """
        SELECT partner_id FROM res_company
     UNION
        SELECT partner_id FROM res_users WHERE share IS NOT TRUE
     UNION
        SELECT visitor.partner_id
          FROM res_users visitor
          JOIN res_groups_users_rel granted ON granted.uid = visitor.id
          JOIN ir_model_data known ON known.res_id = granted.gid AND known.model = 'res.groups'
         WHERE known.module = 'base' AND known.name = 'group_public'
        """
    )


def deliveries(company, partners):
    """Orders of which something is still to be delivered."""
    return SQL(
        """
        SELECT contact.commercial_partner_id AS partner_id, COUNT(*) AS open_delivery_count
          FROM sale_order sale
          JOIN res_partner contact ON contact.id = sale.partner_id
         WHERE sale.company_id = %s AND sale.state = 'sale'
           AND sale.delivery_status IN ('pending', 'started', 'partial') %s
      GROUP BY contact.commercial_partner_id
        """,
        company,
        _among("contact.commercial_partner_id", partners),
    )


def leads(company, zone, partners):
    """Leads and quotes that may still become an order, and the day of the first of them."""
    return SQL(
        """
        SELECT partner_id, COUNT(*) AS lead_count,
               MIN((moment AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date) AS first_lead_date
          FROM (
            SELECT contact.commercial_partner_id AS partner_id, lead.create_date AS moment
              FROM crm_lead lead
              JOIN res_partner contact ON contact.id = lead.partner_id
             WHERE COALESCE(lead.company_id, %(company)s) = %(company)s AND lead.active
               AND lead.won_status = 'pending' %(among)s
         UNION ALL
            SELECT contact.commercial_partner_id, sale.create_date
              FROM sale_order sale
              JOIN res_partner contact ON contact.id = sale.partner_id
             WHERE sale.company_id = %(company)s AND sale.state IN ('draft', 'sent') %(among)s
          ) prospect
      GROUP BY partner_id
        """,
        zone=zone,
        company=company,
        among=_among("contact.commercial_partner_id", partners),
    )


def answers(company, since, partners):
    """The mean of what customers answered, from 1 to 5: of orders in Odoo's ratings, of the relation in check-ups."""
    return SQL(
        """
        SELECT contact.commercial_partner_id AS partner_id, ROUND(AVG(said.score)::numeric, 2) AS satisfaction
          FROM (SELECT sale.partner_id, rating.rating AS score
                  FROM rating_rating rating
                  JOIN sale_order sale ON sale.id = rating.res_id AND rating.res_model = 'sale.order'
                 WHERE sale.company_id = %(company)s AND rating.consumed AND rating.rating >= 1
                   AND rating.rated_on >= %(since)s
             UNION ALL
                SELECT partner_id, score FROM lifecycle_feedback
                 WHERE company_id = %(company)s AND kind = 'check_up' AND answered_on >= %(since)s
               ) said
          JOIN res_partner contact ON contact.id = said.partner_id
         WHERE TRUE %(among)s
      GROUP BY contact.commercial_partner_id
        """,
        company=company,
        since=since,
        among=_among("contact.commercial_partner_id", partners),
    )


def gap(settings, prior):
    """The expected gap in whole days, from columns ``order_day_count``, ``first_order_date`` and ``last_order_date``.

    See :func:`stages.gap.expected_gap`: in whole numbers, rounded half up, within its bounds.
    """
    return SQL("LEAST(GREATEST(%s, %s), %s)::integer", unbounded_gap(settings, prior), settings.least, settings.most)


def unbounded_gap(settings, prior):
    """The same before the shortest and longest gap that are believed."""
    own_count = SQL("GREATEST(order_day_count - 1, 0)")
    own_days = SQL("COALESCE(last_order_date - first_order_date, 0)")
    above = SQL("(%s * %s + %s)::bigint", own_days, prior.count, settings.weight * prior.days)
    below = SQL("(%s * (%s + %s))::bigint", prior.count, own_count, settings.weight)
    return SQL(
        "CASE WHEN %(below)s = 0 THEN %(default)s ELSE (2 * %(above)s + %(below)s) / (2 * %(below)s) END",
        above=above,
        below=below,
        default=settings.default,
    )


def _among(name, partners):
    return SQL("AND %s IN (%s)", SQL(name), partners) if partners else SQL()
