"""The approved prices, written."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..pricing.rules import TEMPLATE, VARIANT
from .price_reason import CHANGE, KEY, QUIET, PriceReason

CHUNK = 1000
NAMED = 10
COUNTED = SQL("line.status = 'change' AND line.is_left_out IS NOT TRUE")
# What may differ without touching a price, and the rule's external ids, which are kept beside it.
ASIDE = SQL("'{write_date,write_uid,listino_note,ir_model_data}'::text[]")


class ListinoChangeApply(models.Model):
    """Writing, inside the savepoint of the caller: every approved price or none."""

    _inherit = "listino.change"

    def _apply(self):
        """Write the approved prices, after making sure that the old ones are those that were approved."""
        self._check_manager()  # both again: a waiting change may begin after its approver has lost a right
        self._check_target_rights()
        change = self._with_own_company()._with_reason(CHANGE)
        change._check_lists()
        change._check_conflicts("row_before")
        change._snapshot("row_before")
        lines = change.line_ids._get_counted()
        if self.target == "sales":
            change._write_sales_prices(lines.product_tmpl_id, dict(lines.mapped(_template_and_price)))
        elif self.target == "remove":
            lines.item_id.unlink()
        else:
            change._write_fixed_prices({line.item_id.id: line.new_price for line in lines if line.item_id})
            change._create_rules(lines.filtered(lambda line: not line.item_id))
        change._snapshot("row_after")

    def _with_reason(self, origin):
        """The same, quietly, with the reason that the history is to show."""
        return self.with_context(**QUIET, **{KEY: PriceReason(origin, self.name, self.id)})

    # === WRITING === #

    def _write_sales_prices(self, templates, prices):
        """One write for all products of one price.

        :param dict prices: by template id
        """
        templates.fetch(["list_price"])
        for price, ids in _ids_by_price(prices):
            templates.browse(ids).with_prefetch(templates._prefetch_ids).write({"list_price": price})

    def _write_fixed_prices(self, prices):
        """:param dict prices: by rule id"""
        items = self.env["product.pricelist.item"].browse(prices)
        for price, ids in _ids_by_price(prices):
            items.browse(ids).with_prefetch(items._prefetch_ids).write({"fixed_price": price})

    def _create_rules(self, lines):
        """A fixed price in the list for each product that had none of its own."""
        owned = lines.sudo()  # the rule of a line is the server's to write
        for start in range(0, len(lines), CHUNK):
            chunk = owned[start : start + CHUNK]
            items = self.env["product.pricelist.item"].create([self._prepare_rule_vals(line) for line in chunk])
            for line, item in zip(chunk, items, strict=True):
                line.item_id = item

    def _prepare_rule_vals(self, line):
        """The values of a new rule; a hook for other columns."""
        return {
            "pricelist_id": self.pricelist_id.id,
            "applied_on": VARIANT if line.product_id else TEMPLATE,
            "product_tmpl_id": line.product_tmpl_id.id,
            "product_id": line.product_id.id,
            "min_quantity": line.min_quantity,
            "compute_price": "fixed",
            "fixed_price": line.new_price,
        }

    # === SNAPSHOTS === #

    def _snapshot(self, column):
        """Keep PostgreSQL's own words for what the lines are about: a price, or a whole rule with its external ids.

        :param str column: ``row_before`` or ``row_after``
        """
        self.env.flush_all()
        names = {"column": SQL.identifier(column), "change_id": self.id}
        if self.target == "sales":
            query = SQL(
                """
                UPDATE listino_change_line line
                   SET %(column)s = jsonb_build_object('list_price', template.list_price)
                  FROM product_template template
                 WHERE template.id = line.product_tmpl_id AND line.change_id = %(change_id)s
                """,
                **names,
            )
        else:
            query = SQL(
                """
                UPDATE listino_change_line line
                   SET %(column)s = to_jsonb(item) || jsonb_build_object('ir_model_data', (
                        SELECT jsonb_agg(to_jsonb(data)) FROM ir_model_data data
                         WHERE data.model = 'product.pricelist.item' AND data.res_id = item.id
                       ))
                  FROM product_pricelist_item item
                 WHERE item.id = line.item_id AND line.change_id = %(change_id)s
                """,
                **names,
            )
        self.env.cr.execute(query)
        self.env["listino.change.line"].invalidate_model(["row_before", "row_after"])

    def _check_conflicts(self, column):
        """Raise, naming products, where a price is not what a snapshot says.

        :param str column: the snapshot
        """
        self.env.flush_all()
        names = {"column": SQL.identifier("line", column), "change_id": self.id, "counted": COUNTED, "aside": ASIDE}
        query = SQL(
            """
            SELECT line.id FROM listino_change_line line
              JOIN product_template template ON template.id = line.product_tmpl_id
             WHERE line.change_id = %(change_id)s AND %(counted)s
               AND to_jsonb(template.list_price) IS DISTINCT FROM %(column)s->'list_price'
            """,
            **names,
        )
        if self.target != "sales":
            query = SQL(
                """
                SELECT line.id FROM listino_change_line line
                  LEFT JOIN product_pricelist_item item ON item.id = (%(column)s->>'id')::int
                 WHERE line.change_id = %(change_id)s AND %(counted)s AND %(column)s->'id' IS NOT NULL
                   AND to_jsonb(item) - %(aside)s IS DISTINCT FROM %(column)s - %(aside)s
                UNION %(rivals)s
                """,
                **names,
                rivals=self._get_query_of_rivals(),
            )
        ids = [id_ for (id_,) in self.env.execute_query(query)]
        if ids:
            raise UserError(self._get_conflict_text(self.env["listino.change.line"].browse(ids)))

    def _get_query_of_rivals(self):
        """Lines without a rule in the list, whose product has got one of its own since, by somebody else's hand."""
        return SQL(
            """
            SELECT line.id FROM listino_change_line line
              JOIN product_pricelist_item item
                ON item.pricelist_id = %(pricelist_id)s AND item.product_tmpl_id = line.product_tmpl_id
               AND COALESCE(item.product_id, line.product_id, 0) = COALESCE(line.product_id, item.product_id, 0)
               AND item.min_quantity = line.min_quantity
               AND (item.date_end IS NULL OR item.date_end >= %(date)s)
             WHERE line.change_id = %(change_id)s AND %(counted)s AND line.item_id IS NULL
            """,
            pricelist_id=self.pricelist_id.id,
            change_id=self.id,
            counted=COUNTED,
            date=self._get_date(),
        )

    def _get_conflict_text(self, lines):
        names = [line.product_id.display_name or line.product_tmpl_id.display_name for line in lines[:NAMED]]
        return self.env._(
            "Nothing was written: %(count)s prices are no longer what they were. Somebody has changed them meanwhile: "
            "%(products)s",
            count=len(lines),
            products=", ".join(names) + (", …" if len(lines) > NAMED else ""),
        )


def _template_and_price(line):
    return line.product_tmpl_id.id, line.new_price


def _ids_by_price(prices):
    """Pairs of a price and the ids that get it."""
    groups = defaultdict(list)
    for id_, price in prices.items():
        groups[price].append(id_)
    return groups.items()
