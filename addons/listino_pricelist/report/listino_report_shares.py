"""Shares of groups in analyses: made of the groups' sums."""

from odoo import models
from odoo.tools import SQL


class ListinoReportShares(models.AbstractModel):
    """Measures in percent whose figure for a group is a share of its sums, not the average of its rows."""

    _name = "listino.report.shares"
    _description = "Shares in analyses"

    _shares = {}  # part and whole by measure, both fields of SQL

    def _get_shares(self):
        """The shares of single rows, in percent, as columns beside their parts and wholes; hook."""
        return SQL(", ").join(
            SQL(
                "100.0 * %s / NULLIF(%s, 0) AS %s", SQL.identifier(part), SQL.identifier(whole), SQL.identifier(measure)
            )
            for measure, (part, whole) in self._shares.items()
        )

    def _read_group_select(self, aggregate_spec, query):
        # OVERRIDE: 50 % of 10 euros and 10 % of 990 are not 30 %.
        name, _colon, aggregate = aggregate_spec.partition(":")
        if name not in self._shares or aggregate != "avg":
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[name], "read")
        part, whole = (self._field_to_sql(self._table, field, query) for field in self._shares[name])
        return SQL("100.0 * COALESCE(SUM(%s), 0) / NULLIF(SUM(%s), 0)", part, whole)
