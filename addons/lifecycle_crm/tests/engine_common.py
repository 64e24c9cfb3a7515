"""What the tests of the engine share: rules put in force from plain data, and histories written row by row."""

from unittest.mock import patch

from odoo.tools import SQL

from ..stages.presets import SHOP
from .common import LifecycleCommon
from .lifecycle_oracle import expected, known_by, told_by


class EngineCommon(LifecycleCommon):
    """Statuses of a company, held against the plain rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Status, cls.Transition = cls.env["lifecycle.status"], cls.env["lifecycle.transition"]
        cls.Mark = cls.env["lifecycle.mark"]

    def setUp(self):
        super().setUp()
        crons = type(self.env["ir.cron"])
        self.startPatcher(patch.object(crons, "_commit_progress", lambda *args, **kwargs: float("inf")))

    @classmethod
    def _put_in_force(cls, book=SHOP, company=None):
        """Have a rule book replace what is in force, sound or not."""
        company = company or cls.company
        stages, gap = company._lifecycle_ensure_stages(book.stages), book.gap
        rulebook = cls.env["lifecycle.rulebook"].create(
            {
                "company_id": company.id,
                "gap_default": gap.default,
                "gap_weight": gap.weight,
                "gap_least": gap.least,
                "gap_most": gap.most,
                "gap_enough": gap.enough,
                "rule_ids": [
                    (0, 0, company._prepare_lifecycle_rule_vals(rule, place, stages))
                    for place, rule in enumerate(book.rules)
                ],
            }
        )
        rulebook._put_in_force()
        return rulebook

    # === HISTORIES === #

    @classmethod
    def _insert(cls, table, rows):
        """Rows as they might have been left behind by anybody, past all checks.

        :return: their ids
        """
        names = SQL(", ").join(SQL.identifier(name) for name in rows[0])
        values = SQL(", ").join(SQL("(%s)", SQL(", ").join(SQL("%s", row[name]) for name in rows[0])) for row in rows)
        query = SQL("INSERT INTO %s (%s) VALUES %s RETURNING id", SQL.identifier(table), names, values)
        return [id_ for (id_,) in cls.env.execute_query(query)]

    @classmethod
    def _prepare_order(cls, partner, moment, amount, state="sale", **values):
        """An order as a row of its table."""
        return {
            "name": "History",
            "partner_id": partner.id,
            "partner_invoice_id": partner.id,
            "partner_shipping_id": partner.id,
            "company_id": cls.company.id,
            "warehouse_id": cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1).id,
            "picking_policy": "direct",
            "create_date": moment,
            "date_order": moment,
            "amount_untaxed": amount,
            "currency_id": cls.company.currency_id.id,
            "currency_rate": 1,
            "state": state,
            "delivery_status": None,
            **values,
        }

    # === WHERE THEY STAND === #

    def _status(self, partner):
        return self.Status.search([("partner_id", "=", partner.id), ("company_id", "=", self.company.id)])

    def _status_of(self, partners):
        return self.Status.search([("partner_id", "in", partners.ids), ("company_id", "=", self.company.id)])

    def _get_marks(self):
        return self.Mark.search([("company_id", "=", self.company.id)])

    def _assert_agrees(self, partner):
        """The status says what the plain rules say, numbers, reason and all."""
        self._assert_decided(self._status(partner), *expected(self.company, partner))

    def _assert_decided(self, status, decision, facts):
        self.assertEqual(told_by(status), known_by(facts))
        self.assertEqual(status.stage_id.code, decision.stage)
        self.assertEqual(status.rule_id.code, decision.rule)
        self.assertEqual(status.gap_days, decision.gap.days)
        self.assertEqual(status.next_order_date or None, decision.next_order)
        self.assertEqual(status.next_change_date or None, decision.next_change)
        self.assertEqual(status.reason, decision.reason())
