"""Two years of orders, confirmed, delivered and some of them only in part."""

import collections
import contextlib
from datetime import timedelta

from odoo.fields import Command

from . import goods
from .customers import CUSTOMERS

LINES = (2, 4)  # of an order, at least and at most
PIECES = {"restaurant": (6, 30), "shop": (6, 24), "wholesaler": (24, 96), "public": (20, 60), "foreign": (12, 36)}
PIECES_OF_PERSON = (1, 4)
KILOS = {"restaurant": (5, 25), "shop": (3, 12), "wholesaler": (20, 80), "public": (20, 50), "foreign": (6, 18)}
KILOS_OF_PERSON = (1, 2)
DEAR = 20  # from this price on, fewer are bought
QUINTALS = ("Farine", "Riso e cereali")  # wholesalers order these by the quintal
DELIVERY_DAYS = 2
UNDELIVERED_DAYS = 4  # what was ordered since then waits in the warehouse
AT_ONCE = 40  # orders confirmed, or deliveries validated
PARTLY = 29  # every so many deliveries one is incomplete, and the rest follows


def tell(story):
    """Orders with their stock and deliveries, the oldest first."""
    plan = _plan(story)
    orders = story.env["sale.order"].create([_prepare_vals(story, ago, customer) for ago, customer in plan])
    story.orders = dict(zip(orders, plan, strict=True))
    goods.stock(story, _get_needed(orders))
    with _reserving_by_hand(story):  # twice the work for what is delivered at once
        for batch in _batches(orders):
            batch.action_confirm()
    moments = {order: _get_moment(story, ago) for order, (ago, _customer) in story.orders.items()}
    for name in ("create_date", "date_order"):
        story.date_back(moments, name)
    _deliver(story, orders)


@contextlib.contextmanager
def _reserving_by_hand(story):
    """Deliveries that reserve nothing when they are made, as their type can be set."""
    warehouse = story.env["stock.warehouse"].search([("company_id", "=", story.company.id)], limit=1)
    warehouse.out_type_id.reservation_method = "manual"
    yield
    warehouse.out_type_id.reservation_method = "at_confirm"


def _plan(story):
    """Pairs of days ago and customer, the oldest first; a smaller story leaves out orders at random."""
    plan = [(ago, customer) for customer in CUSTOMERS for ago in _get_days(story, customer)]
    return sorted(plan, key=lambda pair: (-pair[0], pair[1].key))


def _get_days(story, customer):
    """The days ago of a customer's orders: his rhythm, a little uneven; the first and the last as they are said."""
    if not customer.rhythm:
        return []
    first, last, gap = customer.rhythm
    days = [first]
    while days[-1] - last > gap * 1.5:
        days.append(days[-1] - max(2, round(gap * story.random.uniform(0.8, 1.2))))
    if first != last:
        days.append(last)
    between = [day for day in days[1:-1] if story.scale >= 1 or story.random.random() < story.scale]
    return sorted({days[0], *between, *days[-3:]}, reverse=True)


def _prepare_vals(story, ago, customer):
    codes = [code for code, product in story.goods.items() if product.categ_id.name in customer.basket]
    chosen = story.random.sample(codes, min(len(codes), story.random.randint(*LINES)))
    return {
        "partner_id": story.partners[customer.key].id,
        "user_id": story.users[customer.seller].id,
        "date_order": _get_moment(story, ago),
        "reply_requested_on": False,  # he ordered: nobody waited for a quote
        "order_line": [Command.create(_prepare_line_vals(story, customer, code)) for code in chosen],
    }


def _prepare_line_vals(story, customer, code):
    product = story.goods[code]
    by_weight = product.uom_id == story.env.ref("uom.product_uom_kgm")
    table, of_person = (KILOS, KILOS_OF_PERSON) if by_weight else (PIECES, PIECES_OF_PERSON)
    quantity = story.random.randint(*table.get(customer.kind, of_person)) * customer.size
    if product.list_price > DEAR:
        quantity /= 3
    values = {"product_id": product.id, "product_uom_qty": max(1, round(quantity))}
    if by_weight and customer.kind == "wholesaler" and product.categ_id.name in QUINTALS:
        quintal = story.env.ref("listino_pricelist.uom_quintal")
        values.update(product_uom_id=quintal.id, product_uom_qty=max(1, round(quantity / 100)) + 1)
    return values


def _batches(records):
    """The records some at a time: what Odoo keeps of all at once costs more than it saves."""
    for start in range(0, len(records), AT_ONCE):
        yield records[start : start + AT_ONCE]


def _get_moment(story, ago):
    """A working hour of the day, the same for orders of the same day."""
    return story.moment(ago) + timedelta(minutes=ago * 37 % 480)


def _get_needed(orders):
    """Quantities by product, in its own unit."""
    needed = collections.Counter()
    for line in orders.order_line:
        needed[line.product_id] += line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id)
    return needed


def _deliver(story, orders):
    """Deliver what was ordered before the last days; of some, a part follows."""
    pickings = orders.filtered(lambda order: story.orders[order][0] > UNDELIVERED_DAYS).picking_ids
    later = story.env["stock.move"]
    for picking in pickings[::PARTLY]:
        later |= picking.move_ids[1:]
    for batch in _batches(pickings):
        _validate(batch, batch.move_ids - later, DELIVERY_DAYS)
    _validate(later.picking_id, later, 2 * DELIVERY_DAYS)
    (orders.picking_ids - pickings - later.picking_id).action_assign()


def _validate(pickings, moves, days):
    """Validate deliveries of these moves, as if it had been done so many days after the order."""
    for move in moves:
        move.quantity = move.product_uom_qty
    moves.picked = True
    pickings.with_context(skip_backorder=True).button_validate()
    for picking in pickings:
        picking.date_done = picking.sale_id.date_order + timedelta(days)
