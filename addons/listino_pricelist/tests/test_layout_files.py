"""The price list as spreadsheet and as CSV, read back."""

import csv
import weakref
import zipfile
from io import BytesIO, StringIO
from unittest.mock import patch

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..layout.csv_file import write_csv
from ..layout.figures import NumberFormat
from ..layout.listing import Column, Heading, Line
from ..layout.sheet import table
from ..layout.sheet.limits import IMAGES_AT_MOST, TooManyRows
from ..layout.xlsx import write_xlsx
from .layout_samples import COLUMNS, catalogue, line, listing, picture

FIRST = 5  # the first row of products: title, particulars, bands, labels come before


@tagged("post_install", "-at_install")
class TestLayoutXlsx(BaseCase):
    def _book(self, document, blocks):
        stream = BytesIO()
        write_xlsx(document, blocks, stream)
        return openpyxl.load_workbook(stream)

    def _sheet(self, document, blocks):
        return self._book(document, blocks).worksheets[0]

    def test_numbers_are_numbers_with_the_decimals_of_their_column(self):
        columns = (*COLUMNS[:3], Column("kg", "al kg", "price", decimals=3), Column("vat", "IVA", "percent"),
                   Column("pack", "Pezzi", "quantity"), Column("ean", "Codice a barre", "barcode"))  # fmt: skip
        cells = ("A1", "Penne", 1.255, 3.3333, 22.0, 12.0, "8000000000026")
        sheet = self._sheet(listing(columns=columns), [Line(cells)])
        row = [cell.value for cell in sheet[FIRST]]
        self.assertEqual(row[:8], [None, "A1", "Penne", 1.255, 3.3333, 0.22, 12, "8000000000026"])
        self.assertEqual(
            [cell.number_format for cell in sheet[FIRST][3:7]], ["#,##0.00####", "#,##0.000####", "0%", "#,##0"]
        )

    def test_a_price_in_the_sheet_is_the_one_that_paper_prints(self):
        price = Column("price", "Prezzo", "price")
        for value in (0.035, 6.669324, 2.9000000000000004, 12.0):
            sheet = self._sheet(listing(columns=(price,)), [Line((value,))])
            written = NumberFormat().fixed(sheet.cell(FIRST - 1, 2).value, price.decimals_of(value))
            self.assertEqual(written, price.text(value, NumberFormat()))

    def test_categories_fold_and_every_line_names_its_own(self):
        blocks = [Heading(0, "Pasta"), Heading(1, "Fresca", note="Ogni giorno"), line(1), Heading(0, "Riso"), line(2)]
        sheet = self._sheet(listing(), blocks)
        levels = [sheet.row_dimensions[row].outlineLevel for row in range(FIRST, FIRST + 5)]
        self.assertEqual(levels, [0, 1, 2, 0, 1])
        self.assertFalse(sheet.sheet_properties.outlinePr.summaryBelow)
        names = [sheet.cell(row, 1).value for row in range(FIRST, FIRST + 5)]
        self.assertEqual(names, ["Pasta", "Fresca", "Pasta / Fresca", "Riso", "Riso"])
        self.assertEqual(sheet.cell(FIRST + 1, 7).value, "Ogni giorno")

    def test_levels_beyond_what_excel_takes_fold_into_the_last(self):
        blocks = [*(Heading(level, f"L{level}") for level in range(12)), line(1)]
        sheet = self._sheet(listing(), blocks)
        self.assertEqual(sheet.row_dimensions[FIRST + 12].outlineLevel, 7)

    def test_it_filters_freezes_and_prints(self):
        sheet = self._sheet(listing(), catalogue(2, 3))
        last = FIRST + 2 * (1 + 3 * 4) - 1
        self.assertEqual(sheet.auto_filter.ref, f"A{FIRST - 1}:G{last}")
        self.assertEqual(sheet.freeze_panes, f"A{FIRST}")
        self.assertEqual(sheet.print_title_rows, f"$3:${FIRST - 1}")
        self.assertEqual((sheet.page_setup.fitToHeight, sheet.page_setup.paperSize), (0, 9))
        self.assertIn("Pagina &P di &N", sheet.oddFooter.right.text.replace("&[Page]", "&P"))
        self.assertEqual(sheet.cell(3, 4).value, "da 1 pz")
        self.assertEqual(sheet.cell(4, 4).value, "senza IVA")

    def test_page_breaks_of_categories_are_kept_in_print(self):
        blocks = [Heading(0, "Pasta", page_break=True), line(1), Heading(0, "Riso", page_break=True), line(2)]
        sheet = self._sheet(listing(), blocks)
        self.assertEqual([row.id for row in sheet.row_breaks.brk], [FIRST + 1])
        self.assertFalse(sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage)

    def test_formulas_and_links_that_people_typed_stay_words(self):
        for text in ("=1+1", "+39 059", "-sfuso", "@cmd", "http://example.com", '=HYPERLINK("x")'):
            sheet = self._sheet(listing(), [Heading(0, text), line(1, text, note=text)])
            for cell in (sheet.cell(FIRST, 1), sheet.cell(FIRST + 1, 3), sheet.cell(FIRST + 1, 7)):
                self.assertEqual((cell.value, cell.data_type, cell.hyperlink), (text, "s", None))

    def test_particulars_stand_on_a_sheet_of_their_own(self):
        book = self._book(listing(), [line(1)])
        self.assertEqual(book.sheetnames, ["Rivenditori", "Note"])
        text = "\n".join(str(row[0]) for row in book["Note"].iter_rows(values_only=True))
        for words in ("P.IVA IT01234567890", "Gastronomia Bertolini", "Validità: fino al 30/06/2025",
                      "Prezzi franco magazzino.", "I prezzi possono variare."):  # fmt: skip
            self.assertIn(words, text)
        self.assertEqual(self._book(listing(subtitle="note"), []).sheetnames, ["note", "Note 2"])

    def test_pictures_come_with_short_lists_only(self):
        columns = (Column("name", "Prodotto"), Column("image", "Foto", "image"))
        few = [Line(("Penne", picture())), Line(("Riso", b"broken")), Line(("Farro", None))]
        sheet = self._sheet(listing(columns=columns), few)
        self.assertEqual(len(sheet._images), 1)
        many = (Line(("Penne", picture())) for _number in range(IMAGES_AT_MOST + 1))
        sheet = self._sheet(listing(columns=columns), many)
        self.assertFalse(sheet._images)
        self.assertEqual([cell.value for cell in sheet[3]], ["Categoria", "Prodotto", "Note"])

    def test_lines_are_let_go_as_they_are_written(self):
        for write in (write_xlsx, write_csv):
            lives = []  # weak references to all products so far

            def lines(lives=lives):
                for number in range(4 * IMAGES_AT_MOST):
                    product = line(number)
                    lives.append(weakref.ref(product))
                    yield product
                    del product
                    if number % 100 == 0:
                        self.assertLessEqual(sum(life() is not None for life in lives), IMAGES_AT_MOST + 2)

            self.assertEqual(write(listing(), lines(), BytesIO()), 4 * IMAGES_AT_MOST)

    def test_a_list_longer_than_a_sheet_is_refused_by_name(self):
        with patch.object(table, "ROWS_AT_MOST", FIRST + 1):
            write_xlsx(listing(), [line(1), line(2)], BytesIO())
            with self.assertRaisesRegex(TooManyRows, "as CSV") as caught:
                write_xlsx(listing(), [line(1), line(2), line(3)], BytesIO())
        self.assertEqual(caught.exception.limit, FIRST + 1)

    def test_an_empty_list_is_a_sheet_with_labels(self):
        sheet = self._sheet(listing(), [])
        self.assertEqual(sheet.cell(FIRST - 1, 1).value, "Categoria")
        self.assertIsNone(sheet.auto_filter.ref)

    @given(st.text(st.characters(exclude_categories=()), max_size=80))
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def test_any_text_leaves_a_file_that_opens(self, text):
        stream = BytesIO()
        head = listing(title=text, subtitle=text, note=text, terms=text)
        write_xlsx(head, [Heading(0, text, text), Line((text, text, 1.0), text)], stream)
        self.assertIsNone(zipfile.ZipFile(stream).testzip())
        sheet = openpyxl.load_workbook(stream).worksheets[0]
        self.assertEqual(sheet.cell(FIRST + 1, 4).value, 1)

    def test_overlong_text_is_cut_visibly(self):
        sheet = self._sheet(listing(), [line(1, note="x" * 40_000)])
        self.assertEqual(len(sheet.cell(FIRST, 7).value), 32_767)
        self.assertTrue(sheet.cell(FIRST, 7).value.endswith("…"))


@tagged("post_install", "-at_install")
class TestLayoutCsv(BaseCase):
    def _rows(self, document, blocks, delimiter=";"):
        stream = BytesIO()
        write_csv(document, blocks, stream)
        self.assertFalse(stream.closed)
        self.assertEqual(stream.getvalue()[:3], b"\xef\xbb\xbf")
        return list(csv.reader(StringIO(stream.getvalue().decode("utf-8-sig"), newline=""), delimiter=delimiter))

    def test_italian_programs_get_semicolons_and_decimal_commas(self):
        blocks = [Heading(0, "Pasta"), Heading(1, "Fresca"), line(3, "Penne; rigate", note="Due\nrighe")]
        labels, row = self._rows(listing(), blocks)
        self.assertEqual(
            labels, ["Categoria", "Codice", "Prodotto", "senza IVA da 1 pz", "senza IVA da 10 pz", "IVA", "Note"]
        )
        self.assertEqual(row, ["Pasta / Fresca", "#00003#", "Penne; rigate", "1237,50", "2,70", "22", "Due righe"])

    def test_others_get_commas_and_points(self):
        _labels, row = self._rows(listing(numbers=NumberFormat(".", ",")), [line(3)], delimiter=",")
        self.assertEqual(row[3:6], ["1237.50", "2.70", "22"])

    def test_a_price_has_the_decimals_that_paper_prints(self):
        _labels, tiny, plain = self._rows(listing(), [Line(("A1", "Viti", 0.035)), Line(("A2", "Dadi", 6.5))])
        self.assertEqual((tiny[3], plain[3]), ("0,035", "6,50"))

    def test_formulas_are_disarmed_and_negative_numbers_are_not(self):
        for text in ("=1+1", "+39", "-2+3", "@SUM(A1)", "＝1"):
            blocks = [Heading(0, text), Line((text, text, -5.0), text)]
            _labels, row = self._rows(listing(), blocks)
            self.assertEqual(row, ["'" + text, "'" + text, "'" + text, "-5,00", "", "", "'" + text])

    def test_pictures_have_no_column_and_missing_cells_are_empty(self):
        columns = (Column("image", "Foto", "image"), Column("name", "Prodotto"), Column("price", "Prezzo", "price"))
        rows = self._rows(listing(columns=columns), [Line((b"x", "Penne")), Line((None, False, float("nan")))])
        self.assertEqual(rows, [["Categoria", "Prodotto", "Prezzo", "Note"], ["", "Penne", "", ""], ["", "", "", ""]])

    @given(st.lists(st.text(st.characters(exclude_categories=())), min_size=1, max_size=9))
    @settings(max_examples=100, deadline=None, database=None)
    def test_any_text_stays_one_row_and_never_a_formula(self, texts):
        rows = self._rows(listing(), [Line((text, text, 1.0), text) for text in texts])
        self.assertEqual(len(rows), len(texts) + 1)
        for row in rows:
            self.assertEqual(len(row), 7)
            self.assertFalse(any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row))
