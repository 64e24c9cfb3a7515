"""Dunning at size: whether a hundred times as many open lines cost a hundred times as much, and no more memory."""

from .bench_dunning import DUNNING, LINES_A_CUSTOMER, create_customers, create_open_lines
from .framework import benchmark, result
from .measuring import measure

TIMES = 100


def _scan(env, size):
    """Open lines and the scheduled action that makes their cases, batch by batch, each committed."""
    create_open_lines(env, create_customers(env, size // LINES_A_CUSTOMER), size)
    env.company.dunning_scan_date = False
    return measure(env, env["dunning.case"]._cron_scan)


@benchmark(
    "dunning_scale",
    size=100_000,
    addons=DUNNING,
    targets=["ratio >= 0.8", "queries_ours <= 3000", "rss_growth_mb <= 20"],
)
def dunning_scale(env, size):
    """Overdue instalments become cases batch by batch, as the scheduled action does it."""
    few = _scan(env, size // TIMES)
    many = _scan(env, size)
    lines = env["dunning.case.line"].search_count([("state", "=", "active")])
    if lines != size + size // TIMES:
        raise AssertionError(f"{lines} lines are pursued, not {size + size // TIMES}")
    return result(
        unit="CPU s",
        ours=many.cpu,
        peer=few.cpu * TIMES,
        peer_name=f"ours on {size // TIMES:,} lines, {TIMES} times",
        ratio=few.cpu * TIMES / many.cpu,
        queries_ours=many.queries,
        queries_peer=few.queries * TIMES,
        rss_growth_mb=many.rss_growth_mb,
        rows_written=many.rows_written,
    )
