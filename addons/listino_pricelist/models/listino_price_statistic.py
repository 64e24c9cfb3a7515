"""How the prices of a list develop: the average of every category, noted from time to time."""

import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

BATCH = 10_000


class ListinoPriceStatistic(models.Model):
    """The average price of a category in a list on a day; noted each month, at each publication and when asked."""

    _name = "listino.price.statistic"
    _description = "Average Prices"
    _order = "date desc, pricelist_id, category_id"
    _rec_name = "category_id"
    _check_company_auto = True

    date = fields.Date(required=True, readonly=True)
    pricelist_id = fields.Many2one(
        "product.pricelist", string="Price List", required=True, readonly=True, ondelete="cascade"
    )
    audience_id = fields.Many2one(related="pricelist_id.audience_id", store=True)
    category_id = fields.Many2one(
        "product.category", string="Product Category", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null", ondelete="cascade")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    company_currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    product_count = fields.Integer(string="Products", readonly=True)
    average_price = fields.Monetary(
        readonly=True, aggregator="avg", help="Average unit price before taxes, in the list's currency."
    )
    average_company_price = fields.Monetary(
        string="Average Price (Company Currency)",
        currency_field="company_currency_id",
        readonly=True,
        aggregator="avg",
    )

    _unique_entry = models.UniqueIndex(
        "(pricelist_id, date, category_id)", "The average price of a category is noted once a day and list."
    )

    # === ACTIONS === #

    def action_record_now(self):
        """Note today's average prices of all lists, whichever rows are chosen."""
        self.check_access("read")
        if not self.env.user.has_group("listino_pricelist.group_listino_manager"):
            raise AccessError(self.env._("Only a price list manager can note the average prices."))
        self._record(self.env["product.pricelist"].search(self._get_pricelist_domain()))
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === RECORDING === #

    @api.model
    def _cron_record(self):
        """Note the average prices of every list that has none of this month yet, one list a commit."""
        waiting = self._get_lists_to_record(fields.Date.context_today(self))
        self.env["ir.cron"]._commit_progress(remaining=len(waiting))
        for pricelist in waiting:
            try:
                with self.env.cr.savepoint():
                    self._record(pricelist)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:  # two workers met: it is done again
                raise
            except Exception:  # noqa: BLE001 - one list that can't be priced must not stop the others
                _logger.warning("No average prices of the price list %s", pricelist.display_name, exc_info=True)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_lists_to_record(self, today):
        """The lists without an average price of this month."""
        known = self._read_group([("date", ">=", today.replace(day=1))], ["pricelist_id"])
        domain = self._get_pricelist_domain() & Domain("id", "not in", [pricelist.id for (pricelist,) in known])
        return self.env["product.pricelist"].search(domain)

    @api.model
    def _get_pricelist_domain(self):
        """Which lists are followed; hook."""
        return Domain.TRUE

    @api.model
    def _record(self, pricelists):
        """Note today's average prices of lists; those already noted today are replaced."""
        date = fields.Date.context_today(self)
        for pricelist in pricelists.sudo():  # the server keeps the statistic, of whatever a list prices
            company = pricelist.company_id or self.env.company
            averages = self._get_averages(pricelist.with_company(company))
            if averages:
                self._store([self._prepare_row(pricelist, company, date, *average) for average in sorted(averages)])

    def _get_averages(self, pricelist):
        """Category id, number of products and average price of each category with priced products."""
        company = pricelist.company_id or self.env.company
        Product = pricelist.env["product.product"]
        products = Product.search(Domain("sale_ok", "=", True) & Domain("company_id", "in", [False, company.id]))
        sums, counts = defaultdict(float), defaultdict(int)
        for ids in split_every(BATCH, products.ids):
            batch = Product.browse(ids)
            for product_id, [(price, _rule_id)] in pricelist._get_price_grid(batch, [1.0]).items():
                category_id = Product.browse(product_id).categ_id.id
                if price and category_id:
                    sums[category_id] += price
                    counts[category_id] += 1
            batch.product_tmpl_id.invalidate_recordset()
            batch.invalidate_recordset()
        return [(category_id, count, sums[category_id] / count) for category_id, count in counts.items()]

    def _prepare_row(self, pricelist, company, date, category_id, count, average):
        currency, target = pricelist.currency_id, company.currency_id
        return {
            "date": date,
            "pricelist_id": pricelist.id,
            "audience_id": pricelist.audience_id.id or None,
            "category_id": category_id,
            "company_id": pricelist.company_id.id or None,
            "currency_id": currency.id,
            "company_currency_id": target.id,
            "product_count": count,
            "average_price": average,
            "average_company_price": currency._convert(average, target, company, date, round=False),
            "create_uid": self.env.uid,
            "create_date": fields.Datetime.now(),
        }

    def _store(self, rows):
        """Insert the rows in one statement; a row of the same list, day and category gives way, whoever wrote it."""
        names = list(rows[0])
        values = [SQL("(%s)", SQL(", ").join(SQL("%s", row[name]) for name in names)) for row in rows]
        changed = [SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name)) for name in names]
        self.env.cr.execute(
            SQL(
                "INSERT INTO listino_price_statistic (%s) VALUES %s"
                " ON CONFLICT (pricelist_id, date, category_id) DO UPDATE SET %s",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(values),
                SQL(", ").join(changed),
            )
        )
        self.invalidate_model()

    def _read_group_select(self, aggregate_spec, query):
        # OVERRIDE: the average of several categories counts each by its products.
        name, _colon, function = aggregate_spec.partition(":")
        if name not in ("average_price", "average_company_price") or function != "avg":
            return super()._read_group_select(aggregate_spec, query)
        price = self._field_to_sql(self._table, name, query)
        count = self._field_to_sql(self._table, "product_count", query)
        return SQL("SUM(%s * %s) / NULLIF(SUM(%s), 0)", price, count, count)
