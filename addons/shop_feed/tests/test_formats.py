"""The files of a feed: what is read back is what was written, and the same items give the same bytes."""

import csv
import gzip
from io import BytesIO, StringIO
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from odoo.tests import tagged

from odoo.addons.listino_pricelist.layout.sheet.limits import TooManyRows
from odoo.addons.listino_pricelist.layout.words import clean, one_line

from ..formats import sheet
from ..formats.columns import Column, cell, checked
from ..formats.files import gzipped, join
from ..formats.sheet import write_xlsx
from ..formats.table import comma_separated, tsv
from ..formats.xml import ATOM, GOOGLE, Feed, atom, elements, rss
from .pure_common import PureCase

COLUMNS = (
    Column("id"),
    Column("title"),
    Column("additional_image_link"),
    Column("product_highlight", ";"),
    Column("shipping", ",", ("country", "price")),
)
FEED = Feed("Bottega <&> \x00", "https://shop.example/?a=1&b=2", "Pasta ]]>", "2026-01-31T00:00:00Z")
NASTY = "a\x00\x0b\x1f\x7f\x85\ud800\ufffe<b>&amp;]]>\"',;\t\r\n\U0001f600=1+1\u2028è"
TEXTS = st.text(st.characters(), max_size=30) | st.sampled_from([NASTY, "=1+1", "a,b", 'a"b', "https://x.it/a,b"])
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"id": TEXTS, "title": TEXTS},
        optional={
            "product_highlight": st.lists(TEXTS, max_size=3),
            "shipping": st.lists(st.fixed_dictionaries({"country": TEXTS, "price": TEXTS}), max_size=2),
        },
    ),
    max_size=5,
)


def written(shape, items):
    stream = BytesIO()
    found = join(shape, map(shape.item, items), stream)
    assert found.size == len(stream.getvalue())
    return stream.getvalue()


def xml_items(data, tag, namespace=GOOGLE):
    """Items of a file of XML as lists of names and texts, parts as lists again."""
    root = etree.fromstring(data)

    def name(element):
        return element.tag.replace(f"{{{namespace}}}", "")

    return [
        [(name(each), [(name(part), part.text or "") for part in each] or each.text or "") for each in item]
        for item in root.iter(tag)
    ]


def expected(values):
    found = []
    for column in COLUMNS:
        value = values.get(column.name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                parts = [(part, clean(each[part])) for part in column.parts if each[part]]
                found.append((column.name, parts or ""))
            elif each:
                found.append((column.name, clean(each)))
    return found


@tagged("post_install", "-at_install")
class TestXml(PureCase):
    @given(ITEMS)
    def test_rss_read_back_gives_the_clean_values(self, items):
        found = xml_items(written(rss(COLUMNS, FEED), items), "item")
        self.assertEqual(found, [expected(values) for values in items])

    @given(ITEMS)
    def test_elements_read_back_give_the_clean_values(self, items):
        found = xml_items(written(elements(COLUMNS, "Products", "Offer"), items), "Offer")
        self.assertEqual(found, [expected(values) for values in items])

    def test_rss_has_its_channel_and_namespace(self):
        root = etree.fromstring(written(rss(COLUMNS, FEED), [{"id": "7"}]))
        self.assertEqual((root.tag, root.get("version")), ("rss", "2.0"))
        self.assertEqual(root.findtext("channel/title"), "Bottega <&> ")
        self.assertEqual(root.findtext("channel/link"), "https://shop.example/?a=1&b=2")
        self.assertEqual(root.findtext(f"channel/item/{{{GOOGLE}}}id"), "7")

    def test_atom_has_what_atom_asks_of_an_entry(self):
        item = {"id": "7", "title": "Pasta & riso", "link": 'https://shop.example/p?a="1"&b'}
        root = etree.fromstring(written(atom([*COLUMNS, Column("link")], FEED), [item]))
        entry = root.find(f"{{{ATOM}}}entry")
        self.assertEqual(entry.findtext(f"{{{ATOM}}}id"), "7")
        self.assertEqual(entry.findtext(f"{{{ATOM}}}updated"), "2026-01-31T00:00:00Z")
        self.assertEqual(entry.find(f"{{{ATOM}}}link").get("href"), item["link"])
        self.assertEqual(entry.findtext(f"{{{GOOGLE}}}title"), "Pasta & riso")

    def test_each_element_stands_on_a_line_of_its_own(self):
        lines = written(rss(COLUMNS, FEED), [{"id": "7", "title": "x" * 100_000}]).decode().splitlines()
        self.assertLess(max(map(len, lines)), 100_100)
        self.assertIn("<g:id>7</g:id>", lines)

    def test_an_empty_feed_is_whole_all_the_same(self):
        for shape in (rss(COLUMNS, FEED), atom(COLUMNS, FEED), elements(COLUMNS, "Products", "Offer")):
            etree.fromstring(written(shape, []))


@tagged("post_install", "-at_install")
class TestTables(PureCase):
    def _rows(self, data, delimiter):
        return list(csv.reader(StringIO(data.decode(), newline=""), delimiter=delimiter))

    @given(ITEMS)
    def test_csv_read_back_gives_the_clean_values(self, items):
        rows = self._rows(written(comma_separated(COLUMNS), items), ",")
        self.assertEqual(rows[0], [column.name for column in COLUMNS])
        self.assertEqual([row[:2] for row in rows[1:]], [[clean(item["id"]), clean(item["title"])] for item in items])

    @given(ITEMS)
    def test_tsv_has_a_line_an_item_and_its_values_on_one_line(self, items):
        data = written(tsv(COLUMNS), items)
        self.assertEqual(data.count(b"\n"), len(items) + 1)
        rows = self._rows(data, "\t")
        self.assertEqual(
            [row[:2] for row in rows[1:]], [[one_line(item["id"]), one_line(item["title"])] for item in items]
        )

    @given(st.lists(TEXTS.filter(lambda text: one_line(text) and not text.startswith("http")), min_size=2, max_size=5))
    def test_several_texts_in_a_cell_come_apart_again(self, texts):
        text = cell(Column("product_highlight", ";"), texts)
        self.assertEqual(
            next(csv.reader(StringIO(text, newline=""), delimiter=";")), [one_line(each) for each in texts]
        )

    def test_urls_with_the_separator_are_encoded_and_not_quoted(self):
        urls = ["https://x.it/a,b.jpg", 'https://x.it/"c".jpg']
        self.assertEqual(cell(Column("image"), urls), "https://x.it/a%2Cb.jpg,https://x.it/%22c%22.jpg")

    def test_machines_get_texts_as_they_are_and_no_byte_order_mark(self):
        for make in (comma_separated, tsv):
            self.assertTrue(make(COLUMNS).item({"id": "=cmd|' /C calc'!A0", "title": "+39"}).startswith("=cmd"))
            self.assertTrue(written(make(COLUMNS), []).startswith(b"id"))


@tagged("post_install", "-at_install")
class TestSheet(PureCase):
    def _written(self, items):
        stream = BytesIO()
        count = write_xlsx(COLUMNS, items, stream)
        self.assertEqual(count, len(items))
        return stream.getvalue()

    def test_every_cell_is_text(self):
        data = self._written([{"id": "=1+1", "title": NASTY, "product_highlight": ["a", "b"]}, {"id": "007"}])
        sheet = load_workbook(BytesIO(data)).active
        self.assertEqual([cell.value for cell in sheet[1]], [column.name for column in COLUMNS])
        self.assertEqual([cell.data_type for cell in sheet[2]][:2], ["s", "s"])
        self.assertEqual((sheet["A2"].value, sheet["B2"].value), ("=1+1", clean(NASTY)))
        self.assertEqual((sheet["D2"].value, sheet["A3"].value), ("a;b", "007"))

    def test_the_same_items_give_the_same_bytes(self):
        items = [{"id": str(number), "title": NASTY} for number in range(50)]
        self.assertEqual(self._written(items), self._written(items))

    def test_more_items_than_a_sheet_holds_are_refused(self):
        with patch.object(sheet, "ROWS_AT_MOST", 3), self.assertRaises(TooManyRows):
            self._written([{"id": "1"}] * 3)


@tagged("post_install", "-at_install")
class TestFiles(PureCase):
    @given(ITEMS)
    def test_a_file_is_its_pieces_between_head_and_tail(self, items):
        for shape in (rss(COLUMNS, FEED), atom(COLUMNS, FEED), comma_separated(COLUMNS), tsv(COLUMNS)):
            stream = BytesIO()
            kept = [shape.item(values) for values in items]
            found = join(shape, kept, stream)
            self.assertEqual(stream.getvalue().decode(), shape.head + "".join(kept) + shape.tail)
            self.assertEqual(found.count, len(items))

    @given(st.permutations(["id", "title", "product_highlight"]))
    def test_the_order_of_an_items_values_changes_nothing(self, names):
        values = {name: f"value of {name}" for name in names}
        same = dict(sorted(values.items()))
        for shape in (rss(COLUMNS, FEED), tsv(COLUMNS)):
            self.assertEqual(shape.item(values), shape.item(same))

    def test_packed_files_are_the_same_each_time_and_hold_the_plain_one(self):
        shape, files = rss(COLUMNS, FEED), []
        pieces = [shape.item({"id": str(number), "title": NASTY}) for number in range(1000)]
        for _time in range(2):
            plain, packed = BytesIO(), BytesIO()
            with gzipped(packed) as inner:
                join(shape, pieces, plain, inner)
            self.assertEqual(gzip.decompress(packed.getvalue()), plain.getvalue())
            files.append(packed.getvalue())
        self.assertEqual(*files)
        self.assertEqual(files[0][4:8], b"\0\0\0\0", "no date")

    def test_pieces_are_read_as_they_are_written_and_never_ahead(self):
        read, shape = [], tsv(COLUMNS)
        stream = BytesIO()

        def pieces():
            for number in range(1000):
                read.append(len(stream.getvalue()))
                yield shape.item({"id": str(number)})

        join(shape, pieces(), stream)
        self.assertLess(read[0], read[500])
        self.assertLess(read[500], read[999])

    def test_names_that_xml_can_not_bear_are_refused(self):
        for name in ("", "sale price", "1st", "a>b", "è", "g:id"):
            with self.assertRaises(ValueError):
                checked([Column(name)])
        with self.assertRaises(ValueError):
            checked([Column("id"), Column("id")])
