"""A quote for a customer, and the people who sell to him."""

from odoo.fields import Command

from .common import DunningCommon


class WatchCommon(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("dunning_seller", "sales_team.group_sale_salesman_all_leads")
        cls.product = cls.env["product.product"].create({"name": "Macchina", "list_price": 1000, "taxes_id": []})

    @classmethod
    def _create_quote(cls, **values):
        line = Command.create({"product_id": cls.product.id, "product_uom_qty": 1})
        values = {"partner_id": cls.customer.id, "user_id": cls.seller.id, "order_line": [line], **values}
        return cls.env["sale.order"].with_user(cls.seller).create(values)

    @classmethod
    def _watch(cls, effect, partner=None):
        values = {"partner_id": (partner or cls.customer).id, "effect": effect, "reason": "Two bills protested"}
        return cls.env["dunning.watch"].create(values)

    def _release(self, order, user=None, reason="Paid by bank transfer"):
        wizard = self.env["dunning.release"].with_user(user or self.manager)
        wizard.create({"order_id": order.id, "reason": reason}).action_confirm()

    def _pay_online(self, order, amount, state="done"):
        """A payment of the customer on the page of his quote, as a provider reports it."""
        provider = self.env["payment.provider"].create({"name": "Card", "code": "none", "state": "test"})
        method = self.env["payment.method"].search([], limit=1) or self.env["payment.method"].create(
            {"name": "Card", "code": "card"}
        )
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"{order.name}-{amount}",
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        transaction.state = state
        return transaction
