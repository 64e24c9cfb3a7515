"""A limit of requests: buckets that hold so many tokens and fill again with time.

>>> now = [0.0]
>>> buckets = Buckets(size=2, a_second=0.5, clock=lambda: now[0])
>>> [buckets.take("a"), buckets.take("a"), buckets.take("a"), buckets.take("b")]
[0, 0, 2, 0]
>>> now[0] = 2.0
>>> buckets.take("a"), buckets.take("a")
(0, 2)
"""

import math
import time
from collections import OrderedDict
from threading import Lock


class Buckets:
    """A bucket a name, kept in memory: nobody makes the database write by asking often.

    Each worker process has its own, so the limit of all is a multiple of it: it is there against floods, not to count.

    :param int size: requests that pass at once
    :param float a_second: requests that pass in the long run
    :param int at_most: names that are known; the one that has not been seen longest is forgotten
    :param clock: seconds that only grow
    """

    def __init__(self, size, a_second, at_most=10_000, clock=time.monotonic):
        self._size, self._a_second, self._at_most, self._clock = size, a_second, at_most, clock
        self._levels, self._lock = OrderedDict(), Lock()

    def take(self, name):
        """Take a token.

        :return: 0 where there was one, else the whole seconds until there is
        """
        with self._lock:
            now = self._clock()
            level, since = self._levels.pop(name, (self._size, now))
            level = min(level + (now - since) * self._a_second, self._size)
            passes = level >= 1
            self._levels[name] = (level - passes, now)
            if len(self._levels) > self._at_most:
                self._levels.popitem(last=False)
            return 0 if passes else math.ceil((1 - level) / self._a_second)
