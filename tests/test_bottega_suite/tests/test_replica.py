"""Where a replica is set, pages that only read are read from it: who writes says so, and whoever says nothing reads."""

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.shop_feed.tests.serve_common import create_feed, create_items

from .rights_registry import own_routes

# Addresses that are fetched by GET and write all the same.
WRITE = {
    "/lifecycle/preferences/": "one address shows the form and takes it",
    "/lifecycle/unsubscribe/": "one address asks and takes the answer",
    "/listino/link/": "the opening is counted",
    "/my/cases/<int:case_id>": "the link for answers is made when it is first shown",
    "/my/lifecycle/preferences": "one address shows the form and takes it",
    "/my/open-items": "links to pay are made when they are first shown",
    "/my/orders/": "core's page of an order, which notes that it was seen; feedback makes its question",
    "/f/": "the click is counted, a coupon is given",
    "/open-items/<string:token>": "links to pay are made when they are first shown",
    "/lifecycle/feedback/": "the question is made when it is first shown",
}


@tagged("post_install", "-at_install")
class TestReplica(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(cls.env, "replica_customer", groups="base.group_portal", lang="it_IT").partner_id

    def _get_our_routes(self):
        """The addresses that are fetched by GET, with whether they only read."""
        for _addon, url, verb, routing in own_routes(self.env):
            if verb == "GET" and routing["type"] == "http":
                yield url, bool(routing["readonly"])

    def test_every_page_either_only_reads_or_tells_why_not(self):
        routes = dict(self._get_our_routes())
        self.assertGreater(len(routes), 30)
        unexplained = [url for url, is_read in routes.items() if not is_read and not url.startswith(tuple(WRITE))]
        self.assertEqual(unexplained, [])
        unused = [
            start for start in WRITE if not any(url.startswith(start) for url, is_read in routes.items() if not is_read)
        ]
        self.assertEqual(unused, [])

    def _check_reads(self, *urls):
        """Odoo's tests give a connection that can't write to whoever says that he reads; whoever writes all the same is
        told of in the log, and done again.
        """
        for url in urls:
            with self.subTest(url), self.assertNoLogs("odoo.http", "WARNING"):
                self.assertEqual(self.url_open(url).status_code, 200)

    def test_the_portal_only_reads(self):
        self.authenticate("replica_customer", "replica_customer")
        self._check_reads("/my/cases", "/my/offers")

    def test_a_price_list_in_the_portal_only_reads(self):
        self.env["product.product"].create({"name": "Olio", "list_price": 9})
        pricelist = self.env["product.pricelist"].create({"name": "Replica"})
        document = self.env["listino.document"].create(
            {"name": "Replica", "pricelist_id": pricelist.id, "portal_visible": True}
        )
        self.authenticate("replica_customer", "replica_customer")
        self._check_reads("/my/listino", f"/my/listino/{document.id}", f"/my/listino/{document.id}/csv")

    def test_the_share_page_of_a_feed_only_reads(self):
        feed = create_feed(self.env, is_shared=True, share_slug="replica")
        create_items(feed, ["R1", "R2"])
        self._check_reads("/catalogo/replica")
