"""Two people publish the same document at the same moment."""

import threading

from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .race_common import CommittedCase

WAIT = 60  # seconds; no test should take them


@tagged("post_install", "-at_install", "slow")  # Odoo's own runner holds a lock that other threads would wait for
class TestPublishingAtOnce(CommittedCase):
    """On cursors of their own, with what they need committed, and deleted afterwards."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            category = env["product.category"].create({"name": "Race"})
            product = env["product.product"].create({"name": "Horse", "list_price": 5.0, "categ_id": category.id})
            pricelist = env["product.pricelist"].create({"name": "Race", "company_id": env.company.id})
            document = env["listino.document"].create(
                {"name": "Race", "pricelist_id": pricelist.id, "category_ids": [(6, 0, category.ids)]}
            )
            self.document_id = document.id
            self.made = [(record._name, record.id) for record in (document, pricelist, product, category)]
        self.addCleanup(self._clean)

    def _clean(self):
        with self._environment() as env:
            publications = env["listino.publication"].search([("document_id", "=", self.document_id)])
            of_these = [("res_model", "=", publications._name), ("res_id", "in", publications.ids)]
            files = env["ir.attachment"].search([*of_these, "|", ("res_field", "=", False), ("res_field", "!=", False)])
            env.cr.execute(SQL("DELETE FROM listino_publication WHERE document_id = %s", self.document_id))
            env.invalidate_all()
            files.unlink()
            for model, record_id in self.made:
                env[model].browse(record_id).unlink()

    def _publish_in_thread(self, reason, numbers):
        def work():
            with self._environment() as env:
                document = env["listino.document"].browse(self.document_id)
                numbers.append(retrying(lambda: document._publish(reason).number, env))

        thread = threading.Thread(target=work)
        thread.dbname = self.registry.db_name
        thread.start()
        return thread

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_the_second_waits_and_gets_the_next_number(self):
        numbers = []
        with self._environment() as env:
            numbers.append(env["listino.document"].browse(self.document_id)._publish("first").number)
            thread = self._publish_in_thread("second", numbers)
            thread.join(1)
            self.assertTrue(thread.is_alive(), "it must wait for the first")
            env.cr.commit()
        thread.join(WAIT)
        self.assertEqual(numbers, [1, 2])
        with self._environment() as env:
            publications = env["listino.document"].browse(self.document_id).publication_ids
            self.assertEqual(publications.mapped("reason"), ["second", "first"])
            self.assertEqual([publication._get_damage() for publication in publications], [[], []])

    @mute_logger("odoo.service.model", "odoo.sql_db")
    def test_many_at_once_get_all_numbers_without_a_gap(self):
        numbers = []
        threads = [self._publish_in_thread(f"thread {number}", numbers) for number in range(3)]
        for thread in threads:
            thread.join(WAIT)
        self.assertEqual(sorted(numbers), [1, 2, 3])

    def test_one_that_fails_leaves_its_number_to_the_next(self):
        with self._environment() as env:
            self.assertEqual(env["listino.document"].browse(self.document_id)._publish("never committed").number, 1)
            env.cr.rollback()
        with self._environment() as env:
            self.assertEqual(env["listino.document"].browse(self.document_id)._publish("kept").number, 1)
