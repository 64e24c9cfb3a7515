"""Who uses the nodes from outside while they work: visitors of public pages, and a person's program."""

import contextlib
import http.client
import itertools
import json

SHOP = "shop.example"  # the website's name in addresses
PRICES = 20  # changed at a time
TIMEOUT = 60  # seconds for an answer, on a machine that is busy


class Visitors:
    """They ask one node and the other; one that is dead, or dies, gives them no answer.

    :param list nodes: of :class:`.odoo_node.OdooNode`
    :param dict pages: paths by the name of the page
    :param str key: with which a program of a person may change prices
    """

    def __init__(self, nodes, pages, key):
        self.nodes = nodes
        self.pages = pages
        self.key = key
        self.turns = itertools.cycle(nodes)
        self.answers = {page: [] for page in pages}  # in order
        self.changes = 0

    def visit(self):
        """Look at all pages on all nodes."""
        for node, (page, path) in itertools.product(self.nodes, self.pages.items()):
            with contextlib.suppress(OSError, http.client.HTTPException):
                status, _content = _request(node, "GET", path, headers={"Host": SHOP})
                self.answers[page].append(status)

    def change_prices(self):
        """Change some prices on the node whose turn it is."""
        node = next(self.turns)
        self.changes += 1
        with contextlib.suppress(OSError, http.client.HTTPException):
            for place, product in enumerate(self._call(node, "search", domain=[["sale_ok", "=", True]], limit=PRICES)):
                self._call(node, "write", ids=[product], vals={"list_price": self.changes + place / 4})

    def complaints(self):
        """Once there is something to see, everybody sees it."""
        for page, answers in self.answers.items():
            if 200 not in answers:
                yield f"{page}: nobody saw it; the answers were {answers}."
            elif set(answers[answers.index(200) :]) != {200}:
                yield f"{page}: it was not always there; the answers were {answers}."

    def _call(self, node, method, **words):
        headers = {
            "Authorization": f"bearer {self.key}",
            "Content-Type": "application/json",
            "X-Odoo-Database": node.database,
        }
        status, content = _request(node, "POST", f"/json/2/product.template/{method}", json.dumps(words), headers)
        if status != 200:
            raise http.client.HTTPException(f"{method}: {status}")
        return json.loads(content)


def _request(node, verb, path, body=None, headers=None):
    """
    :return: the status and the content
    """
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=TIMEOUT)
    with contextlib.closing(connection):
        connection.request(verb, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
