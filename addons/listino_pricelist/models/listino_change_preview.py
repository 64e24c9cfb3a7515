"""The new prices of a change as lines to look at, and whether what was shown is still so."""

import hashlib
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..changing.verdict import CHANGE, REFUSED, variation
from .listino_change_choice import SHOWN_REMARKS
from .row_writer import insert_rows

_lt = LazyTranslate(__name__)

FIRST = 1e9  # rank of what has to be looked at first
REASONS = {
    "no_cost": _lt("The cost is not known: the price stays."),
    "no_source": _lt("There is no price to start from: the price stays."),
    "costs_differ": _lt("Its variants have different costs: the price stays."),
    "sources_differ": _lt("Its variants have different prices there: the price stays."),
    "negative": _lt("The new price would be negative."),
    "nothing": _lt("The new price would be zero."),
    "absurd": _lt("The new price would be too large."),
}


class ListinoChangePreview(models.Model):
    """Lines, shown and kept until the change is approved; their effects are in ``listino_change_effects``."""

    _inherit = "listino.change"

    # === LINES === #

    def _store_preview(self):
        """Work out everything anew."""
        choice = self._get_choice()
        plan = self._get_plan(choice)
        if not plan:
            raise UserError(self._get_nothing_text())
        self._clear_preview()
        words = self._get_reason_texts()
        insert_rows(self.env, "listino.change.line", [self._prepare_line_row(line, words) for line in plan])
        self._snapshot("row_before")
        remarks = choice.remarks[:SHOWN_REMARKS]
        self._write_owned({"state": "previewed", "error": False, "file_remarks": "\n".join(remarks) or False})
        self._store_effects()

    def _get_nothing_text(self):
        if self.target == "remove":
            return self.env._("None of the chosen products has a price of its own in this list.")
        return self.env._(
            "None of the chosen products has a fixed price of its own in this list. Tick “Also where there is none "
            "yet” to give them one."
        )

    @api.model
    def _get_reason_texts(self):
        return {code: self.env._(text) for code, text in REASONS.items()}

    def _prepare_line_row(self, line, words):
        """The row of a line of the plan.

        :param dict words: what to say for each reason
        """
        verdict = line.verdict
        change = variation(line.old, line.new) if line.new is not None else 0.0
        reason = line.reason or verdict.reason
        now = fields.Datetime.to_string(fields.Datetime.now())
        return {
            "change_id": self.id,
            "rank": FIRST if verdict.state == REFUSED else abs(change),
            "product_tmpl_id": line.template_id,
            "product_id": line.product_id,
            "item_id": line.item_id,
            "min_quantity": line.min_quantity,
            "currency_id": line.currency_id,
            "cost": line.cost,
            "old_price": line.old,
            "old_text": line.old_text,
            "new_price": line.new,
            "proposed_price": line.new,
            "variation": round(change, 2),
            "status": verdict.state,
            "reason": words[reason] if reason else None,
            "below_cost": verdict.below_cost,
            "is_jump": verdict.is_jump,
            "is_left_out": False,
            **dict.fromkeys(("create_uid", "write_uid"), self.env.uid),
            **dict.fromkeys(("create_date", "write_date"), now),
        }

    def _count_lines(self):
        groups = self.env["listino.change.line"]._read_group(
            [("change_id", "=", self.id)], ["status", "is_left_out"], ["__count"]
        )
        counts = defaultdict(int)
        for status, is_left_out, count in groups:
            counts["line_count"] += count
            counts["change_count"] += count if status == CHANGE and not is_left_out else 0
            counts["refuse_count"] += count if status == REFUSED and not is_left_out else 0
        self._write_owned({name: counts[name] for name in ("line_count", "change_count", "refuse_count")})

    def _clear_preview(self):
        self._delete_rows("listino.change.line")
        self._delete_rows("listino.change.effect")
        counters = ("line_count", "change_count", "refuse_count", "effect_count", "below_cost_count", "jump_count")
        texts = dict.fromkeys(("error", "file_remarks", "world_digest", "is_outdated"), False)
        self._write_owned({"state": "draft", **texts, **dict.fromkeys(counters, 0)})

    def _delete_rows(self, model_name):
        """Delete the rows of this change, which nothing else refers to."""
        model = self.env[model_name]
        model.flush_model()
        self.env.cr.execute(SQL("DELETE FROM %s WHERE change_id = %s", SQL.identifier(model._table), self.id))
        model.invalidate_model()
        self.invalidate_recordset(["line_ids"])

    # === STILL TRUE? === #

    def _check_preview(self):
        """Raise unless what is approved is what was shown, and what was shown is still so."""
        if self.is_outdated:
            raise UserError(
                self.env._("Prices were edited since their effects were worked out. Press “Refresh effects” and look.")
            )
        if not self.change_count:
            raise UserError(self.env._("There is nothing to approve: no price changes."))
        if self.refuse_count:
            raise UserError(
                self.env._(
                    "%(count)s prices are refused. Correct them by hand, or leave them out.", count=self.refuse_count
                )
            )
        if self._get_world_digest() != self.world_digest:
            raise UserError(
                self.env._(
                    "Prices, rules or costs have changed since the preview. Look at a new preview, then approve."
                )
            )

    def _get_world_digest(self):
        """The same as long as the rules of all lists, and prices and costs of these products, stay the same."""
        self.env.flush_all()
        digest = hashlib.sha256()
        for query in self._get_world_queries():
            [[found]] = self.env.execute_query(
                SQL("SELECT md5(string_agg(md5(id || facts::text), '' ORDER BY id)) FROM (%s) AS world", query)
            )
            digest.update((found or "").encode())
        return digest.hexdigest()

    def _get_world_queries(self):
        """What prices follow from: queries of ``facts`` and ``id``."""
        template_ids = SQL("SELECT product_tmpl_id FROM listino_change_line WHERE change_id = %s", self.id)
        lists = self.env["product.pricelist"]
        list_ids = lists.search(lists._check_company_domain(self.company_id)).ids
        yield SQL(
            "SELECT jsonb_build_array(active, currency_id, breaks_pricelist_id) AS facts, id"
            " FROM product_pricelist WHERE id = ANY(%s)",
            list_ids,
        )
        yield SQL(
            "SELECT to_jsonb(t) - '{write_date,write_uid,listino_note}'::text[] AS facts, t.id"
            " FROM product_pricelist_item t WHERE pricelist_id = ANY(%s)",
            list_ids,
        )
        yield SQL(
            "SELECT jsonb_build_array(list_price, categ_id, uom_id, active) AS facts, id"
            " FROM product_template WHERE id IN (%s)",
            template_ids,
        )
        yield SQL(
            "SELECT jsonb_build_array(standard_price, active) AS facts, id"
            " FROM product_product WHERE product_tmpl_id IN (%s)",
            template_ids,
        )
        if self._has_formula("vendor"):
            yield SQL(
                "SELECT to_jsonb(t) - '{write_date,write_uid}'::text[] AS facts, id"
                " FROM product_supplierinfo t WHERE product_tmpl_id IN (%s)",
                template_ids,
            )
