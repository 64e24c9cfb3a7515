"""What the log of a node that was killed is held against it."""

from ground.odoo_node import OdooNode

HEAD = "2026-01-01 10:00:00,000 7 {level} db odoo.{module}: {text}"
MET = "ERROR: could not serialize access due to concurrent update"


def complaints(tmp_path, *lines):
    node = object.__new__(OdooNode)
    node.log = tmp_path / "node.log"
    node.log.write_text("\n".join(lines))
    return node.complaints()


def test_warnings_and_errors_are_complaints(tmp_path):
    told = HEAD.format(level="INFO", module="http", text="Served.")
    loud = [HEAD.format(level=level, module="http", text="Odd.") for level in ("WARNING", "ERROR", "CRITICAL")]
    assert complaints(tmp_path, told, *loud) == loud


def test_workers_who_met_are_none_but_an_action_that_failed_of_it_is(tmp_path):
    met = HEAD.format(level="ERROR", module="sql_db", text="bad query: UPDATE")
    failed = HEAD.format(level="ERROR", module="ir_cron", text="Job 'Send' server action #1 failed")
    assert complaints(tmp_path, met, MET, failed, "Traceback") == [failed]


def test_a_query_that_is_wrong_is_a_complaint(tmp_path):
    wrong = HEAD.format(level="ERROR", module="sql_db", text="bad query: SELEKT")
    assert complaints(tmp_path, wrong, "ERROR: syntax error at or near SELEKT") == [wrong]
