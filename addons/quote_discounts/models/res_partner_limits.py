"""Customers, whose price list and tags decide what a seller may give: those are a manager's to choose."""

from odoo import api, models
from odoo.exceptions import AccessError

LIST_FIELDS = {"property_product_pricelist", "specific_property_product_pricelist"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a new customer comes with the usual price list, and without tags that allow more.
        partners = super().create(vals_list)
        is_guarded = any(not LIST_FIELDS.isdisjoint(vals) or vals.get("category_id") for vals in vals_list)
        if is_guarded and self._is_limited_seller():
            customers = partners._get_limited_customers()
            customers._refuse_limited_list(customers.filtered("specific_property_product_pricelist"))
            customers._refuse_limited_tags(customers.category_id)
        return partners

    def write(self, vals):
        # OVERRIDE: nor may a seller give his customer another list or such tags.
        guarded = not (LIST_FIELDS | {"category_id"}).isdisjoint(vals) and self._is_limited_seller()
        if not guarded:
            return super().write(vals)
        customers = self._get_limited_customers()
        before = {customer: (customer.property_product_pricelist, customer.category_id) for customer in customers}
        result = super().write(vals)
        customers._refuse_limited_list(
            customers.filtered(lambda customer: customer.property_product_pricelist != before[customer][0])
        )
        changed = self.env["res.partner.category"]
        for customer, (_pricelist, tags) in before.items():
            changed |= (customer.category_id - tags) | (tags - customer.category_id)
        customers._refuse_limited_tags(changed)
        return result

    def _is_limited_seller(self):
        """Whether limits hold for the user, who is no manager and so does not set them."""
        if self.env.su or self.env.user.has_group("quote_discounts.group_quote_manager"):
            return False
        if not self.env.user.has_group("quote_discounts.group_quote_user"):
            return False
        limits = self.env["quote.discount.limit"].sudo()  # a seller reads no limits
        return bool(limits.search_count([("company_id", "in", self.env.companies.ids)], limit=1))

    def _get_limited_customers(self):
        """Those whose list and tags count: a contact has those of his company."""
        return self.filtered(lambda partner: partner.commercial_partner_id == partner)

    def _refuse_limited_list(self, customers):
        if customers:
            raise AccessError(
                self.env._(
                    "The price list of %(customer)s decides how much you may give. Ask a manager to change it.",
                    customer=customers[0].display_name,
                )
            )

    def _refuse_limited_tags(self, tags):
        limits = self.env["quote.discount.limit"].sudo()  # likewise
        used = limits.search([("tag_id", "parent_of", tags.ids)]).tag_id if tags else None
        if used:
            raise AccessError(
                self.env._(
                    "The tag “%(tag)s” decides how much you may give. Ask a manager to put it on or take it off.",
                    tag=used[0].display_name,
                )
            )
