"""What Odoo's own runner tells in its log of the tests it ran."""

import re

TOLD = re.compile(
    r" (?:INFO|ERROR) \S+ (?P<module>odoo\.addons\.\S+):"
    r" (?P<what>Starting|skipped|FAIL:|ERROR:) (?:Subtest )?(?P<test>\S+)"
)


def outcomes(log):
    """The tests that passed, and those that failed, each as ``module.Class.method``; the skipped are in neither.

    >>> passed, failed = outcomes('''
    ... 2026-01-01 10:00:00,000 7 INFO db odoo.addons.a.tests.test_b: Starting TestB.test_one ...
    ... 2026-01-01 10:00:00,100 7 INFO db odoo.addons.a.tests.test_b: Starting TestB.test_two ...
    ... 2026-01-01 10:00:00,200 7 ERROR db odoo.addons.a.tests.test_b: FAIL: TestB.test_two
    ... 2026-01-01 10:00:00,300 7 INFO db odoo.addons.a.tests.test_b: Starting TestB.test_three ...
    ... 2026-01-01 10:00:00,300 7 INFO db odoo.addons.a.tests.test_b: skipped TestB.test_three : no data
    ... ''')
    >>> sorted(passed), sorted(failed)
    (['odoo.addons.a.tests.test_b.TestB.test_one'], ['odoo.addons.a.tests.test_b.TestB.test_two'])
    """
    told = {"Starting": set(), "skipped": set(), "FAIL:": set(), "ERROR:": set()}
    for line in log.splitlines():
        if found := TOLD.search(line):
            told[found["what"]].add(f"{found['module']}.{found['test']}")
    failed = told["FAIL:"] | told["ERROR:"]
    return told["Starting"] - failed - told["skipped"], failed


def name_of(item):
    """The name by which :func:`outcomes` calls a test that pytest collected; None where Odoo's runner knows none."""
    case = getattr(item, "cls", None)
    return case and f"{case.__module__}.{case.__qualname__}.{item.name}"
