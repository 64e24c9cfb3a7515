"""The README's table of benchmarks, made from what they last gave."""

import json
import os
import pathlib
import re

from . import paths
from .console import Problem

README = paths.ROOT / "README.md"
KEPT = paths.TESTS / "benchmarks" / "results.json"
MARKS = re.compile(r"(<!-- benchmarks -->\n).*?(<!-- end of benchmarks -->)", re.DOTALL)
HEAD = ("", "how many", "ours", "the peer's", "unit", "ratio", "queries", "memory grown", "target")


def keep(results, titles, targets):
    """Put results in the place of those of the same names, and the table of all into the README.

    :param list results: as ``./setup/bench --json`` writes them
    :param dict titles: what each benchmark is about, by name, in the order of the table
    :param dict targets: by name, whether each of its targets was met
    """
    known = {one["name"]: one for one in json.loads(KEPT.read_text())} if KEPT.exists() else {}
    for one in results:
        known[one["name"]] = {**one, "machine": machine(), "targets": targets[one["name"]]}
    kept = [_rounded(known[name]) for name in titles if name in known]
    KEPT.write_text(json.dumps(kept, indent=2) + "\n")
    README.write_text(placed(README.read_text(), table(kept, titles)))


def placed(text, rows):
    """A README with the table between its marks.

    >>> placed("a\\n<!-- benchmarks -->\\nold\\n<!-- end of benchmarks -->\\nb", "new")
    'a\\n<!-- benchmarks -->\\nnew\\n<!-- end of benchmarks -->\\nb'
    """
    if not MARKS.search(text):
        raise Problem("The README has no place for the table of benchmarks.", "Put the two marks back into it.")
    return MARKS.sub(lambda found: f"{found[1]}{rows}\n{found[2]}", text)


def table(results, titles):
    """The results as a table in Markdown, and on what machine they were measured."""
    rows = [HEAD, ["---"] * len(HEAD), *(_row(one, titles[one["name"]]) for one in results)]
    machines = sorted({one["machine"] for one in results})
    return "\n".join(["| " + " | ".join(row) + " |" for row in rows] + ["", f"Measured on {'; '.join(machines)}."])


def _row(one, title):
    queries = [_text(one[name]) for name in ("queries_ours", "queries_peer") if one[name] is not None]
    met = [f"{'' if is_met else 'missed: '}{target}" for target, is_met in one["targets"].items()]
    peer = "-" if one["peer"] is None else f"{_text(one['peer'])} ({one['peer_name']})"
    growth = "-" if one["rss_growth_mb"] is None else f"{one['rss_growth_mb']:.0f} MB"
    measured = [_text(one["ours"]), peer, one["unit"], _text(one["ratio"])]
    return [title, _text(one["size"]), *measured, " / ".join(queries) or "-", growth, ", ".join(met) or "-"]


def _text(value):
    """A number with as many digits as tell something.

    >>> [_text(value) for value in (None, 180326, 137.04, 0.0832)]
    ['-', '180,326', '137', '0.083']
    """
    if value is None:
        return "-"
    return f"{value:,.0f}" if isinstance(value, int) or value >= 100 else f"{value:.2g}"


def _rounded(one):
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in one.items()}


def machine():
    """Cores, processor and memory of this machine, as a reader may compare them with his."""
    cpu = re.search(r"model name\s*: (.+)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({cpu[1].strip() if cpu else 'unknown'}), {memory:.0f} GB of memory"
