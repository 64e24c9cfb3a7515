"""Copies and templates, of one run and of two lanes at once."""

import os
import threading
import time

from ground import database


class Server:
    """Databases that are only names."""

    def __init__(self, *names):
        self.names = set(names)

    def databases(self):
        return sorted(self.names)

    def create(self, name, template=None):
        assert name not in self.names
        self.names.add(name)

    def drop(self, name):
        self.names.discard(name)

    def rename(self, name, new_name):
        self.names.remove(name)
        self.names.add(new_name)


class Templates(database.Templates):
    """Templates that are only names too."""

    def __init__(self, server):
        self.odoo = type("Odoo", (), {"server": server})
        self.made = []

    def make(self, half):
        self.made.append(half)
        time.sleep(0.2)
        self.odoo.server.create(half)


def test_what_a_killed_run_left_behind_goes_first():
    left = f"{database.OURS}_run_key_{os.getpid() + 1}"
    server = Server(left, "somebody_elses")
    with database.copy(server, "template", "key") as name:
        assert server.names == {name, "somebody_elses"}
    assert server.names == {"somebody_elses"}


def test_a_left_copy_of_the_same_process_number_is_made_anew():
    server = Server(f"{database.OURS}_run_key_{os.getpid()}")
    with database.copy(server, "template", "key") as name:
        assert server.names == {name}


def test_the_copies_of_two_lanes_leave_each_other_alone():
    server = Server()
    with database.copy(server, "template", "one") as first, database.copy(server, "template", "two") as second:
        assert server.names == {first, second}


def test_a_layer_that_two_lanes_need_is_made_once():
    templates = Templates(Server())
    lanes = [threading.Thread(target=templates._layer, args=("italian", "new", templates.make)) for _lane in range(2)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    assert len(templates.made) == 1
    assert templates.odoo.server.names == {f"{database.OURS}_italian_new"}


def test_a_new_layer_takes_the_place_of_the_old_one_only():
    others = f"{database.OURS}_apps_0_old"
    server = Server(f"{database.OURS}_italian_old", others)
    name = Templates(server)._layer("italian", "new", server.create)
    assert server.names == {name, others}
