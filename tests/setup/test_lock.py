"""Commands that use one home at a time."""

import pytest

from ground import lock
from ground.console import Problem

pytestmark = pytest.mark.usefixtures("home")


def test_a_second_command_is_refused_and_told_who_is_first():
    with lock.alone("test"), pytest.raises(Problem, match=r"\(process \d+\)"), lock.alone("test"):
        pass


def test_the_next_command_may_begin_when_the_first_has_ended():
    for _ in range(2):
        with lock.alone("test"):
            pass
