"""Marks are taken away by looking at their customers; one who cannot be looked at stops no other."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

LATER = timedelta(minutes=5)  # what another worker has in hand is looked at then
ERROR_LENGTH = 500


class LifecycleMark(models.Model):
    _inherit = "lifecycle.mark"

    error = fields.Char(readonly=True, index="btree_not_null", help="Why the customer could not be looked at.")

    def action_retry(self):
        """Look at them again within minutes, once what was wrong is mended."""
        self.check_access("read")
        self.sudo().error = False  # what the server found out; who may read it may ask anew
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_refresh").sudo()._trigger()  # managers have no rights on it

    # === SETTLING === #

    def _settle(self, company):
        """Look at the customers of marks and take the marks away; what fails is halved down to one customer.

        :return: whether it was done; False: another worker has them in hand, the marks wait
        """
        if not self:
            return True
        partners = self.partner_id.commercial_partner_id
        try:
            with self.env.cr.savepoint():
                if self.env["lifecycle.status"]._refresh(company, partners) is None:
                    return self._wait()
                self._take_away()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            return self._wait()
        except Exception as error:  # noqa: BLE001 - whatever it is about a customer stops no other
            return self._settle_apart(company, partners, error)
        return True

    def _take_away(self):
        self.env.cr.execute(SQL("DELETE FROM lifecycle_mark WHERE id IN %s", self._ids))
        self.invalidate_recordset()

    def _settle_apart(self, company, partners, error):
        """Find out whose fault it is: the others are looked at, and his marks are kept with what was wrong."""
        if len(partners) == 1:
            _logger.exception("The customer %s of %s could not be looked at", partners.id, company.name)
            self.error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
            return True
        half = partners[: len(partners) // 2]
        few = self.filtered(lambda mark: mark.partner_id.commercial_partner_id in half)
        return few._settle(company) and (self - few)._settle(company)

    def _wait(self):
        self.env.ref("lifecycle_crm.ir_cron_lifecycle_refresh")._trigger(fields.Datetime.now() + LATER)
        return False


class LifecycleDashboard(models.AbstractModel):
    _inherit = "lifecycle.dashboard"

    @api.model
    def _get_todo_kinds(self):
        # OVERRIDE: who mends the rules is told of customers whom they could not be asked about.
        kinds = super()._get_todo_kinds()
        if not self.env["lifecycle.mark"].has_access("read"):
            return kinds
        failed = self._get_domain() & Domain("error", "!=", False)
        name = self.env._("Customers who could not be looked at")
        return [*kinds, ("failed_marks", name, "lifecycle_crm.lifecycle_mark_action", failed, True)]
