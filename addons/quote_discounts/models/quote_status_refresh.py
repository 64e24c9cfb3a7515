"""The stored status of quotes, kept in line with what it does not see change: limits, levels, delegations, costs, days.

Nothing is decided by it (see :meth:`.SaleOrder._get_verdict`), but people look for quotes by it.
"""

from odoo import api, models
from odoo.fields import Domain

from .limit_facts import LimitFacts

ACTION = "quote_discounts.ir_cron_refresh_discount_status"
BATCH = 100


class QuoteStatusSource(models.AbstractModel):
    """What decides about many quotes at once: after a change of it they are looked at anew, in the background."""

    _name = "quote.status.source"
    _description = "What the status of quotes depends on"

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: quotes may be within a new limit, or beyond it.
        records = super().create(vals_list)
        self._refresh_quotes()
        return records

    def write(self, vals):
        # OVERRIDE: likewise after a change.
        result = super().write(vals)
        self._refresh_quotes()
        return result

    def unlink(self):
        # OVERRIDE: and without it.
        result = super().unlink()
        self._refresh_quotes()
        return result

    def _refresh_quotes(self):
        if action := self.env.ref(ACTION, raise_if_not_found=False):  # not there while the app is being installed
            action._trigger()


class QuoteDiscountLimit(models.Model):
    _name = "quote.discount.limit"
    _inherit = ["quote.discount.limit", "quote.status.source"]


class QuoteDiscountLevel(models.Model):
    _name = "quote.discount.level"
    _inherit = ["quote.discount.level", "quote.status.source"]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _cron_refresh_discount_status(self):
        """Look at all open quotes anew, many at once; what another worker holds is looked at when that is done."""
        progress = self.env["ir.cron"]._commit_progress
        domain = Domain("state", "in", ["draft", "sent"])
        left, tried = self.search_count(domain), Domain.TRUE
        while orders := self.search(domain & tried, limit=BATCH, order="id"):
            tried = Domain("id", ">", orders[-1].id)
            left -= len(orders)
            orders.try_lock_for_update()._refresh_discount_status()
            if not progress(processed=len(orders), remaining=max(left, 0)):
                break

    def _refresh_discount_status(self):
        """Note the status where it has changed."""
        facts = LimitFacts(self)
        for order in self.with_env(facts.env):
            status = order._get_verdict(facts).status
            if order.discount_status != status:
                order.discount_status = status
