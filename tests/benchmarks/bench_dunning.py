"""Dunning: what it costs to find out who owes what, beside the OCA addon for the job."""

import datetime

from .framework import against, alone, benchmark
from .measuring import measure

DUNNING = ["dunning_it"]
PEER = "OCA account_credit_control"
BESIDE = ["sale", "l10n_it_edi", "account_credit_control"]
LINES_A_CUSTOMER = 10
LINES_AN_ENTRY = 2_000


def create_customers(env, count, name="Customer"):
    return env["res.partner"].create(
        [
            {"name": f"{name} {number}", "is_company": True, "email": f"{name}{number}@example.com".lower()}
            for number in range(count)
        ]
    )


def create_open_lines(env, customers, size):
    """Open receivables, spread over the customers, all past their due date by 100 to 149 days.

    They are lines of a few entries, as an opening balance makes them: both ways see the same journal items.
    """
    today = datetime.date.today()
    account = customers[0].property_account_receivable_id
    income = env["account.account"].search([("account_type", "=", "income")], limit=1)
    journal = env["account.journal"].search([("type", "=", "general")], limit=1)
    quick = env["account.move"].with_context(tracking_disable=True)
    for start in range(0, size, LINES_AN_ENTRY):
        numbers = range(start, min(start + LINES_AN_ENTRY, size))
        lines = [
            {
                "account_id": account.id,
                "partner_id": customers[number % len(customers)].id,
                "date_maturity": today - datetime.timedelta(100 + number % 50),
                "debit": 100 + number % 37,
                "no_followup": False,
            }
            for number in numbers
        ]
        total = sum(line["debit"] for line in lines)
        lines.append({"account_id": income.id, "credit": total})
        values = {"journal_id": journal.id, "date": today - datetime.timedelta(160)}
        quick.create({**values, "line_ids": [(0, 0, line) for line in lines]}).action_post()


def scan(env):
    """Our scan of the company, a batch after the other: how many lines, and what is claimed."""
    Case = env["dunning.case"]
    for part in Case._get_daily_parts():
        Case._scan_batch(part)
    lines = env["dunning.case.line"].search_count([("state", "=", "active")])
    total = sum(amount for (amount,) in Case._read_group([], [], ["amount_net:sum"]))
    return lines, round(total, 2)


def run_control(env):
    """The peer's control run of today: the same answer."""
    policy = env.ref("account_credit_control.credit_control_3_time")
    run = env["credit.control.run"].create({"date": datetime.date.today(), "policy_ids": [(6, 0, policy.ids)]})
    run.generate_credit_lines()
    ((lines, total),) = env["credit.control.line"]._read_group([], [], ["__count", "amount_due:sum"])
    return lines, round(total, 2)


def prepare_peer(env):
    policy = env.ref("account_credit_control.credit_control_3_time")
    account = env["res.partner"].create({"name": "One"}).property_account_receivable_id
    policy.account_ids = account
    env.company.credit_policy_id = policy


def _measure(env, size, work):
    create_open_lines(env, create_customers(env, size // LINES_A_CUSTOMER), size)
    return measure(env, lambda: work(env))


@benchmark(
    "dunning_scan",
    size=10_000,
    addons=DUNNING,
    beside=BESIDE,
    targets=["ratio >= 5", "queries_ours <= 300"],
)
def dunning_scan(env, size, peer_env):
    """Overdue instalments of 1,000 customers become cases."""
    prepare_peer(peer_env)
    return against(_measure(env, size, scan), _measure(peer_env, size, run_control), PEER)


@benchmark("dunning_rerun", size=10_000, addons=DUNNING, targets=["rows_written = 0"])
def dunning_rerun(env, size):
    """The same again on the same day: nothing is written."""
    create_open_lines(env, create_customers(env, size // LINES_A_CUSTOMER), size)
    first = scan(env)
    again = measure(env, lambda: scan(env))
    if again.answer != first:
        raise AssertionError(f"{again.answer} is not {first}")
    return alone(again)
