"""The pure part of the import: from bytes to values."""

import contextlib
import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..importing import amounts, barcodes, text
from ..importing.columns import recognise, signature
from ..importing.csv_file import decode, read_csv
from ..importing.dates import NotADate, parse_date
from ..importing.errors import UnreadableFile
from ..importing.files import kind_of, read_table
from ..importing.rows import RowReader
from ..importing.units import unit_key
from . import scenario
from .import_common import csv_of, xlsx_of


@tagged("post_install", "-at_install")
class TestFiles(BaseCase):
    def assert_unreadable(self, code, content, **options):
        with self.assertRaises(UnreadableFile) as caught:
            read_table(content, **options)
        self.assertEqual(caught.exception.code, code)
        return caught.exception

    def test_files_of_other_kinds_are_named_for_what_they_are(self):
        old_excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
        for code, content in {
            "pdf": b"%PDF-1.7\n...",
            "html": b"\n<!DOCTYPE html><html><table><tr><td>1</td></tr></table>",
            "xls": old_excel,
            "encrypted": old_excel + "EncryptedPackage".encode("utf-16-le"),
            "image": b"\x89PNG\r\n\x1a\n....",
            "xml": b'<?xml version="1.0"?><FatturaElettronica/>',
            "empty": b" \r\n ",
        }.items():
            with self.subTest(kind=code):
                self.assert_unreadable(code, content)
        self.assert_unreadable("empty", b"")

    def test_an_archive_is_no_workbook(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("listino.csv", "Codice;Prezzo")
        self.assert_unreadable("zip", buffer.getvalue())
        self.assert_unreadable("damaged", b"PK\x03\x04 and then nothing of the kind")

    def test_a_damaged_workbook_is_refused(self):
        content = xlsx_of(["A1", "", "Pasta", 1.5])
        self.assert_unreadable("damaged", content[: len(content) // 2])
        buffer = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for info in old.infolist():
                body = old.read(info)
                new.writestr(info.filename, body[: len(body) // 2] if "sheet1" in info.filename else body)
        self.assert_unreadable("damaged", buffer.getvalue())

    def test_a_workbook_damaged_on_its_way_is_refused_wherever_the_damage_is(self):
        content = xlsx_of(*(["A1", "", f"Pasta {place}", 1.5] for place in range(40)))
        for place in range(0, len(content), 23):
            damaged = content[:place] + bytes([content[place] ^ 0x5A]) + content[place + 1 :]
            with self.subTest(place=place), contextlib.suppress(UnreadableFile):
                read_table(damaged)

    def test_a_text_whose_first_letters_are_those_of_an_archive_is_read(self):
        self.assertEqual(read_table(b"PKG;Nome;Prezzo\n6;Penne;1,20\n").headers, ["PKG", "Nome", "Prezzo"])

    def test_a_zip_bomb_is_refused_before_it_unpacks(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (50 * 2**20))
        self.assertLess(len(buffer.getvalue()), 2**20)
        self.assert_unreadable("bomb", buffer.getvalue())

    def test_entities_in_a_workbook_are_refused(self):
        content, buffer = xlsx_of(["A1", "", "Pasta", 1.5]), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for info in old.infolist():
                body = old.read(info)
                if "sheet1" in info.filename:
                    body = b'<!DOCTYPE a [<!ENTITY b "c">]>' + body
                new.writestr(info.filename, body)
        self.assert_unreadable("damaged", buffer.getvalue())

    def test_formulas_without_results_are_refused(self):
        error = self.assert_unreadable("formulas", xlsx_of(["A1", "", "Pasta", "=1+1"]))
        self.assertEqual(error.details["row"], 2)

    def test_formulas_with_results_are_read(self):
        content, buffer = xlsx_of(["A1", "", "Pasta", "=1+1"]), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
            for info in old.infolist():
                body = old.read(info).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
                new.writestr(info.filename, body.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
        self.assertEqual(read_table(buffer.getvalue()).rows[0][1][3], 2)

    def test_headers_are_needed(self):
        self.assert_unreadable("no_header", b"A1;1,20\nA2;1,30\nA3;2")
        self.assert_unreadable("no_header", b"solo una colonna\nA1\nA2")
        self.assert_unreadable("only_header", b"Codice;Prezzo\n")

    def test_size_limits(self):
        self.assert_unreadable("too_many_rows", csv_of(*[["A", "", "b", "1"]] * 11), max_rows=10)
        self.assert_unreadable("too_many_columns", csv_of(["x"] * 300, header=[f"c{n}" for n in "x" * 300]))
        self.assert_unreadable("too_big", b"a" * (21 * 2**20))

    def test_an_open_quotation_mark_is_found(self):
        lines = ['A1;"Pasta;1,20'] + [f"A{number};Pasta;1,20" for number in range(300)]
        self.assert_unreadable("open_quotes", "\n".join(["Codice;Descrizione;Prezzo", *lines]).encode())

    def test_titles_above_the_header_are_skipped(self):
        content = csv_of(["Rossi Alimentari", "Listino 2026"], ["", ""], ["Codice", "Prezzo"], ["A1", "2"], header=None)
        table = read_table(content)
        self.assertEqual((table.headers, table.rows), (["Codice", "Prezzo"], [(4, ["A1", "2"])]))

    def test_the_first_sheet_with_a_table_is_read_unless_another_is_named(self):
        rows = [["Codice", "Prezzo"], ["B1", 3]]
        content = xlsx_of(header=["Note alla clientela"], sheets=[("Listino", rows), ("Vecchio", [*rows, ["B2", 4]])])
        self.assertEqual(read_table(content).rows, [(2, ["B1", 3])])
        self.assertEqual(len(read_table(content, sheet="vecchio").rows), 2)
        self.assert_unreadable("no_sheet", content, sheet="Nuovo")

    def test_empty_rows_and_columns_do_not_count(self):
        content = xlsx_of([], ["A1", None, "Pasta", 1, None], [], header=["Codice", None, "Nome", "Prezzo", None])
        table = read_table(content)
        self.assertEqual(table.headers, ["Codice", "(B)", "Nome", "Prezzo"])
        self.assertEqual([number for number, _cells in table.rows], [3])

    def test_repeated_headings_get_a_number(self):
        self.assertEqual(read_table(b"Prezzo;Prezzo;Nome\n1;2;x").headers, ["Prezzo", "Prezzo (2)", "Nome"])

    def test_kind_does_not_trust_the_name(self):
        self.assertEqual(kind_of(xlsx_of(["A", "", "b", 1])), "xlsx")
        self.assertEqual(kind_of(csv_of(["A", "", "b", "1"])), "csv")


@tagged("post_install", "-at_install")
class TestCsv(BaseCase):
    TEXT = "Codice;Descrizione;Prezzo\nA1;Caffè perché così più;€ 1,20\nA2;Crème brûlée;2,00\n"

    def test_encodings(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp858"):
            with self.subTest(encoding=encoding):
                self.assertEqual(decode(self.TEXT.encode(encoding)).lstrip("\ufeff"), self.TEXT)

    def test_delimiters(self):
        for delimiter in ";,\t|":
            with self.subTest(delimiter=delimiter):
                content = f'Codice{delimiter}Nome{delimiter}Prezzo\nA1{delimiter}Pasta{delimiter}"1,20"\n'
                self.assertEqual(read_csv(content.encode())[1], (2, ["A1", "Pasta", "1,20"]))

    def test_excel_says_its_delimiter(self):
        self.assertEqual(read_csv(b"sep=|\na;1|b\nc|d"), [(2, ["a;1", "b"]), (3, ["c", "d"])])

    def test_quoted_newlines_stay_in_their_cell(self):
        rows = read_csv(b'Codice;Nome\r\nA1;"Pasta\r\ndi semola"\r\nA2;Riso\r\n')
        self.assertEqual(rows[1:], [(2, ["A1", "Pasta\r\ndi semola"]), (3, ["A2", "Riso"])])

    def test_entities_do_not_split_cells(self):
        table = read_table(b"Codice;Nome;Prezzo\nA1;Tagliatelle all&#39;uovo &quot;5&quot;;1,20\n")
        self.assertFalse(table.overlong)
        self.assertEqual(text.clean_text(table.rows[0][1][1]), 'Tagliatelle all\'uovo "5"')

    def test_a_row_with_a_split_cell_is_refused_and_no_other(self):
        table = read_table(b"Codice;Nome;Prezzo\nA1;Pasta; fresca;1,20\nA2;Riso;2\nA3;Orzo;3\n")
        rows = RowReader(table, {0: "reference", 1: "name", 2: "price"}).read()
        self.assertEqual([row.number for row in rows if row.refusals], [2])
        self.assertEqual(rows[0].refusals[0].code, "overlong")

    @given(st.binary(max_size=300))
    def test_no_bytes_break_the_reader(self, content):
        with contextlib.suppress(UnreadableFile):
            read_table(content)


@tagged("post_install", "-at_install")
class TestColumns(BaseCase):
    def test_italian_and_english_headings(self):
        cases = {
            "COD. ART.": "reference",
            "Codice articolo": "reference",
            "SKU": "reference",
            "Riferimento interno": "reference",
            "Codice a barre": "barcode",
            "EAN 13": "barcode",
            "GTIN": "barcode",
            "Descrizione articolo": "name",
            "Denominazione": "name",
            "Product name": "name",
            "Prezzo di listino (€)": "price",
            "PREZZO NETTO": "price",
            "Unit price": "price",
            "Prezzo €/kg": "price",
            "Prezzo ivato": "",
            "Prezzo IVA inclusa": "",
            "Vecchio prezzo": "",
            "Colore": "",
            "U.M.": "unit",
            "Unità di misura": "unit",
            "Aliquota IVA": "vat",
            "Qtà min.": "min_quantity",
            "Valido dal": "date_start",
            "Fine validità": "date_end",
            "Sconto %": "discount",
            "Famiglia": "category",
            "Cod. fornitore": "supplier_code",
        }
        for heading, expected in cases.items():
            with self.subTest(heading=heading):
                self.assertEqual(recognise([heading]), [expected])

    def test_only_names_and_categories_take_several_columns(self):
        headings = ["Descrizione 1", "Descrizione 2", "Categoria", "Sottocategoria", "Prezzo", "Prezzo netto"]
        self.assertEqual(recognise(headings), ["name", "name", "category", "category", "price", ""])

    def test_signature_ignores_case_and_spaces_but_not_order(self):
        self.assertEqual(signature(["Codice", "Prezzo €"]), signature([" CODICE ", "prezzo  €"]))
        self.assertNotEqual(signature(["Codice", "Prezzo"]), signature(["Prezzo", "Codice"]))


@tagged("post_install", "-at_install")
class TestAmounts(BaseCase):
    @given(
        st.decimals(min_value="-999999999", max_value="999999999", places=2), st.sampled_from([",", "."]), st.booleans()
    )
    def test_a_number_written_either_way_reads_back(self, number, mark, grouped):
        written = f"{number:,.2f}" if grouped else f"{number:.2f}"
        if mark == ",":
            written = written.translate(str.maketrans(",.", ".,"))
        self.assertEqual(amounts.parse_number(written, mark), number)
        self.assertEqual(amounts.parse_price(f"€ {written} / kg", mark), amounts.Amount(number, "EUR", "kg"))

    @given(st.floats(min_value=0, max_value=1e8).map(lambda value: round(value, 4)))
    def test_a_float_of_a_spreadsheet_keeps_what_a_person_typed(self, value):
        self.assertEqual(float(amounts.parse_number(value)), value)

    @given(st.text(max_size=20))
    def test_any_text_is_a_number_nothing_or_refused(self, value):
        with contextlib.suppress(amounts.NotANumber):
            self.assertIsInstance(amounts.parse_price(value).value, Decimal | None)

    def test_ambiguous_numbers_follow_their_column(self):
        self.assertEqual(amounts.decimal_mark(["1.234", "2.500", "3.10"]), ".")
        self.assertEqual(amounts.decimal_mark(["1.234", "2.500", "3,10"]), ",")
        self.assertEqual(amounts.decimal_mark(["1.234", "2.500"]), ",")
        self.assertEqual(amounts.parse_number("1.234", ","), 1234)
        self.assertEqual(amounts.parse_number("1.234", "."), Decimal("1.234"))

    def test_what_is_no_number_is_told_apart_from_what_is_no_price(self):
        for nothing in ("", " ", "-", "n.d.", "a richiesta", None):
            self.assertIsNone(amounts.parse_price(nothing).value)
        for wrong in ("abc", "12,50 circa", "1,2,3.4.5", "12/13", "01.02.2026", "12.50.00", "1.23,50", float("nan")):
            with self.subTest(value=wrong), self.assertRaises(amounts.NotANumber):
                amounts.parse_number(wrong)

    def test_prices_with_words_around(self):
        cases = {
            "EUR 1.234,50": ("1234.50", "EUR", ""),
            "$12.50": ("12.50", "USD", ""),
            "3,00 €/Kg": ("3.00", "EUR", "Kg"),
            "12,-": ("12", "", ""),
            "7,90 al kg": ("7.90", "", "kg"),
            "1\u00a0234,00\u00a0€": ("1234.00", "EUR", ""),
        }
        for written, (value, currency, unit) in cases.items():
            with self.subTest(written=written):
                self.assertEqual(amounts.parse_price(written), amounts.Amount(Decimal(value), currency, unit))


@tagged("post_install", "-at_install")
class TestValues(BaseCase):
    def test_dates(self):
        day = datetime.date(2026, 2, 1)
        for written in (
            "01/02/2026",
            "1-2-26",
            "1.2.2026",
            "2026-02-01",
            "2026-02-01 10:30:00",
            46054,
            day,
            datetime.datetime(2026, 2, 1, 12),
        ):
            with self.subTest(written=written):
                self.assertEqual(parse_date(written), day)
        for wrong in ("31/02/2026", "13/25/2026", "domani", 12, "2026"):
            with self.subTest(written=wrong), self.assertRaises(NotADate):
                parse_date(wrong)

    @given(st.integers(min_value=0, max_value=10**13 - 1))
    def test_only_the_right_check_digit_passes(self, number):
        body = f"{number:013d}"[:12]
        right = [digit for digit in "0123456789" if not barcodes.fault(body + digit)]
        self.assertEqual(len(right), 1)
        self.assertTrue(scenario.has_right_check_digit(body + right[0]))
        self.assertIn(body + right[0], barcodes.spellings((body + right[0]).lstrip("0") or "0") | {body + right[0]})

    def test_a_spreadsheet_takes_zeros_away_and_gets_them_back(self):
        self.assertEqual(barcodes.key(barcodes.read_barcode(12345678905)), barcodes.key("0012345678905"))

    def test_texts_as_people_type_them(self):
        self.assertEqual(text.clean_text("  Caffe\u0300\u00a0<b>Oro</b>\r\n250&nbsp;g \u200b"), "Caffè Oro 250 g")
        self.assertEqual(text.clean_text("CaffÃ¨ d&#39;orzo"), "Caffè d'orzo")
        self.assertEqual(text.shorten("a" * 300)[-1], "…")

    @given(st.text(max_size=60))
    def test_cleaning_twice_changes_nothing_more_than_once_for_plain_text(self, value):
        once = text.clean_text(value)
        self.assertEqual(once, once.strip())
        self.assertNotIn("  ", once)
        self.assertFalse(any(ord(mark) < 32 for mark in once))

    def test_units(self):
        for key, names in {
            "unit": "PZ pz. Nr cad Units",
            "kg": "KG Kg. chilo",
            "quintal": "q.le Quintale q",
            "l": "Lt L litri",
        }.items():
            for name in names.split():
                self.assertEqual(unit_key(name), key)

    def test_a_row_is_cleaned_and_checked(self):
        header = ["Codice", "EAN", "Nome", "Reparto", "Gruppo", "UM", "IVA", "Prezzo", "Sconto", "Dal", "Al"]
        table = read_table(
            csv_of(
                [
                    "A1",
                    "8001234567897",
                    "Pasta&nbsp;fresca",
                    "Alimentari",
                    "Pasta > Fresca",
                    "KG",
                    "4%",
                    "1.234,50",
                    "50+10",
                    "01/01/2026",
                    "31/12/2026",
                ],
                ["", "80012", "x", "", "", "", "boh", "-3", "150", "2026-13-01", "1/1/26"],
                header=header,
            )
        )
        names = ["reference", "barcode", "name", "category", "category", "unit", "vat", "price", "discount"]
        mapping = dict(enumerate([*names, "date_start", "date_end"]))
        good, bad = RowReader(table, mapping).read()
        self.assertFalse(good.refusals)
        self.assertEqual((good.name, good.category), ("Pasta fresca", ("Alimentari", "Pasta", "Fresca")))
        self.assertEqual((good.price, good.discount, good.vat), (Decimal("1234.50"), 55, 4))
        self.assertEqual(
            {remark.code for remark in bad.refusals},
            {"barcode_length", "price_negative", "discount_unreadable", "vat_unreadable", "date_unreadable"},
        )

    def test_barcode_policies(self):
        table = read_table(csv_of(["A1", "8001234567898", "Pasta", "1"], ["A2", "8,00E+12", "Riso", "1"]))
        mapping = {0: "reference", 1: "barcode", 2: "name", 3: "price"}
        for policy, refused, barcode in (("refuse", 2, "8001234567898"), ("drop", 1, ""), ("keep", 1, "8001234567898")):
            with self.subTest(policy=policy):
                rows = RowReader(table, mapping, barcode_policy=policy).read()
                self.assertEqual(sum(bool(row.refusals) for row in rows), refused)
                self.assertEqual(rows[0].barcode, barcode)

    def test_dates_and_numbers_of_a_workbook(self):
        book = openpyxl.Workbook()
        book.active.append(["Codice", "Prezzo", "IVA", "Valido dal"])
        book.active.append([1234, 12.1 + 0.2, 0.22, datetime.datetime(2026, 1, 1)])
        buffer = io.BytesIO()
        book.save(buffer)
        mapping = {0: "reference", 1: "price", 2: "vat", 3: "date_start"}
        [row] = RowReader(read_table(buffer.getvalue()), mapping).read()
        self.assertEqual((row.reference, row.price, row.vat), ("1234", Decimal("12.3"), 22))
        self.assertEqual(row.date_start, datetime.date(2026, 1, 1))
