"""What a piece of work costs: processor time, queries, memory and rows written."""

import gc
import pathlib
import time
from dataclasses import dataclass
from typing import Any

import psutil

STATUS, CLEAR_REFS = pathlib.Path("/proc/self/status"), pathlib.Path("/proc/self/clear_refs")
RESET_PEAK = "5"
COUNTS_WRITES = 150000  # before PostgreSQL 15 the counters arrive late


@dataclass(frozen=True)
class Measure:
    """What a call gave and cost.

    :param answer: what the function returned
    :param float cpu: processor seconds of this process
    :param float cpu_with_server: the same with those of PostgreSQL's process for this connection; None if it is remote
    :param float wall: seconds by the clock
    :param int queries: SQL statements sent by this cursor
    :param float rss_growth_mb: how much more memory than before it held at its peak
    :param int rows_written: rows inserted, updated and deleted by anybody meanwhile; None before PostgreSQL 15
    """

    answer: Any
    cpu: float
    cpu_with_server: float | None
    wall: float
    queries: int
    rss_growth_mb: float
    rows_written: int | None


def measure(env, function, *, warm_up=None):
    """Call a function with no record in the cache and tell what that cost, pending writes included.

    The transaction is committed before and after: a benchmark works on a database of its own.

    :param function: takes nothing; what it returns becomes the measure's answer
    :param warm_up: does a small piece of the same work first, not counted, so that what a running server has in its
        caches (access rights, XML ids) is in them
    :rtype: Measure
    """
    if warm_up:
        warm_up()
    written = _rows_written(env)
    _cool(env)
    server = _server_process(env)
    before = _memory_mb("VmRSS")
    queries, server_cpu = env.cr.sql_log_count, _cpu(server)
    wall, cpu = time.perf_counter(), time.process_time()
    answer = function()
    env.flush_all()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    queries = env.cr.sql_log_count - queries
    growth = _memory_mb("VmHWM") - before
    written = None if written is None else _rows_written(env) - written
    with_server = None if server is None else cpu + _cpu(server) - server_cpu
    return Measure(answer, cpu, with_server, wall, queries, growth, written)


def _cool(env):
    """Forget all records, so that each side fetches what it needs; reset the peak of memory."""
    env.invalidate_all()
    gc.collect()
    CLEAR_REFS.write_text(RESET_PEAK)


def _memory_mb(key):
    """This process's memory now (VmRSS) or at its peak (VmHWM), in MiB."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(f"{key}:"))
    return int(line.split()[1]) / 1024


def _rows_written(env):
    """Rows that everybody ever wrote into this database's tables, after committing ours."""
    env.flush_all()
    if env.cr.connection.server_version < COUNTS_WRITES:
        env.cr.commit()
        return None
    env.cr.execute("SELECT pg_stat_force_next_flush()")
    env.cr.commit()
    env.cr.execute("SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables")
    return int(env.cr.fetchone()[0])


def _server_process(env):
    """PostgreSQL's process for this connection, where the server is private and so on this machine."""
    if not env.cr.connection.info.host.startswith("/"):
        return None
    return psutil.Process(env.cr.connection.get_backend_pid())


def _cpu(process):
    if process is None:
        return 0.0
    times = process.cpu_times()
    return times.user + times.system
