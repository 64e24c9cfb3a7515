"""The scan: cases and their instalments are brought in line with the journal items."""

import logging

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, mute_logger, split_every

from ..cases.outlook import Item, Stage, outlook
from ..patience.dates import action_date
from .dunning_case_line import CLOSED
from .open_items import OpenItems

_logger = logging.getLogger(__name__)

BATCH = 200  # customers brought in line in one transaction
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
AMOUNTS = ("amount_due", "amount_disputed", "amount_declared", "amount_credit", "amount_net")


class DunningCase(models.Model):
    _inherit = "dunning.case"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_scan(self):
        """Bring the cases of all companies in line: of customers to whom something happened, and once a day of all.

        What is done is committed a batch at a time; a scan that was killed begins anew and finds that part in line.
        """
        batches = [*self._get_changed_batches(), *self._get_daily_batches()]
        self.env["ir.cron"]._commit_progress(remaining=len(batches))
        for company, partners, is_last in batches:
            self.with_company(company)._scan_batch(partners)
            if is_last:
                company.dunning_scan_date = fields.Date.context_today(self)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _get_changed_batches(self):
        """Customers with changes since the last scan: a company, partners, and False, for it is not the day's last."""
        groups = self.env["dunning.change"]._read_group([], ["company_id"], ["partner_id:recordset"])
        return [(company, part, False) for company, partners in groups for part in self._split(partners.ids)]

    @api.model
    def _get_daily_batches(self):
        """All customers with something overdue or an open case, of companies that were not scanned today."""
        today = fields.Date.context_today(self)
        batches = []
        for company in self.env["res.company"].search([("dunning_scan_date", "!=", today)]):
            parts = self.with_company(company)._get_daily_parts()
            batches += [(company, part, part is parts[-1]) for part in parts]
        return batches

    @api.model
    def _get_daily_parts(self):
        """The customers of the environment's company in batches; at least one, which may be empty."""
        with_cases = self._search(self._get_company_domain()).select("partner_id")
        ids = {row[0] for row in self.env.execute_query(with_cases)}
        ids.update(OpenItems(self.env).get_overdue_customers(fields.Date.context_today(self)))
        return self._split(ids) or [self.env["res.partner"]]

    @api.model
    def _scan_batch(self, partners):
        """One transaction of the scan, in the environment's company.

        Where a customer of the batch fails, all are brought in line one by one, so that he holds up no other.
        """
        if not self._scan_safely(partners) and len(partners) > 1:
            for partner in partners:
                self._scan_safely(partner)

    @api.model
    def _scan_safely(self, partners):
        """Bring customers in line, or none of them; of one alone that fails the server's log says why.

        Changes of his stay noted: the next scan tries him again.

        :return: whether they are in line
        """
        try:
            with self.env.cr.savepoint():
                self.env["dunning.change"]._forget(partners)
                self._sync(partners)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # all of it is done again
        except Exception:  # noqa: BLE001 - whatever it was, the others are brought in line
            level = logging.INFO if len(partners) > 1 else logging.ERROR
            _logger.log(level, "%s could not be brought in line", partners, exc_info=True)
            return False
        return True

    def _split(self, ids):
        return [self.env["res.partner"].browse(part) for part in split_every(BATCH, sorted(ids))]

    @api.model
    def _get_company_domain(self):
        return Domain("company_id", "=", self.env.company.id) & Domain("state", "!=", CLOSED)

    # === IN LINE === #

    def _resync(self):
        """Bring the cases' customers in line at once."""
        for company, cases in self.grouped("company_id").items():
            self.with_company(company)._sync(cases.partner_id)

    @api.model
    def _sync(self, partners):
        """Bring the cases of customers in line with their journal items, in the environment's company.

        Writes only what is different. Two that do it at once make each case and line once: the second one's insertion
        gives way.

        :param partners: commercial partners
        """
        cases = self.sudo().with_context(**QUIET)  # the server keeps the cases
        overdue, credit = OpenItems(self.env).get(partners, fields.Date.context_today(self))
        by_key = cases._get_open(partners)
        cases._reopen(overdue, by_key)
        cases._judge(overdue, credit, by_key)
        policies = partners._get_dunning_policies()
        cases._create_missing(overdue.keys() - by_key.keys(), by_key, policies)
        items = cases._bring_lines_in_line(overdue, by_key, policies)
        for key, case in by_key.items():
            case._bring_in_line(items.get(key, []), credit.get(key, 0.0), policies[case.partner_id])

    @api.model
    def _get_open(self, partners):
        """The open cases of customers by partner and currency."""
        found = self.search(self._get_company_domain() & Domain("partner_id", "in", partners.ids))
        return {(case.partner_id.id, case.currency_id.id): case for case in found}

    @api.model
    def _reopen(self, overdue, by_key):
        """Open cases again whose instalments are overdue once more: a payment bounced, or a later date has come."""
        lost = [item.id for key, items in overdue.items() if key not in by_key for item in items]
        if not lost:
            return
        lines = self.env["dunning.case.line"].search(
            [("move_line_id", "in", lost), ("case_id.close_reason", "in", ["paid", "cleared"])], order="id"
        )
        for case in lines.case_id.sorted("id", reverse=True):
            key = case.partner_id.id, case.currency_id.id
            if key not in by_key and case.company_id == self.env.company:
                case.write({"state": "open", "close_reason": False, "closed_date": False, "cycle": case.cycle + 1})
                case.message_post(body=self.env._("Opened again: what was closed is overdue once more."))
                case._note_reopened()
                by_key[key] = case

    @api.model
    def _create_missing(self, keys, by_key, policies):
        """Open cases; where another worker has just opened one of them, all is left to the next scan."""
        vals_list = [self._prepare_case_vals(*key, policies) for key in sorted(keys)]
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                cases = self.create(vals_list)
        except UniqueViolation:
            return
        by_key.update({(case.partner_id.id, case.currency_id.id): case for case in cases})

    def _prepare_case_vals(self, partner_id, currency_id, policies):
        policy = policies[self.env["res.partner"].browse(partner_id)]
        return {
            "company_id": self.env.company.id,
            "partner_id": partner_id,
            "currency_id": currency_id,
            "policy_id": policy.id,
            "stage_id": policy._get_next_stage(None).id if policy else False,
            "user_id": self.env.company.dunning_user_id.id,
        }

    # === LINES === #

    @api.model
    def _bring_lines_in_line(self, overdue, by_key, policies):
        """Add instalments that became overdue, close those that are no longer open, move dates.

        :return: the instalments of each key, as :class:`..cases.outlook.Item`
        """
        patience = {}
        missing, moved, kept, items = [], {}, [], {}
        for key, found in overdue.items():
            case = by_key.get(key)
            if not case:
                continue
            partner = case.partner_id
            if partner not in patience:
                patience[partner] = policies[partner]._get_patience(partner) if policies[partner] else None
            for item in found:
                action = self._get_action_date(item, patience[partner])
                if not item.case_line_id:
                    missing.append((case.id, self.env.company.id, item.id, "active", item.due_date, action))
                elif (item.action_date, item.case_due_date) != (action, item.due_date):
                    moved.setdefault((action, item.due_date), []).append(item.case_line_id)
                kept.append(item.id)
                aside = {"is_disputed": item.case_line_state == "disputed", "is_declared": item.is_declared}
                items.setdefault(key, []).append(Item(item.id, item.due_date, action, item.residual, **aside))
        Line = self.env["dunning.case.line"]
        Line._close_all_but(by_key.values(), kept)
        for (action, due), ids in moved.items():
            Line.browse(ids).write({"action_date": action, "due_date": due})
        Line._insert(missing)
        return items

    def _get_action_date(self, item, patience):
        """The day before which nothing is done about an instalment."""
        if not patience:
            return item.due_date
        return action_date(item.due_date, item.invoice_date, patience, agreed=item.agreed_date)

    # === CASE === #

    def _bring_in_line(self, items, credit, policy):
        """Write what is different in a case.

        :param list items: its overdue instalments
        :param float credit: open credits of the customer in its currency
        :param policy: the policy in force
        """
        if not items:
            self._close("paid" if self._is_all_paid() else "cleared")
            return
        stage = self._get_stage_in_force(policy)
        found = outlook(
            items,
            credit,
            min_amount=policy._get_in_currency(policy.min_amount, self.currency_id) if policy else 0,
            has_policy=bool(policy),
            stage=stage and Stage(stage.wait_days),
            step_date=self.step_date or None,
            round_amount=self.currency_id.round,
        )
        self._write_different(
            {
                **{name: getattr(found, name) for name in AMOUNTS},
                "policy_id": policy.id,
                "stage_id": stage.id if stage else False,
                "oldest_due_date": found.oldest_due_date,
                "action_date": self._get_next_attempt(found.action_date) or False,
                "hold_reason": found.hold or False,
                **self._get_state_vals(),
            }
        )

    def _get_stage_in_force(self, policy):
        """The next step: where the customer came under another policy, the first of it that is not done yet."""
        if not policy:
            return None
        if self.policy_id == policy:
            return self.stage_id or (None if self.step_date else policy._get_next_stage(None) or None)
        done = set(self.step_ids.filtered(lambda step: step.state == "done").mapped("kind"))
        return policy.stage_ids.sorted().filtered(lambda stage: stage.kind not in done)[:1] or None

    def _is_all_paid(self):
        return all(self.line_ids.move_line_id.mapped("reconciled"))

    def _write_different(self, values):
        """Write those values that are not there yet.

        :param dict values: as for ``write``, many2one fields as ids or False
        """
        different = {name: value for name, value in values.items() if not self._is_same(name, value)}
        if different:
            self.write(different)

    def _is_same(self, name, value):
        now = self[name]
        if name in AMOUNTS:
            return self.currency_id.compare_amounts(now, value) == 0
        return (now.id if self._fields[name].type == "many2one" else now) == value


class DunningCaseLine(models.Model):
    _inherit = "dunning.case.line"

    @api.model
    def _insert(self, rows):
        """Add lines; one that another worker has added meanwhile stays his.

        :param list rows: case, company, journal item, state, due date, action date
        """
        if not rows:
            return
        self.env["dunning.case"].flush_model()
        for part in split_every(1000, rows):
            values = SQL(", ").join(
                SQL("(%s, %s, now() AT TIME ZONE 'UTC')", SQL(", ").join(map(_value, row)), self.env.uid)
                for row in part
            )
            self.env.cr.execute(
                SQL(
                    "INSERT INTO dunning_case_line (case_id, company_id, move_line_id, state, due_date, action_date, "
                    "create_uid, create_date) VALUES %s ON CONFLICT DO NOTHING",
                    values,
                )
            )
        self.invalidate_model()
        self.env["dunning.case"].invalidate_model(["line_ids"])

    @api.model
    def _close_all_but(self, cases, kept):
        """Close the lines of cases whose journal items are not open any more.

        :param cases: records of ``dunning.case``
        :param list kept: ids of journal items that still are
        """
        ids = [case.id for case in cases]
        self.search([("case_id", "in", ids), ("state", "!=", CLOSED), ("move_line_id", "not in", kept)]).state = CLOSED


def _value(value):
    return SQL("%s", value)
