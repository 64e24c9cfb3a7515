"""What a benchmark is, what it gives, and when its targets are met."""

import importlib
import operator
import pathlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

FIELDS = (
    "name",
    "size",
    "unit",
    "ours",
    "peer",
    "peer_name",
    "ratio",
    "queries_ours",
    "queries_peer",
    "rss_growth_mb",
    "rows_written",
)
UNITS = {"cpu": "CPU s", "cpu_with_server": "CPU s with PostgreSQL's", "wall": "s"}
COMPARISONS = {">=": operator.ge, "<=": operator.le, "=": operator.eq}
BENCHMARKS = {}


class DifferentAnswers(Exception):
    """Ours and the peer's way gave different answers, so their times say nothing."""


@dataclass(frozen=True)
class Benchmark:
    """A registered benchmark.

    :param int size: how many of what it is about; handed to the function
    :param tuple addons: what must be installed; their own dependencies come along
    :param tuple targets: what the result must show, see :func:`is_met`
    :param function: takes an environment and the size, gives a result of :func:`against` or :func:`alone`
    :param tuple beside: what is installed in a second database, without our addons, to compare with in the same run;
        the function takes the environment of that one too, as ``peer_env``
    """

    name: str
    size: int
    addons: tuple
    targets: tuple
    function: Callable
    beside: tuple = ()

    @property
    def title(self):
        """What it is about: the first line of its function's docstring."""
        return self.function.__doc__.splitlines()[0].removesuffix(".")

    def run(self, env, peer_env=None):
        """The result, with all fields of :data:`FIELDS`."""
        more = {"peer_env": peer_env} if self.beside else {}
        return {**self.function(env, self.size, **more), "name": self.name, "size": self.size}


def benchmark(name, *, size, addons, targets=(), beside=()):
    """Register the decorated function under a name; see :class:`Benchmark`."""

    def register(function):
        BENCHMARKS[name] = Benchmark(name, size, tuple(addons), tuple(targets), function, tuple(beside))
        return function

    return register


def load():
    """Import the modules with benchmarks, and give these by name."""
    for module in pkgutil.iter_modules([str(pathlib.Path(__file__).parent)]):
        if module.name.startswith("bench_"):
            importlib.import_module(f"{__package__}.{module.name}")
    return BENCHMARKS


def against(ours, peer, peer_name, *, by="cpu", same=operator.eq):
    """A result that puts our measure beside a peer's.

    :param Measure ours: what :func:`measuring.measure` gave for our way
    :param Measure peer: the same for the peer's
    :param str by: which of their times counts: a key of :data:`UNITS`
    :param same: tells whether the two answers are the same; None where the peer can't give ours (say so in its name)
    :raise DifferentAnswers: where they are not
    """
    if same and not same(ours.answer, peer.answer):
        raise DifferentAnswers(f"{_short(ours.answer)}\nis not {peer_name}'s\n{_short(peer.answer)}")
    ours_seconds, peer_seconds = getattr(ours, by), getattr(peer, by)
    return {
        **alone(ours, by=by),
        "peer": peer_seconds,
        "peer_name": peer_name,
        "ratio": peer_seconds / ours_seconds if ours_seconds else None,
        "queries_peer": peer.queries,
    }


def alone(ours, *, by="cpu"):
    """A result of our measure, with nothing beside it."""
    return result(
        unit=UNITS[by],
        ours=getattr(ours, by),
        queries_ours=ours.queries,
        rss_growth_mb=ours.rss_growth_mb,
        rows_written=ours.rows_written,
    )


def result(**fields):
    """A result with the given fields, the others empty.

    >>> result(unit="AUC", ours=0.7)["peer"] is None
    True
    """
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"A result has no {', '.join(sorted(unknown))}.")
    return {**dict.fromkeys(FIELDS), **fields}


def is_met(target, fields):
    """Whether a result meets a target: a field, a comparison, and a number or a field, divided by a number or not.

    >>> is_met("ratio >= 20", {"ratio": 25})
    True
    >>> is_met("queries_ours <= queries_peer / 5", {"queries_ours": 21, "queries_peer": 100})
    False
    >>> is_met("ratio >= 20", {"ratio": None})
    False
    """
    name, sign, bound, *divided = target.split()
    limit = fields[bound] if bound in FIELDS else float(bound)
    if fields[name] is None or limit is None:
        return False
    if divided:
        limit /= float(divided[1])
    return COMPARISONS[sign](fields[name], limit)


def _short(answer, limit=500):
    text = repr(answer)
    return text if len(text) <= limit else f"{text[:limit]}..."
