"""What an uninstall or an upgrade is reproached with, and what not."""

import ast
import tarfile

import pytest

from ground import addons, alone, upgrade
from ground.console import Problem

NAMES, MODELS = ["dunning_it"], ["dunning.case"]
HANGING = {
    ("mail_mail", "mail_message_id"): "mail_message",
    ("mail_mail_res_partner_rel", "mail_mail_id"): "mail_mail",
    ("res_partner_res_partner_category_rel", "category_id"): "res_partner_category",
    ("sale_order_line", "order_id"): "sale_order",
}
TRACE = alone.trace_of(NAMES, MODELS)


class Contents:
    """What a database holds, of rows that are given: values by table and key."""

    def __init__(self, rows, schema=()):
        self.schema = set(schema)
        self.held = rows
        self.rows = {key: repr(row) for key, row in rows.items()}

    def read(self, keys):
        return {key: self.held[key] for key in keys}


def left(before, after):
    return list(alone.left(Contents(before), Contents(after), TRACE))


def lost(before, after, owned=()):
    return list(alone.lost(Contents(before), Contents(after), TRACE, set(owned), HANGING))


def test_a_column_that_is_left_is_told():
    before, after = Contents({}), Contents({}, ["column sale_order.listino_share_id: integer"])
    assert list(alone.left(before, after, TRACE)) == ["left: column sale_order.listino_share_id: integer"]


def test_a_column_of_core_that_went_along_is_told():
    before, after = Contents({}, ["column sale_order.name: text"]), Contents({})
    assert list(alone.left(before, after, TRACE)) == ["gone: column sale_order.name: text"]


def test_a_scheduled_action_that_is_left_is_told():
    assert len(left({}, {("ir_cron", "9"): {"id": 9}})) == 1


def test_a_menu_of_core_that_is_other_than_before_is_told():
    key = ("ir_ui_menu", "5")
    assert len(left({key: {"id": 5, "sequence": 1}}, {key: {"id": 5, "sequence": 2}})) == 1


def test_what_the_company_did_stays_without_a_word():
    assert left({}, {("sale_order", "9"): {"id": 9, "name": "S00009"}}) == []


@pytest.mark.parametrize(
    "row",
    [
        {"id": 9, "res_model": "dunning.case", "res_id": 3},
        {"id": 9, "module": "dunning_it", "name": "menu"},
        {"id": 9, "key": "dunning_it.secret"},
    ],
)
def test_what_is_about_a_model_or_the_addon_is_no_companys(row):
    assert len(left({}, {("ir_attachment", "9"): row})) == 1


def test_an_invoice_that_went_along_is_told():
    assert len(lost({("account_move", "3"): {"id": 3, "amount_total": 100}}, {})) == 1


def test_an_amount_that_changed_is_told_with_its_column():
    key = ("account_move", "3")
    [told] = lost({key: {"id": 3, "amount_total": 100}}, {key: {"id": 3, "amount_total": 90}})
    assert told.startswith("changed in amount_total: account_move")


def test_files_and_messages_of_the_addons_records_go_with_them():
    files = {("ir_attachment", "3"): {"id": 3, "res_model": "res.groups", "res_id": 7}}
    assert lost(files, {}) != []
    assert lost(files, {}, [("res_groups", "7")]) == []
    assert lost({("mail_message", "3"): {"id": 3, "model": "dunning.case", "res_id": 1}}, {}) == []


def test_what_hangs_on_a_message_goes_with_it():
    message = {("mail_message", "3"): {"id": 3, "model": "dunning.case", "res_id": 1}}
    pair = '{"mail_mail_id": 5, "res_partner_id": 8}'
    sent = {
        ("mail_mail", "5"): {"id": 5, "mail_message_id": 3},
        ("mail_mail_res_partner_rel", pair): {"mail_mail_id": 5, "res_partner_id": 8},
    }
    assert lost(message | sent, {}) == []
    assert len(lost(sent, {})) == 2


def test_a_tag_of_a_customer_goes_with_the_addons_tag_alone():
    pair = '{"category_id": 5, "partner_id": 8}'
    held = {("res_partner_res_partner_category_rel", pair): {"category_id": 5, "partner_id": 8}}
    assert lost(held, {}, [("res_partner_category", "5")]) == []
    assert len(lost(held, {}, [("res_partner_category", "6")])) == 1


def test_a_line_of_an_order_is_told_whatever_it_hangs_on():
    line = {("sale_order_line", "5"): {"id": 5, "order_id": 3}}
    assert len(lost(line, {}, [("sale_order", "3")])) == 1


def test_trust_comes_back_and_nothing_else_of_a_customer_changes():
    key = ("res_partner", "3")
    before = {"id": 3, "trust": {"1": "bad"}, "name": "Rossi"}
    assert lost({key: before}, {key: {**before, "trust": {"1": "normal"}}}) == []
    assert len(lost({key: before}, {key: {**before, "name": "Bianchi"}})) == 1


def test_faults_are_a_problem_and_none_is_a_test_that_passed():
    assert alone.complain([], "Mend it.") == {"passed": 1}
    with pytest.raises(Problem, match="1 things") as told:
        alone.complain(["left: table dunning_case"], "Mend it.")
    assert "table dunning_case" in str(told.value)


@pytest.mark.parametrize("name", addons.own())
def test_the_first_version_of_each_addon_is_kept_with_what_it_needs(name):
    with tarfile.open(upgrade.FIRST / f"{name}-{upgrade.versions()[name]}.tar.xz") as packed:
        manifest = ast.literal_eval(packed.extractfile(f"{name}/__manifest__.py").read().decode())
        held = {path.split("/")[0] for path in packed.getnames()}
    assert manifest["version"] == upgrade.versions()[name]
    assert held == set(addons.closure([name]))


@pytest.mark.parametrize("name", addons.own())
def test_no_migration_is_for_a_version_that_is_not_there_yet(name):
    present = [int(part) for part in addons.manifest(name)["version"].split(".")]
    for folder in (addons.folder(name) / "migrations").glob("*"):
        assert [int(part) for part in folder.name.split(".")] <= present
