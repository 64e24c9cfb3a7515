"""The health check of each price list, in the background."""

import logging

from dateutil.relativedelta import relativedelta
from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..health.found import Found
from ..health.kinds import UNCHECKED

_logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
FRESH_HOURS = 12  # what is checked by hand in the evening is not checked again that night


class ListinoCheckup(models.Model):
    """When a list was checked, and whether it waits for it; kept beside the list, whose every change costs a shop.

    Each list is a commit of its own. Any number of workers share the lists, and one that fails harms no other.
    """

    _name = "listino.checkup"
    _description = "Price List Health Check"
    _order = "checked_date, id"

    pricelist_id = fields.Many2one("product.pricelist", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="pricelist_id.company_id", store=True)
    state = fields.Selection([("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")], default="done")
    checked_date = fields.Datetime(string="Checked On")
    attempt_count = fields.Integer()

    _unique_pricelist = models.UniqueIndex("(pricelist_id)", "A list is checked once at a time.")

    @api.model
    def _of(self, pricelists):
        """The checkups of the lists, made where there is none."""
        known = self.search([("pricelist_id", "in", pricelists.ids)])
        missing = pricelists - known.pricelist_id
        return known + self.create([{"pricelist_id": pricelist.id} for pricelist in missing])

    @api.model
    def _request(self, pricelists):
        """Have the lists checked in the background."""
        checkups = self._of(pricelists).try_lock_for_update()  # what is held is being checked right now
        checkups.write({"state": "waiting", "attempt_count": 0})
        self.env.ref("listino_pricelist.ir_cron_listino_checkup")._trigger()

    # === CHECKING === #

    def _run(self):
        """Check the list and keep what was found.

        :raise UserError: where the list is being checked already
        """
        self.ensure_one()
        if not self.try_lock_for_update():
            raise UserError(
                self.env._("%(list)s is being checked already. Wait a moment.", list=self.pricelist_id.name)
            )
        self._check()

    def _check(self):
        self.env["listino.finding"]._update(self.pricelist_id, self.pricelist_id._get_findings())
        self.write({"state": "done", "checked_date": fields.Datetime.now(), "attempt_count": 0})

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_check(self):
        """Check the lists whose last check is a while ago, and those that wait for it."""
        stale = fields.Datetime.now() - relativedelta(hours=FRESH_HOURS)
        checkups = self._of(self.env["product.pricelist"].search([("active", "=", True)]))
        due = checkups.filtered(lambda checkup: not checkup.checked_date or checkup.checked_date < stale)
        due.try_lock_for_update().write({"state": "waiting"})
        waiting = checkups.filtered(lambda checkup: checkup.state == "waiting")
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for checkup in waiting:
            if checkup._claim():
                checkup._check_in_background()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _claim(self):
        """Count an attempt before it is made, so that a list that stops the worker does not stop it every night.

        :return: whether the list is this worker's to check
        """
        if not self._is_ours():
            return False
        if self.attempt_count >= MOST_ATTEMPTS:
            self._fail(self.env._("given up after %(count)s attempts that stopped the server", count=MOST_ATTEMPTS))
            return False
        self.attempt_count += 1
        self.env["ir.cron"]._commit_progress()
        return self._is_ours()

    def _is_ours(self):
        return bool(self.try_lock_for_update()) and self.state == "waiting"

    def _check_in_background(self):
        """Check, and keep an error as a finding; a conflict with another transaction is for the next time."""
        try:
            with self.env.cr.savepoint():
                self._check()
        except OperationalError:
            self.env.cr.rollback()
            self.env.ref("listino_pricelist.ir_cron_listino_checkup")._trigger()
        except Exception as error:  # noqa: BLE001 - one bad list must not stop the others
            _logger.info("Health check of price list %s failed", self.pricelist_id.id, exc_info=True)
            self._fail(str(error) or type(error).__name__)

    def _fail(self, message):
        """Say so in a finding beside those that are there; they may still hold."""
        self.write({"state": "failed", "checked_date": fields.Datetime.now(), "attempt_count": 0})
        found = Found(UNCHECKED, figures={"reason": "error", "message": message}, mark="failed")
        self.env["listino.finding"]._keep(self.pricelist_id, found)
