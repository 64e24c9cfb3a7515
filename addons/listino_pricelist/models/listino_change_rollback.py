"""An applied change, taken back."""

import psycopg2

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from .listino_change_apply import COUNTED
from .price_reason import ROLLBACK
from .price_watch import watch_rules


class ListinoChangeRollback(models.Model):
    """The old prices and rules, digit by digit and id by id: of two equal rules the newer wins, so ids matter too.

    Only the columns that say who wrote a row last, and when, are those of the rollback: whoever looks for changed rows
    has to find these.
    """

    _inherit = "listino.change"

    def _roll_back(self):
        """Write back what the snapshots say, or nothing where somebody has changed a price since."""
        if not self.try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("This change is being written at the moment. Reload the page and look."))
        self._check_state("applied")
        change = self._with_reason(ROLLBACK)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                change._check_conflicts("row_after")
                change._restore()
        except psycopg2.IntegrityError as error:
            raise UserError(
                self.env._("The old rules can't be restored: something they refer to was deleted since.")
            ) from error
        self._write_owned(
            {
                "state": "rolled_back",
                "rolled_back_by_id": self.env.uid,
                "rolled_back_date": fields.Datetime.now(),
            }
        )

    def _restore(self):
        lines = self.line_ids._get_counted()
        if self.target == "sales":
            prices = {line.product_tmpl_id.id: line.row_before["list_price"] for line in lines}
            self._write_sales_prices(lines.product_tmpl_id, prices)
            return
        prices = {line.item_id.id: line.row_before["fixed_price"] for line in lines if line.row_before and line.item_id}
        self._write_fixed_prices(prices)
        lines.filtered(lambda line: not line.row_before).item_id.unlink()
        removed = [line.row_before["id"] for line in lines if line.row_before and not line.row_after]
        if removed:
            self._insert_rules(removed)
        self.env.flush_all()

    def _insert_rules(self, ids):
        """Insert the deleted rules as they were, with the external ids they had."""
        items = self.env["product.pricelist.item"].browse(ids)
        watch_rules(items, new=True)
        self.env.flush_all()
        removed = SQL("line.change_id = %s AND %s AND line.row_after IS NULL", self.id, COUNTED)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO product_pricelist_item
                SELECT old.* FROM listino_change_line line,
                       jsonb_populate_record(NULL::product_pricelist_item, line.row_before) old
                 WHERE %s
                """,
                removed,
            )
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ir_model_data
                SELECT old.* FROM listino_change_line line,
                       jsonb_array_elements(NULLIF(line.row_before->'ir_model_data', 'null')) data,
                       jsonb_populate_record(NULL::ir_model_data, data) old
                 WHERE %s
                    ON CONFLICT DO NOTHING
                """,
                removed,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE product_pricelist_item SET write_date = %s, write_uid = %s WHERE id = ANY(%s)",
                fields.Datetime.now(),
                self.env.uid,
                ids,
            )
        )
        self.env.invalidate_all()
        items.modified([name for name, field in items._fields.items() if field.store], create=True)
