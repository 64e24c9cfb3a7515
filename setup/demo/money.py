"""Invoices of what was delivered, and how they were paid: in time, late, in part, or not at all."""

from datetime import datetime, timedelta

from .story import OPENING

INVOICE_DAYS = 3  # after the order
UNINVOICED_DAYS = 9  # what was ordered since then is still to be invoiced
PARTS = {"adda": 0.4, "costa": 0.5}  # what was paid on the first of the open invoices
PART_DAYS = 20  # after its due date


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
    """What each customer has paid, each invoice by a payment of its own; of two, a part of the first open one."""
    customers = {story.partners[customer.key]: customer for _ago, customer in story.orders.values()}
    by_partner = invoices.grouped("partner_id")
    paid = {}
    for partner, own in by_partner.items():
        customer = customers[partner]
        for invoice in own[: len(own) - customer.unpaid]:
            day = _get_payment_day(story, customer, invoice)
            if day <= story.today:
                paid[invoice] = (day, invoice.amount_residual)
    for key, part in PARTS.items():
        partner = story.partners[key]
        first = by_partner[partner][-customers[partner].unpaid]
        day = min(first.invoice_date_due + timedelta(PART_DAYS), story.day(1))
        paid[first] = (day, round(first.amount_residual * part, 2))
    _register(story, dict(sorted(paid.items(), key=lambda pair: (pair[1][0], pair[0].id))))


def _get_payment_day(story, customer, invoice):
    """The due date, and the days that the customer takes, a few more or less."""
    usual = customer.late
    return invoice.invoice_date_due + timedelta(usual + story.random.randint(-min(3, usual), 3 + usual // 5))


def _register(story, paid):
    """Payments, entered and reconciled with their invoices all at once.

    :param dict paid: day and amount by invoice, in the order of the days
    """
    payments = story.env["account.payment"].create(
        [
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": invoice.partner_id.id,
                "amount": amount,
                "date": day,
                "memo": invoice.name,
            }
            for invoice, (day, amount) in paid.items()
        ]
    )
    payments.action_post()
    plan = [
        (invoice.line_ids | payment.move_id.line_ids).filtered(_is_receivable)
        for invoice, payment in zip(paid, payments, strict=True)
    ]
    story.env["account.move.line"]._reconcile_plan(plan)


def _is_receivable(line):
    return line.account_id.account_type == "asset_receivable"
