"""Whatever the import finds, it has words for it, and no words for what it never finds."""

import ast
import datetime
import itertools
import pathlib
import re

from odoo.tests import BaseCase, tagged
from odoo.tools import format_date

from .. import importing
from ..importing.errors import UnreadableFile
from ..models.listino_import_words import FILES, REMARKS
from .import_common import ImportCommon, csv_of

KINDS = {"empty", "encrypted", "html", "xml", *("pdf", "image", "document", "zip", "xls", "xlsb", "ods")}
PARTS = {
    "fault": ["check_digit", "length", "not_digits", "shortened"],
    "criterion": ["reference", "barcode"],
    "name": ["reference", "barcode", "discount", "vat", "min_quantity"],
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def calls_in_the_rules():
    """All calls in the modules of ``importing``: pairs (name of the function, the call)."""
    for path in sorted(pathlib.Path(importing.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def codes_of(node):
    """The codes a call may give: literal, either of two, or with a part that is one of PARTS."""
    argument = node.args[0]
    if isinstance(argument, ast.Constant):
        return {argument.value}
    if isinstance(argument, ast.IfExp):
        return {argument.body.value, argument.orelse.value}
    if isinstance(argument, ast.JoinedStr):
        parts = [[part.value] if isinstance(part, ast.Constant) else PARTS[part.value.id] for part in argument.values]
        return {"".join(chosen) for chosen in itertools.product(*parts)} & set(REMARKS)
    return set()


@tagged("post_install", "-at_install")
class TestWords(BaseCase):
    def test_every_remark_has_words_and_all_words_are_used(self):
        found = set()
        for name, node in calls_in_the_rules():
            if name in ("refuse", "note") and not isinstance(node.args[0], ast.Name):
                codes = codes_of(node)
                self.assertTrue(codes, ast.unparse(node))
                found |= codes
        self.assertEqual(found, set(REMARKS))

    def test_every_reason_not_to_read_a_file_has_words_and_all_are_used(self):
        found = set(KINDS)
        for name, node in calls_in_the_rules():
            if name == "UnreadableFile" and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
        self.assertEqual(found, set(FILES))

    def test_words_and_remarks_agree_on_the_details(self):
        for name, node in calls_in_the_rules():
            if name not in ("refuse", "note") or any(keyword.arg is None for keyword in node.keywords):
                continue
            given = {keyword.arg for keyword in node.keywords}
            for code in codes_of(node) & set(REMARKS):
                wanted = set(PLACEHOLDER.findall(REMARKS[code]._source))
                self.assertLessEqual(wanted, given, code)

    def test_words_are_sentences(self):
        for code, text in {**FILES, **REMARKS}.items():
            with self.subTest(code=code):
                self.assertRegex(text._source.replace("%%", "%"), r"^[A-Z“%].*\.$")


@tagged("post_install", "-at_install")
class TestWordsOnImports(ImportCommon):
    def test_files_are_explained_with_their_details(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1"]))
        error = UnreadableFile("formulas", sheet="Listino", row=7, column=2)
        self.assertIn("Row 7 of the sheet “Listino”", record._get_unreadable_text(error))
        self.assertIn("20 MB", record._get_unreadable_text(UnreadableFile("too_big", limit=20)))

    def test_dates_and_criteria_come_as_people_read_them(self):
        record = self._import(csv_of(["A1", "", "Pasta", "1"]))
        labels = {"criterion": {"barcode": "barcode"}}
        details = {"start": datetime.date(2026, 2, 1), "criterion": "barcode", "value": "x"}
        prepared = record._prepare_details(details, labels)
        self.assertEqual(prepared, {**details, "start": format_date(record.env, details["start"])})

    def test_percent_signs_survive(self):
        record = self._preview(csv_of(["N1", "", "Pasta", "1", "7"], header=["Codice", "EAN", "Nome", "Prezzo", "IVA"]))
        self.assertIn("VAT at 7 %.", self._reason(record, 2))
