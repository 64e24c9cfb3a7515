"""The plan of an import, as its preview shows it."""

import hashlib
from collections import Counter

from odoo import models

from ..importing.facts import folded_path

RANKS = {"refuse": 0, "create": 1, "update": 2, "duplicate": 3, "unchanged": 4}
CHUNK = 1000


class ListinoImportPreview(models.Model):
    """What a plan looks like on the import: counters and one line a row."""

    _inherit = "listino.import"

    def _store_preview(self, steps):
        """Show a plan.

        :param list steps: of importing.plan.Step
        """
        self._clear_preview()
        counts = Counter(step.action for step in steps)
        self._write_owned(
            {
                "state": "previewed",
                "row_count": len(steps),
                "create_count": counts["create"],
                "update_count": counts["update"],
                "unchanged_count": counts["unchanged"] + counts["duplicate"],
                "refuse_count": counts["refuse"],
                "new_categories": "\n".join(self._get_new_category_names(steps)),
                "plan_digest": self._get_digest(steps),
            }
        )
        texts = self._get_remark_texts(steps)
        values = [self._prepare_line_vals(step, text) for step, text in zip(steps, texts, strict=True)]
        lines = self.env["listino.import.line"].sudo()  # lines are the server's word: nobody writes them by hand
        for start in range(0, len(values), CHUNK):
            lines.create(values[start : start + CHUNK])
        self.invalidate_recordset(["line_ids"])  # in the order of the rows; theirs is another

    def _clear_preview(self):
        self.env["listino.import.line"].sudo().search([("import_id", "=", self.id)]).unlink()  # see _store_preview
        counters = dict.fromkeys(("row_count", "create_count", "update_count", "unchanged_count", "refuse_count"), 0)
        self._write_owned({"state": "draft", "error": False, "new_categories": False, "plan_digest": False, **counters})

    def _prepare_line_vals(self, step, reason):
        """The line of a step.

        :param importing.plan.Step step: what will happen to the row
        :param str reason: why, in words
        """
        row = step.row
        has_prices = bool(step.old_price) and bool(step.new_price)
        return {
            "import_id": self.id,
            "rank": RANKS[step.action],
            "row": row.number,
            "action": step.action,
            "reason": reason,
            "product_id": step.product.id if step.product else False,
            "reference": row.reference or row.supplier_code,
            "barcode": row.barcode,
            "product_name": row.name or (step.product.name if step.product else False),
            "category": " / ".join(row.category),
            "min_quantity": step.moment[0],
            "date_start": row.date_start,
            "date_end": row.date_end,
            "old_price": step.old_price or 0.0,
            "new_price": step.new_price or float(row.price or 0),
            "variation": 100 * (step.new_price - step.old_price) / step.old_price if has_prices else 0.0,
        }

    def _get_new_category_names(self, steps):
        """The paths of the categories that the plan creates, parents included, sorted."""
        known = self._get_categories()
        paths = {}
        for step in steps:
            if step.new_category and step.action in ("create", "update"):
                for depth in range(1, len(step.new_category) + 1):
                    path = step.new_category[:depth]
                    if folded_path(path) not in known:
                        paths.setdefault(folded_path(path), " / ".join(path))
        return sorted(paths.values())

    def _get_digest(self, steps):
        """The same for two plans that would write the same, of rows that say the same."""
        digest = hashlib.sha256()
        for step in steps:
            facts = (step.row.content, step.action, step.product and step.product.id, step.old_price, step.new_price)
            details = (
                step.moment,
                step.unit_id,
                step.category_id,
                step.new_category,
                step.tax_id,
                sorted(step.changes),
            )
            digest.update(repr((facts, details)).encode())
        return digest.hexdigest()
