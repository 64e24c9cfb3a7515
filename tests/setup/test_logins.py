"""What `./setup/run` says at its end is true of the story it has told."""

import re

from demo import people
from ground.commands import run


def test_run_tells_the_login_of_everybody_in_the_story():
    told = set(re.findall(r"[a-z]+", run.LOGINS))
    assert {*people.PEOPLE, people.CUSTOMER} <= told


def test_no_server_takes_mails_of_the_story():
    assert run.NO_MAIL == {"smtp_server": "127.0.0.1", "smtp_port": 1}
