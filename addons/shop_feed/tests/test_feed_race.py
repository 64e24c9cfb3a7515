"""Two workers at once, clients meanwhile, and a worker that is killed: the last good file is always served, whole."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from ..controllers import feed as controller
from ..serving.buckets import Buckets
from .feed_race_common import ITEMS, FeedRaceCommon

PATIENCE = 30  # seconds


@tagged("post_install", "-at_install", "slow")  # connections and processes of their own
class TestFeedRace(FeedRaceCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(controller, "BUCKETS", Buckets(size=10_000, a_second=1)))

    # === TWO WORKERS === #

    def test_two_workers_make_one_file(self):
        starting = threading.Barrier(2, timeout=PATIENCE)
        lock = self.registry["shop.feed"]._lock_assembly

        def locking(feed):
            starting.wait()
            is_locked = lock(feed)
            starting.wait()  # while one has it, the other one asks
            return is_locked

        with patch.object(self.registry["shop.feed"], "_lock_assembly", locking), ThreadPoolExecutor(2) as workers:
            made = list(workers.map(lambda _number: self._assemble(), range(2)))
        self.assertEqual(made.count(None), 1)
        served, builds = self._get_state()
        self.assertEqual([served], builds)

    def test_a_file_that_is_made_while_another_one_is_about_to_be_served_is_the_newer_one(self):
        self._assemble()
        serve, others = self.registry["shop.feed"]._serve_newest, []

        def serving(feed):
            if feed._get_newest_build() != feed.build_id and feed.build_id and not others:
                others.append(True)
                self._change_price("12.00 EUR")
                others.append(self._assemble())  # another worker, between the file and the pointer
            return serve(feed)

        self._change_price("11.00 EUR")
        with patch.object(self.registry["shop.feed"], "_serve_newest", serving):
            self._assemble()
        served, builds = self._get_state()
        self.assertEqual((served, len(builds)), (others[1], 3))
        self.assertEqual(served, max(builds))
        self.assertIn(b"12.00 EUR", self._read(served))

    def test_a_person_changes_the_feed_meanwhile(self):
        make = self.registry["shop.feed"]._make_build

        def making(feed):
            build = make(feed)
            with self._environment() as env:
                env["shop.feed"].browse(self.feed_id).lost_percent = 33
            return build

        with patch.object(self.registry["shop.feed"], "_make_build", making):
            build = self._assemble()
        self.assertEqual(self._get_state(), (build, [build]))
        with self._environment() as env:
            self.assertEqual(env["shop.feed"].browse(self.feed_id).lost_percent, 33)

    # === CLIENTS === #

    def test_nothing_is_served_before_the_first_file(self):
        self.assertEqual(self._fetch()[0], 404)

    def test_clients_during_a_build_get_the_whole_of_one_file(self):
        before = self._read(self._assemble())
        self.assertEqual(before.count(b"<item>"), ITEMS)
        self._change_price("11.00 EUR")
        make, made, served = self.registry["shop.feed"]._make_build, threading.Event(), threading.Event()

        def making(feed):
            build = make(feed)  # its files are on the disk, and nobody else knows of them
            made.set()
            self.assertTrue(served.wait(PATIENCE))
            return build

        with patch.object(self.registry["shop.feed"], "_make_build", making), ThreadPoolExecutor(3) as pool:
            worker = pool.submit(self._assemble)
            self.assertTrue(made.wait(PATIENCE))
            try:
                during = list(pool.map(lambda _number: self._fetch(), range(10)))
            finally:
                served.set()
            after = self._read(worker.result())
        self.assertEqual(set(during), {(200, before)})
        self.assertNotEqual(after, before)
        self.assertEqual(self._fetch(), (200, after))

    def test_clients_while_files_change_all_the_time(self):
        files, over = {self._read(self._assemble())}, threading.Event()

        def fetch():
            answers = []
            while not over.is_set():
                answers.append(self._fetch())
            return answers

        with ThreadPoolExecutor(2) as pool:
            clients = [pool.submit(fetch) for _number in range(2)]
            try:
                for number in range(8):
                    self._change_price(f"{number}.90 EUR")
                    files.add(self._read(self._assemble()))
            finally:
                over.set()
        answers = {answer for client in clients for answer in client.result()}
        self.assertEqual({status for status, _content in answers}, {200})
        self.assertLessEqual({content for _status, content in answers}, files)

    # === A KILLED WORKER === #

    def test_killed_before_its_files_are_committed(self):
        before = self._assemble()
        self._change_price("11.00 EUR")
        self._run_and_kill(self._assemble, "shop.feed", "_make_build")
        self.assertEqual(self._get_state(), (before, [before]))
        self.assertEqual(self._fetch(), (200, self._read(before)))
        after = self._assemble()
        self.assertEqual(self._get_state()[0], after)
        self.assertIn(b"11.00 EUR", self._fetch()[1])

    def test_killed_between_the_files_and_the_pointer(self):
        before = self._assemble()
        self._change_price("11.00 EUR")
        self._run_and_kill(self._assemble, "shop.feed", "_serve_newest", calls=2)
        served, [left, *_others] = self._get_state()
        self.assertEqual(served, before)
        self.assertGreater(left, before)
        self.assertEqual(self._fetch(), (200, self._read(before)))
        self.assertFalse(self._assemble())  # nothing is made anew
        self.assertEqual(self._get_state(), (left, [left, before]))
        self.assertIn(b"11.00 EUR", self._fetch()[1])

    def test_killed_while_a_file_is_moved_into_its_place(self):
        before = self._assemble()
        self._change_price("13.13 EUR")
        self._run_and_kill(self._assemble, "ir.attachment", "_move_into_place")
        self.assertEqual(self._fetch(), (200, self._read(before)))
        after = self._assemble()
        self.assertIn(b"13.13 EUR", self._read(after))
        self.assertEqual(self._fetch(), (200, self._read(after)))

    def test_what_a_dead_worker_has_left_on_the_disk_is_collected(self):
        self._change_price("11.00 EUR")
        self._run_and_kill(self._assemble, "shop.feed", "_make_build")
        with self._environment() as env:
            attachments = env["ir.attachment"]
            checklist = Path(attachments._full_path("checklist"))
            self.assertTrue([path for path in checklist.rglob("*") if path.is_file()])
            attachments._gc_file_store_unsafe()
            self.assertFalse([path for path in checklist.rglob("*") if path.is_file()])
