"""The events that mark a customer: nothing is worked out inside a checkout or a delivery."""

from odoo import api, models

OWNER_FIELDS = frozenset({"company_id", "partner_id"})
LINE_FIELDS = frozenset({"discount", "price_unit", "product_uom_qty", "tax_ids"})
LEAD_FIELDS = frozenset({"active", "company_id", "partner_id", "probability", "stage_id"})


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a quote makes a prospect of a contact.
        orders = super().create(vals_list)
        orders._mark_lifecycle("lead")
        return orders

    def write(self, vals):
        # OVERRIDE: whose order it is, and of which day, are facts about the customer; about both, where he changes.
        told = self._get_lifecycle_told(vals)
        if OWNER_FIELDS & vals.keys():
            told._mark_lifecycle("order")
        result = super().write(vals)
        told._mark_lifecycle("order")
        return result

    def _get_lifecycle_told(self, vals):
        """The orders that tell something else when they are written: the day of a quote, or of its confirmation, no."""
        if OWNER_FIELDS & vals.keys() or vals.get("state") == "draft":
            return self
        return self.filtered(lambda order: order.state == "sale") if "date_order" in vals else self.browse()

    def _action_confirm(self):
        # OVERRIDE: an order is a purchase from now on.
        result = super()._action_confirm()
        self._mark_lifecycle("order")
        return result

    def _action_cancel(self):
        # OVERRIDE: a cancelled order is no purchase.
        result = super()._action_cancel()
        self._mark_lifecycle("cancellation")
        return result

    def unlink(self):
        # OVERRIDE: a deleted quote is none any more.
        self._mark_lifecycle("cancellation")
        return super().unlink()

    def rating_apply(self, rate, **kwargs):
        # OVERRIDE: what a customer answers is a fact about him.
        result = super().rating_apply(rate, **kwargs)
        self._mark_lifecycle("answer")
        return result

    def _mark_lifecycle(self, cause):
        for company, orders in self.grouped("company_id").items():
            self.env["lifecycle.mark"]._add(orders.partner_id, company, cause)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a confirmed order is worth more or less than before.
        lines = super().create(vals_list)
        lines._mark_lifecycle()
        return lines

    def write(self, vals):
        # OVERRIDE: a confirmed order is worth more or less than before.
        result = super().write(vals)
        if LINE_FIELDS & vals.keys():
            self._mark_lifecycle()
        return result

    def unlink(self):
        # OVERRIDE: a confirmed order is worth less than before.
        self._mark_lifecycle()
        return super().unlink()

    def _mark_lifecycle(self):
        self.order_id.filtered(lambda order: order.state == "sale")._mark_lifecycle("order")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        # OVERRIDE: what is delivered is not open any more.
        result = super()._action_done()
        self.sale_id.sudo()._mark_lifecycle("order")  # whoever packs may not read orders
        return result


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        # OVERRIDE: a credit note is a return.
        posted = super()._post(soft)
        posted._mark_lifecycle()
        return posted

    def write(self, vals):
        # OVERRIDE: a credit note that is taken back is no return.
        result = super().write(vals)
        if vals.get("state") in ("draft", "cancel"):
            self._mark_lifecycle()
        return result

    def _mark_lifecycle(self):
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        for company, moves in refunds.grouped("company_id").items():
            self.env["lifecycle.mark"]._add(moves.partner_id, company, "return")


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a lead makes a prospect of a contact.
        leads = super().create(vals_list)
        leads._mark_lifecycle()
        return leads

    def write(self, vals):
        # OVERRIDE: won, lost or somebody else's: the prospect changes; about both, where he changes.
        if not LEAD_FIELDS & vals.keys():
            return super().write(vals)
        if OWNER_FIELDS & vals.keys():
            self._mark_lifecycle()
        result = super().write(vals)
        self._mark_lifecycle()
        return result

    def unlink(self):
        # OVERRIDE: a deleted lead is none any more.
        self._mark_lifecycle()
        return super().unlink()

    def _mark_lifecycle(self):
        everywhere = self.env["lifecycle.status"].sudo()._get_companies()  # a lead may belong to no company
        for company, leads in self.filtered("partner_id").grouped("company_id").items():
            for each in company or everywhere:
                self.env["lifecycle.mark"]._add(leads.partner_id, each, "lead")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def write(self, vals):
        # OVERRIDE: who moves to another company takes his orders along.
        if "parent_id" not in vals and "is_company" not in vals:
            return super().write(vals)
        self._mark_lifecycle("merge")
        result = super().write(vals)
        self._mark_lifecycle("merge")
        return result

    def _mark_lifecycle(self, cause):
        """About each company that knows one of them."""
        known = (
            self.env["lifecycle.status"]
            .sudo()
            .search(  # who edits a contact need not see his status
                [("partner_id", "in", self.commercial_partner_id.ids)]
            )
        )
        companies = known.company_id or self.env.company
        for company in companies:
            self.env["lifecycle.mark"]._add(self, company, cause)
