"""Benchmarks: ours and the peer's way on the same data in the same run.

Each runs in a process and a database of its own. Exits non-zero where one fails or the two answers differ, with
--strict also where a target is missed.
"""

import contextlib
import json
import pathlib

from .. import bench_table, database, odoo, paths, postgres, python_env, shell
from ..console import Problem, guarded, new_parser, say, step, warn
from ..suite import free_port


def main():
    options = _options()
    return guarded(lambda: _bench(options))


def _options():
    parser = new_parser("bench", __doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="run this benchmark alone (default: all)")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write the results there as a list")
    parser.add_argument("--readme", action="store_true", help="put the results into the README's table")
    parser.add_argument("--strict", action="store_true", help="fail where a target is missed")
    parser.add_argument("--list", action="store_true", help="only print the names")
    return parser.parse_args()


def _bench(options):
    source = odoo.ensure()
    python_env.ensure_peers()
    with postgres.serving("test", durable=False) as server:
        runner = Runner(odoo.Odoo(source, server, [paths.TESTS, paths.PEERS_ADDONS]))
        known = runner.listed()
        titles = {name: one.pop("title") for name, one in known.items()}
        chosen = _chosen(known, options.names)
        if options.list:
            say("\n".join(chosen))
            return 0
        answers = [runner.run(name, **needed) for name, needed in chosen.items()]
    given = [answer for answer in answers if answer]
    if options.readme:
        targets = {answer["result"]["name"]: answer["targets"] for answer in given}
        bench_table.keep([answer["result"] for answer in given], titles, targets)
    return _report(given, len(answers), options)


def _chosen(known, names):
    """The addons of the chosen benchmarks, by name.

    :raise Problem: where there is no such benchmark
    """
    if unknown := sorted(set(names) - set(known)):
        raise Problem(f"No such benchmark: {', '.join(unknown)}.", f"Choose from {', '.join(known) or 'none so far'}.")
    return {name: known[name] for name in names or known}


class Runner:
    """Runs benchmarks, each in a process of its own on a fresh copy of a template."""

    def __init__(self, program):
        self.program = program
        self.config = program.config("bench", http_port=free_port(), gevent_port=free_port())
        self.output = paths.HOME / "bench.json"

    def listed(self):
        """What each benchmark is about, and the addons it needs in its database and in the peer's, by its name."""
        return {one.pop("name"): one for one in self._ask(log="bench-list")}

    def run(self, name, addons, beside):
        """What a benchmark answers; None where it failed, which is said."""
        templates = [database.Templates(self.program, self.config, addons).installed()]
        if beside:
            templates.append(database.Templates(self.program, self.config, beside).apps())
        with step(f"Benchmark {name}"), contextlib.ExitStack() as stack:
            copies = [
                stack.enter_context(database.copy(self.program.server, template, use))
                for template, use in zip(templates, ("run", "peer"), strict=False)
            ]
            words = ["--name", name, "--config", self.config]
            for option, copy in zip(("--database", "--peer-database"), copies, strict=False):
                words += [option, copy]
            try:
                return self._ask(*words, log=f"bench-{name}")
            except Problem as problem:
                warn(problem)
                return None

    def _ask(self, *words, log):
        path = shell.python_path(self.program.source, paths.TESTS)
        command = [self.program.python, "-m", "benchmarks.run", "--output", self.output, *words]
        shell.run(command, log=log, env=self.program.environment | {"PYTHONPATH": path}, cwd=paths.HOME)
        return json.loads(self.output.read_text())


def _report(answers, wanted, options):
    """Print the results, write them where asked, and give the exit code."""
    results = [answer["result"] for answer in answers]
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")
    if results:
        _print_table(results)
    targets = [(answer["result"]["name"], *target) for answer in answers for target in answer["targets"].items()]
    for name, target, met in targets:
        say(f"{'met   ' if met else 'MISSED'}  {name}: {target}")
    missed = options.strict and not all(met for _name, _target, met in targets)
    return 1 if missed or len(answers) < wanted else 0


def _print_table(results):
    """Print results one below the other; they all have the same fields in the same order."""
    rows = [list(results[0]), *(list(map(_text, result.values())) for result in results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def _text(value):
    """A cell of the table.

    >>> [_text(value) for value in (None, 1234, 0.123456, "Odoo core")]
    ['-', '1,234', '0.123', 'Odoo core']
    """
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"
