"""Invoices of what was delivered, and how they were paid: in time, late, in part, or not at all."""

import collections
from datetime import datetime, timedelta

from .story import OPENING

INVOICE_DAYS = 3  # after the order
UNINVOICED_DAYS = 9  # what was ordered since then is still to be invoiced
PARTS = {"adda": 0.4, "costa": 0.5}  # what was paid on the first of the open invoices


def tell(story):
    """The invoices, the oldest first so that their numbers are in the order of their dates; then the payments."""
    invoices = _invoice(story)
    _pay(story, invoices)


def _invoice(story):
    ready = [order for order, (ago, _customer) in story.orders.items() if ago > UNINVOICED_DAYS]
    orders = story.env["sale.order"].concat(*ready)
    invoices = orders._create_invoices(grouped=True)
    for invoice in invoices:
        ago, _customer = story.orders[invoice.line_ids.sale_line_ids.order_id[:1]]
        invoice.invoice_date = story.day(ago - INVOICE_DAYS)
    invoices = invoices.sorted(lambda invoice: (invoice.invoice_date, invoice.id))
    invoices.action_post()
    story.date_back({invoice: datetime.combine(invoice.invoice_date, OPENING) for invoice in invoices})
    return invoices


def _pay(story, invoices):
    """Register what each customer has paid, all payments of a day together."""
    customers = {story.partners[customer.key]: customer for _ago, customer in story.orders.values()}
    by_partner = invoices.grouped("partner_id")
    due = collections.defaultdict(invoices.browse)
    for partner, own in by_partner.items():
        customer = customers[partner]
        for invoice in own[: len(own) - customer.unpaid]:
            day = _get_payment_day(story, customer, invoice)
            if day <= story.today:
                due[day] |= invoice
    for day in sorted(due):
        _register(story, due[day], day)
    for key, part in PARTS.items():
        first = by_partner[story.partners[key]].filtered("amount_residual")[:1]
        day = min(first.invoice_date_due + timedelta(20), story.day(1))
        _register(story, first, day, first.amount_residual * part)


def _get_payment_day(story, customer, invoice):
    """The due date, and the days that the customer takes, a few more or less."""
    usual = customer.late
    return invoice.invoice_date_due + timedelta(usual + story.random.randint(-min(3, usual), 3 + usual // 5))


def _register(story, invoices, day, amount=None):
    """Payments by the dialog of the invoices; with an amount, of a part."""
    wizard = story.env["account.payment.register"].with_context(active_model="account.move", active_ids=invoices.ids)
    values = {"payment_date": day, "group_payment": False}
    if amount:
        values.update(amount=round(amount, 2), payment_difference_handling="open")
    wizard.create(values).action_create_payments()
