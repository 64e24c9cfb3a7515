"""A frozen revision online: leafed through in memory, and what it costs."""

from freezegun import freeze_time

from odoo.tests import tagged

from ..models import online_listing
from ..models.online_listing import NotListed
from .online_common import OnlineCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestOnlineRevision(OnlineCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.publication = cls.document._publish("Spring")
        cls.share = cls._create_share(publication_id=cls.publication.id)

    def _names(self, page):
        return [row.name for section in page["sections"] for row in section.rows]

    def test_it_reads_as_the_current_list_did(self):
        current = self._create_share()._get_online().get_page()
        self.penne.write({"list_price": 9, "name": "Dearer"})
        frozen = self.share._get_online().get_page()
        for part in ("sections", "total", "prices", "facts", "bands", "page_count"):
            self.assertEqual(frozen[part], current[part], part)
        counts = [[(shelf.level, shelf.title, shelf.count) for shelf in page["shelves"]] for page in (frozen, current)]
        self.assertEqual(*counts)
        self.assertEqual(frozen["revision"], "Revision 1 of 03/02/2026")
        self.assertFalse(frozen["is_of_today"])

    def test_it_is_searched_and_leafed_through(self):
        self.patch(online_listing, "ROWS_A_PAGE", 3)
        online = self.share._get_online()
        self.assertEqual(self._names(online.get_page(page="2")), ["Ravioli"])
        self.assertEqual(self._names(online.get_page(search="PENNE p1")), ["Penne"])
        pasta = next(shelf for shelf in online.get_page()["shelves"] if shelf.title == "Pasta")
        self.assertEqual(self._names(online.get_page(category=str(pasta.key))), ["Penne", "Ravioli"])

    def test_what_is_no_longer_sold_is_left_out(self):
        self.penne.active = False
        self.barolo.sale_ok = False
        online = self.share._get_online()
        self.assertEqual(self._names(online.get_page()), ["Flour", "Ravioli"])
        self.assertFalse(online.has_product(self.penne.id))
        self.assertTrue(online.has_product(self.flour.id))
        with self.assertRaises(NotListed):
            online.get_request_lines({self.penne.id: 1.0})

    def test_what_came_later_is_not_in_it(self):
        late = self._create_product("Late", 5, self.pasta)
        online = self.share._get_online()
        self.assertFalse(online.has_product(late.id))
        with self.assertRaises(NotListed):
            online.get_request_lines({late.id: 1.0})

    def test_a_quote_has_the_prices_of_today(self):
        self.penne.list_price = 9
        [line] = self.share._get_online().get_request_lines({self.penne.id: 1.0})
        self.assertEqual(line.price, "9.00")

    def test_variants_that_are_left_of_a_row_can_be_asked_for(self):
        template = self._create_variants()
        short, long = template.product_variant_ids
        share = self._create_share(publication_id=self.document._publish("Second").id)
        short.active = False
        online = share._get_online()
        [row] = [row for section in online.get_page(search="rigatoni")["sections"] for row in section.rows]
        self.assertEqual(row.product_ids, (long.id,))
        self.assertTrue(online.get_request_lines({long.id: 1.0}))

    def test_queries_do_not_grow_with_the_products(self):
        def count(share):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            share._get_online().get_page()
            return self.env.cr.sql_log_count - before

        few = count(self.share)
        for place in range(80):
            self._create_product(f"More {place}", 1 + place, self.pasta)
        share = self._create_share(publication_id=self.document._publish("Second").id)
        self.assertLessEqual(count(share), few + 3)
        self.assertLess(few, 60)
