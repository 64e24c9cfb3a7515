"""The first page: what is overdue, what is to be done today, and how fast the money comes in."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..law.limitation import WARN_MONTHS
from ..report.dunning_report import AGES, STANDINGS
from .receivable_months import ReceivableMonths

MONTHS = 12
PROBLEMS = ("failed", "uncertain")
BATCHES_AT_ONCE = 5  # of customers, while a person waits


class DunningDashboard(models.AbstractModel):
    """Read with the rights of whoever looks, over the companies that are chosen, in the currency of the first."""

    _name = "dunning.dashboard"
    _description = "Dunning Dashboard"

    @api.model
    def get_dunning_dashboard(self):
        """All that the page shows, each figure with the list behind it.

        :rtype: dict
        """
        self.env["dunning.case"].check_access("read")
        return {
            "currency_id": self.env.company.currency_id.id,
            "situation": self._get_situation(),
            "overdue": self._get_overdue(),
            "todo": self._get_todo(),
            "results": self._get_results(),
            "months": self._get_months(),
        }

    # === FIRST STEPS === #

    @api.model
    def _get_situation(self):
        """What has to be done before there is anything to see: ``no_policy``, ``not_scanned``, or False."""
        if not self.env["dunning.policy"].search_count([], limit=1):
            return "no_policy"
        scanned = self.env.companies.filtered("dunning_scan_date")
        if not scanned and not self.env["dunning.case"].search_count([], limit=1):
            return "not_scanned"
        return False

    @api.model
    def action_scan(self):
        """Look for overdue invoices now, as far as a person can wait for it; the scheduled action does the rest."""
        self.env["dunning.case"].check_access("write")
        for company in self.env.companies:
            Case = self.env["dunning.case"].sudo().with_company(company)  # the server keeps the cases
            parts = Case._get_daily_parts()
            for part in parts[:BATCHES_AT_ONCE]:
                Case._scan_batch(part)
            if len(parts) > BATCHES_AT_ONCE:
                self.env.ref("dunning_it.ir_cron_dunning_scan").sudo()._trigger()  # the server's own
            else:
                company.sudo().dunning_scan_date = fields.Date.context_today(self)  # the server's own note

    # === OVERDUE === #

    @api.model
    def _get_overdue(self):
        """What is overdue by age, by where it stands and by who is responsible, from one query.

        :return: ``{"ages": [{"key", "name"}], "total": row, "standings": [row], "users": [row]}``; a row is
            ``{"id", "name", "total", "count", "ages": {age: amount}}``
        """
        groups = self.env["dunning.report"]._read_group(
            [], ["age", "standing", "user_id"], ["amount_residual:sum", "__count"]
        )
        total, standings, users = _Row(False, self.env._("All")), {}, {}
        names = dict(self.env["dunning.report"]._fields["standing"]._description_selection(self.env))
        for age, standing, user, amount, count in groups:
            nobody = self.env._("Nobody")
            by_standing = standings.setdefault(standing, _Row(standing, names[standing]))
            by_user = users.setdefault(user.id, _Row(user.id, user.sudo().name or nobody))  # its name alone
            for row in (total, by_standing, by_user):
                row.add(age, amount, count)
        ages = dict(self.env["dunning.report"]._fields["age"]._description_selection(self.env))
        return {
            "ages": [{"key": key, "name": ages[key]} for key, _name in AGES],
            "total": total.as_dict(),
            "standings": [standings[key].as_dict() for key, _name in STANDINGS if key in standings],
            "users": [row.as_dict() for row in sorted(users.values(), key=lambda row: -row.total)],
        }

    # === TO DO === #

    @api.model
    def _get_todo(self):
        """What waits for a person today.

        :return: list of ``{"key", "name", "count", "is_urgent", "action", "domain"}``, what there is none of left out
        """
        entries = []
        for key, name, action, domain in self._get_todo_kinds():
            model = self.env[self.env.ref(action).sudo().res_model]  # which list it is, nothing of it
            if count := model.search_count(domain):
                is_urgent = key in ("limitation", "uncertain_mail", "uncertain_notice")
                entries.append(
                    {
                        "key": key,
                        "name": name,
                        "count": count,
                        "is_urgent": is_urgent,
                        "action": action,
                        "domain": list(domain),
                    }
                )
        return entries

    @api.model
    def _get_todo_kinds(self):
        """What may wait for a person, in the order of the page; a hook for more.

        :return: list of ``(key, name, XML id of the action, domain)``
        """
        return [*self._get_step_kinds(), *self._get_answer_kinds(), *self._get_risk_kinds()]

    @api.model
    def _get_step_kinds(self):
        """The steps that are due, as in :meth:`_get_todo_kinds`."""
        due = Domain("is_due", "=", True)
        calls, cases = "dunning_it.dunning_call_action_today", "dunning_it.dunning_case_action"
        unsent = Domain("state", "in", ("draft", "ready"))
        return [
            ("call", self.env._("Calls"), calls, due & Domain("stage_kind", "=", "call")),
            ("mail", self.env._("Reminders"), cases, due & Domain("stage_kind", "=", "mail")),
            ("notice", self.env._("Formal notices"), cases, due & Domain("stage_kind", "=", "notice")),
            ("review", self.env._("Reviews"), cases, due & Domain("stage_kind", "=", "review")),
            ("unsent", self.env._("Notices to sign or send"), "dunning_it.dunning_notice_action", unsent),
        ]

    @api.model
    def _get_answer_kinds(self):
        """What customers said and what came back, as in :meth:`_get_todo_kinds`."""
        is_open = Domain("state", "=", "open")
        promised = is_open & Domain("date", "<=", fields.Date.context_today(self))
        return [
            ("promise", self.env._("Promises due today"), "dunning_it.dunning_promise_action", promised),
            ("dispute", self.env._("Open disputes"), "dunning_it.dunning_dispute_action", is_open),
            ("receipt", self.env._("PEC receipts to look at"), "dunning_it.dunning_receipt_action", is_open),
        ]

    @api.model
    def _get_risk_kinds(self):
        """What went wrong in sending, and what is about to be lost, as in :meth:`_get_todo_kinds`."""
        mails, notices = "dunning_it.dunning_step_action_problem", "dunning_it.dunning_notice_action"
        failed_mails, failed_notices = Domain("state", "in", PROBLEMS), Domain("mail_state", "in", PROBLEMS)
        horizon = fields.Date.context_today(self) + relativedelta(months=max(WARN_MONTHS))
        barred = Domain("state", "!=", "closed") & Domain("limitation_date", "<=", horizon)
        return [
            ("uncertain_mail", self.env._("Reminders failed or uncertain"), mails, failed_mails),
            ("uncertain_notice", self.env._("Notices failed or uncertain"), notices, failed_notices),
            ("limitation", self.env._("Limitation within a year"), "dunning_it.dunning_limitation_action", barred),
        ]

    # === RESULTS === #

    @api.model
    def _get_results(self):
        """What came in for cases this month, and how many promises were kept in the last twelve months."""
        since = fields.Date.context_today(self) - relativedelta(months=MONTHS)
        counts = dict(
            self.env["dunning.promise"]._read_group(
                [("state", "in", ("kept", "broken")), ("judged_date", ">", since)], ["state"], ["__count"]
            )
        )
        kept, broken = counts.get("kept", 0), counts.get("broken", 0)
        return {"collected": self._get_collected(), "promises_kept": kept, "promises_judged": kept + broken}

    @api.model
    def _get_collected(self):
        """What was paid this month of instalments in cases, after they were due.

        Neither credit notes nor differences of exchange rates are payments.
        """
        first = fields.Date.context_today(self).replace(day=1)
        lines = self.env["dunning.case.line"]._search([("company_id", "in", self.env.companies.ids)])
        for model in ("account.move", "account.partial.reconcile"):
            self.env[model].flush_model()
        [[amount]] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(part.amount * account_currency_table.rate), 0)
                  FROM account_partial_reconcile part
                  JOIN account_move_line counterpart ON counterpart.id = part.credit_move_id
                  JOIN account_move other ON other.id = counterpart.move_id
                  JOIN res_company company ON company.id = part.company_id
                  JOIN %(rates)s ON account_currency_table.company_id = part.company_id
                 WHERE part.max_date >= %(first)s AND other.move_type != 'out_refund'
                   AND other.journal_id IS DISTINCT FROM company.currency_exchange_journal_id
                   AND EXISTS (
                       SELECT FROM dunning_case_line line
                         JOIN dunning_case pursued ON pursued.id = line.case_id
                        WHERE line.id IN %(lines)s AND line.move_line_id = part.debit_move_id
                          AND line.due_date < part.max_date
                          AND COALESCE(pursued.close_reason, '') NOT IN ('waived', 'lost', 'settled')
                   )
                """,
                rates=self.env["res.currency"]._get_simple_currency_table(self.env.companies),
                first=first,
                lines=lines.subselect(),
            )
        )
        return amount

    @api.model
    def _get_months(self):
        """Days sales outstanding, by counting back, and what was collected of what could be, month by month."""
        months = ReceivableMonths(self.env, self.env.companies).get_total_months(MONTHS)
        return [
            {
                "date": fields.Date.to_string(month.end),
                "dso": round(float(month.dso_count_back), 1),
                "effectiveness": None if month.effectiveness is None else round(float(100 * month.effectiveness), 1),
                "receivables": month.receivables / 100,
                "overdue": month.overdue / 100,
            }
            for month in months
        ]


class _Row:
    """Amounts of one row of the page, by age."""

    def __init__(self, key, name):
        self.key, self.name = key, name
        self.ages, self.total, self.count = {}, 0.0, 0

    def add(self, age, amount, count):
        """Count instalments of one age in."""
        self.ages[age] = self.ages.get(age, 0.0) + amount
        self.total += amount
        self.count += count

    def as_dict(self):
        """The row as :meth:`DunningDashboard._get_overdue` returns it."""
        return {"id": self.key, "name": self.name, "total": self.total, "count": self.count, "ages": self.ages}
