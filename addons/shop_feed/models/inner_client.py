"""A client of Odoo within Odoo: the answer that anybody gets, without a network."""

import contextlib
import threading

from werkzeug.test import Client

from odoo import http

MARKS = ("dbname", "uid", "url", "query_count", "query_time", "perf_t0", "cursor_mode")


def get(place, database, *, base_url=None, headers=None):
    """The answer of Odoo to a visitor without a session.

    :param str place: path and query
    :param str base_url: of the website
    :rtype: werkzeug.test.TestResponse
    """
    with _unmarked_thread():
        client = Client(http.root, use_cookies=False)
        headers = {"X-Odoo-Database": database, **(headers or {})}
        return client.get(place, base_url=base_url, headers=headers, buffered=True)


@contextlib.contextmanager
def _unmarked_thread():
    """Odoo notes on the thread what it serves; who goes on here, such as a scheduled action, must not find it."""
    marks = vars(threading.current_thread())
    before = {name: marks[name] for name in MARKS if name in marks}
    try:
        yield
    finally:
        for name in MARKS:
            marks.pop(name, None)
        marks.update(before)
