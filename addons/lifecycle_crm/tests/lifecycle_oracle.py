"""Where customers must stand by the plain rules, from what is in the database: what the SQL is held against."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from odoo import fields

from ..models.lifecycle_status_refresh import ANSWERS_COUNT_DAYS
from ..stages.decide import decide
from ..stages.facts import facts_of


def expected(company, partner):
    """The decision about a commercial partner as of the company's day.

    :return: a pair of :class:`stages.decide.Decision` and :class:`stages.facts.Facts`
    """
    facts, book = find_facts(company, partner), company.lifecycle_rulebook_id._as_book()
    return decide(book, facts, company._lifecycle_today(), company._lifecycle_prior(book.gap)), facts


def find_facts(company, partner):
    """What is known of a commercial partner as of the company's day, one record after the other."""
    env, today = company.env, company._lifecycle_today()
    contacts = env["res.partner"].with_context(active_test=False).search([("commercial_partner_id", "=", partner.id)])
    orders = env["sale.order"].search([("partner_id", "in", contacts.ids), ("company_id", "=", company.id)])
    sold = orders.filtered(lambda order: order.state == "sale")
    refunds = env["account.move"].search(
        [
            ("commercial_partner_id", "=", partner.id),
            ("company_id", "=", company.id),
            ("move_type", "=", "out_refund"),
            ("state", "=", "posted"),
        ]
    )
    purchases = [_purchase(company, order) for order in sold]
    refunds = refunds.filtered(lambda refund: not _is_billed_return(refund))
    purchases += [(refund.invoice_date, round(refund.amount_untaxed_signed * 100)) for refund in refunds]
    quotes = orders.filtered(lambda order: order.state in ("draft", "sent"))
    leads = env["crm.lead"].search(
        [("partner_id", "in", contacts.ids), ("won_status", "=", "pending"), ("company_id", "in", (False, company.id))]
    )
    asked = [company._lifecycle_local(record.create_date).date() for record in (*quotes, *leads)]
    status = env["lifecycle.status"].search([("partner_id", "=", partner.id), ("company_id", "=", company.id)])
    return facts_of(
        purchases,
        today,
        deliveries_open=len(sold.filtered(lambda order: order.delivery_status in ("pending", "started", "partial"))),
        satisfaction=_satisfaction(orders, contacts, company),
        leads_open=len(asked),
        first_lead=min(asked, default=None),
        ended=status.end_date or None,
    )


FIELDS = {
    "orders": "order_count",
    "order_days": "order_day_count",
    "first_order": "first_order_date",
    "last_order": "last_order_date",
    "revenue": "revenue",
    "returns": "return_count",
    "returns_value": "return_amount",
    "deliveries_open": "open_delivery_count",
    "leads_open": "lead_count",
    "first_lead": "first_lead_date",
}
MONEY = ("revenue", "returns_value")


def told_by(status):
    """The facts that a status tells, money in cents."""
    told = {name: status[field] or None if "date" in field else status[field] for name, field in FIELDS.items()}
    return {name: round(value * 100) if name in MONEY else value for name, value in told.items()}


def known_by(facts):
    """The same of the facts themselves."""
    return {name: getattr(facts, name) for name in FIELDS}


def _purchase(company, order):
    worth = Decimal(str(order.amount_untaxed)) / Decimal(str(order.currency_rate or 1))
    day = company._lifecycle_local(order.date_order).date()
    return day, int((worth * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _is_billed_return(refund):
    orders = refund.invoice_line_ids.sale_line_ids.order_id
    return any(order.state == "sale" and order.amount_untaxed < 0 for order in orders)


def _satisfaction(orders, contacts, company):
    since = fields.Datetime.now() - timedelta(ANSWERS_COUNT_DAYS)
    ratings = orders.env["rating.rating"].search(
        [
            ("res_model", "=", "sale.order"),
            ("res_id", "in", orders.ids),
            ("consumed", "=", True),
            ("rating", ">=", 1),
            ("rated_on", ">=", since),
        ]
    )
    check_ups = orders.env["lifecycle.feedback"].search(
        [
            ("kind", "=", "check_up"),
            ("partner_id", "in", contacts.ids),
            ("company_id", "=", company.id),
            ("answered_on", ">=", since),
        ]
    )
    scores = [Decimal(str(score)) for score in (*ratings.mapped("rating"), *check_ups.mapped("score"))]
    return (sum(scores) / len(scores)).quantize(Decimal("0.01"), ROUND_HALF_UP) if scores else None
