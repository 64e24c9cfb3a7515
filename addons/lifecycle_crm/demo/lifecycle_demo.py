"""Makes the story's records by ordinary calls, dated back from today."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Command

from .lifecycle_story import CUSTOMERS, LEADS, PRODUCTS

ORDER_TIME = time(9, 30)
DELIVERY_DAYS = 2


class LifecycleDemo(models.AbstractModel):
    """Demo data of the main company; called by the demo files alone."""

    _name = "lifecycle.demo"
    _description = "Demo Data of the Customer Lifecycle"

    @api.model
    def _tell_story(self):
        """Products, customers, orders, deliveries and leads."""
        products = self._create_products()
        partners = self._create_partners()
        orders = self._create_orders(products, partners)
        self._deliver(orders)
        self._create_leads(partners)
        Status = self.env["lifecycle.status"]
        Status._sweep(self.env.company)
        while Status._reconstruct(self.env.company):
            pass

    @api.model
    def _get_moment(self, days):
        return datetime.combine(fields.Date.today() - timedelta(days), ORDER_TIME)

    @api.model
    def _create_products(self):
        """The products by name."""
        names = dict.fromkeys(category for category, _price, _cost in PRODUCTS.values())
        categories = self.env["product.category"].create([{"name": name} for name in names])
        by_name = {category.name: category.id for category in categories}
        products = self.env["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service" if category == "Esperienze" else "consu",
                    "categ_id": by_name[category],
                    "list_price": price,
                    "standard_price": cost,
                }
                for name, (category, price, cost) in PRODUCTS.items()
            ]
        )
        return dict(zip(PRODUCTS, products, strict=True))

    @api.model
    def _create_partners(self):
        """The customers by key, each with a name in the data of the addon."""
        italy = self.env.ref("base.it").id
        spoken = self.env["res.lang"]._get_data(code="it_IT").code or self.env.lang
        partners = {}
        for customer in CUSTOMERS:
            values = {
                "name": customer.name,
                "is_company": customer.is_company,
                "lang": spoken,
                "city": customer.city,
                "country_id": italy,
                "email": f"{customer.key}@example.com",
                "phone": f"+39 010 555 {len(partners):04}",
                **customer.more,
            }
            record = {"xml_id": f"lifecycle_crm.partner_{customer.key}", "values": values, "noupdate": True}
            partners[customer.key] = self.env["res.partner"]._load_records([record])
        return partners

    @api.model
    def _create_orders(self, products, partners):
        """Confirmed orders, the oldest first, each on its day."""
        wanted = sorted(
            ((days, customer) for customer in CUSTOMERS for days in customer.orders), key=lambda pair: -pair[0]
        )
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": partners[customer.key].id,
                    "date_order": self._get_moment(days),
                    "order_line": [
                        Command.create({"product_id": products[name].id, "product_uom_qty": pieces})
                        for name, pieces in customer.basket
                    ],
                }
                for days, customer in wanted
            ]
        )
        orders.action_confirm()
        for order, (days, _customer) in zip(orders, wanted, strict=True):
            order.date_order = self._get_moment(days)
        return orders

    @api.model
    def _deliver(self, orders):
        """What was ordered before the last days has been delivered."""
        before = self._get_moment(2 * DELIVERY_DAYS)
        pickings = orders.filtered(lambda order: order.date_order < before).picking_ids
        for move in pickings.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        pickings.with_context(skip_sms=True)._action_done()  # Odoo would send a text to each
        for picking in pickings:
            picking.date_done = picking.sale_id.date_order + timedelta(DELIVERY_DAYS)

    @api.model
    def _create_leads(self, partners):
        for key, subject, days, medium in LEADS:
            partner = partners[key]
            lead = self.env["crm.lead"].create(
                {
                    "name": subject,
                    "type": "opportunity",
                    "partner_id": partner.id,
                    "user_id": self.env.ref("base.user_admin").id,
                    "medium_id": self.env.ref(medium).id,
                }
            )
            moment = self._get_moment(days)
            self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", (moment, lead.id))
