"""The price list as PDF, read back; and what all formats share."""

import re
from io import BytesIO
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..layout.csv_file import write_csv
from ..layout.listing import Column, Heading, Labels, Line
from ..layout.paper.fonts import FontFiles
from ..layout.pdf import SAMPLE, write_pdf
from ..layout.tree import Category, branches, with_headings
from ..layout.xlsx import write_xlsx
from .layout_samples import COLUMNS, FONTS, catalogue, code, line, listing, picture, print_pdf

# Any character, and often the ones that break things.
NASTY = st.sampled_from(
    "\x00\x08\x0b\x1b\x7f\x85\ud800\udfff\ufffe\uffff\u202e\u200d\ufe0f\u0301😀🍝→❄✓αжשع寿\xa0\u2028\n\t=+-@'\"<&"
)
WORDS = st.text(st.one_of(NASTY, st.characters(exclude_characters="#"), st.just("W")), max_size=60)
LONG = st.builds(lambda text, times: text * times, WORDS, st.integers(1, 30))


@tagged("post_install", "-at_install")
class TestLayoutModules(BaseCase):
    def test_a_very_deep_tree_of_categories_is_arranged(self):
        chain = [Category(number, number - 1 or None, f"C{number}") for number in range(1, 3001)]
        found = branches(chain, {3000})
        self.assertEqual([branch.level for branch in found], list(range(3000)))

    @given(st.dictionaries(st.integers(0, 12), st.integers(0, 14), max_size=13), st.sets(st.integers(0, 14)))
    @settings(deadline=None, database=None)
    def test_every_filled_category_comes_once_whatever_the_parents(self, parents, filled):
        categories = [Category(own, parent, f"C{own}") for own, parent in parents.items()]
        plan = branches(categories, filled)
        ordered = [own for own in filled if own not in parents]
        ordered += [branch.category.id for branch in plan if branch.category.id in filled]
        blocks = list(with_headings(plan, [(own, Line((own,))) for own in ordered]))
        self.assertCountEqual([block.cells[0] for block in blocks if isinstance(block, Line)], filled)
        titles = [block.title for block in blocks if isinstance(block, Heading)]
        self.assertEqual(len(titles), len(set(titles)))
        self.assertLessEqual({f"C{own}" for own in filled if own in parents}, set(titles))
        levels = [block.level for block in blocks if isinstance(block, Heading)]
        self.assertTrue(all(after <= before + 1 for before, after in pairwise(levels)))


@tagged("post_install", "-at_install")
class TestLayoutPdf(BaseCase):
    def _texts(self, reader):
        return [page.extract_text() for page in reader.pages]

    def _heights(self, page):
        """[(y, text)] of the ASCII words of a page, as its content stream places them."""
        content = page.get_contents().get_data().decode("latin-1")
        return [(float(y), text) for y, text in re.findall(r"Tf [\d.]+ ([\d.]+) Td \((.*)\) Tj", content)]

    def test_one_line_stands_on_one_page_with_letterhead_customer_and_terms(self):
        reader, printed = print_pdf(listing(), [Heading(0, "Pasta"), line(7, "Penne à l'olio — 500 g €")])
        (text,) = self._texts(reader)
        self.assertEqual((printed.pages, printed.lines, printed.missing), (1, 1, frozenset()))
        for words in (
            "Dispensa S.r.l.", "Via Emilia 1, Modena", "Listino prezzi", "Rivenditori", "Spett.le",
            "Gastronomia Bertolini", "12 marzo 2025", "fino al 30/06/2025", "Prezzi franco magazzino.", "Pasta",
            "da 10 pz", "Penne à l'olio — 500 g €", "1.241,50", "6,30", "22%", "I prezzi possono variare.",
            "Pagina 1 di 1",
        ):  # fmt: skip
            self.assertIn(words, text)
        self.assertNotIn("Indice", text)
        self.assertEqual(reader.metadata.title, "Listino prezzi · Rivenditori")
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "it-IT")

    def test_an_empty_list_says_so(self):
        reader, printed = print_pdf(listing(), iter(()))
        self.assertEqual((printed.pages, printed.lines), (1, 0))
        self.assertIn("Nessun prodotto.", self._texts(reader)[0])

    def test_pages_are_numbered_and_repeat_the_column_headings(self):
        reader, printed = print_pdf(listing(), catalogue(4, 40))
        texts = self._texts(reader)
        self.assertEqual(len(texts), printed.pages)
        for number, text in enumerate(texts, 1):
            self.assertIn(f"Pagina {number} di {printed.pages}", text)
            self.assertIn("I prezzi possono variare.", text)
            self.assertEqual("da 10 pz" in text, number > 1, "the first page holds the contents")

    def test_every_line_is_printed_once_in_order(self):
        reader, printed = print_pdf(listing(), catalogue(4, 40))
        text = "\n".join(self._texts(reader))
        self.assertEqual(printed.lines, 480)
        places = [text.find(code(number)) for number in range(1, 481)]
        self.assertEqual(places, sorted(places))
        self.assertTrue(all(text.count(code(number)) == 1 for number in range(1, 481)))

    def test_contents_lead_to_the_page_of_each_heading(self):
        reader, _printed = print_pdf(listing(), catalogue(4, 40))
        texts = self._texts(reader)
        self.assertIn("Indice", texts[0])
        links = [note.get_object() for note in reader.pages[0]["/Annots"]]
        self.assertEqual(len(links), 4 + 12)
        titles = [f"Macro {macro}" if not sub else f"Sotto {macro}.{sub}" for macro in range(1, 5) for sub in range(4)]
        for title, link in zip(titles, links, strict=True):
            (page,) = (
                number for number, page in enumerate(reader.pages) if page.indirect_reference == link["/Dest"][0]
            )
            self.assertIn(title, texts[page])
            self.assertRegex(texts[0], rf"{title}\s*{page + 1}\b")

    def test_bookmarks_nest_like_the_categories(self):
        reader, _printed = print_pdf(listing(), catalogue(2, 2))
        first, children, second, _more = reader.outline
        self.assertEqual((first.title, second.title), ("Macro 1", "Macro 2"))
        self.assertEqual([child.title for child in children], ["Sotto 1.1", "Sotto 1.2", "Sotto 1.3"])

    def test_levels_that_jump_make_bookmarks_all_the_same(self):
        blocks = [Heading(2, "Deep"), line(1), Heading(5, "Deeper"), line(2), Heading(0, "Top"), line(3)]
        reader, _printed = print_pdf(listing(), blocks)
        self.assertEqual([reader.outline[0].title, reader.outline[1][0].title, reader.outline[2].title],
                         ["Deep", "Deeper", "Top"])  # fmt: skip

    def test_no_heading_ends_a_page(self):
        for lines_each in (1, 2, 5, 7):
            reader, _printed = print_pdf(listing(contents=False), catalogue(25, lines_each))
            for number, page in enumerate(reader.pages, 1):
                rows = [y for y, text in self._heights(page) if text.startswith("#")]
                headings = [y for y, text in self._heights(page) if text.startswith(("Macro ", "Sotto ")) and y < 780]
                self.assertTrue(rows and headings)
                self.assertLess(min(rows), min(headings), f"page {number}, {lines_each} lines")

    def test_a_page_break_opens_a_page_and_keeps_the_heading_above(self):
        blocks = [Heading(0, "Aaa"), line(1), Heading(0, "Bbb"), Heading(1, "Ccc", page_break=True), line(2)]
        texts = self._texts(print_pdf(listing(), blocks)[0])
        self.assertEqual(len(texts), 2)
        self.assertNotIn("Bbb", texts[0])
        self.assertLess(texts[1].index("Bbb"), texts[1].index("#00002#"))
        self.assertEqual(len(print_pdf(listing(), [Heading(0, "Aaa", page_break=True), line(1)])[0].pages), 1)

    def test_contents_are_there_where_the_document_is_long_or_the_caller_asks(self):
        self.assertIn("Indice", self._texts(print_pdf(listing(contents=True), catalogue(2, 1))[0])[0])
        self.assertNotIn("Indice", self._texts(print_pdf(listing(contents=False), catalogue(9, 9))[0])[0])
        no_headings = [line(number) for number in range(SAMPLE * 2)]
        self.assertNotIn("Indice", self._texts(print_pdf(listing(), no_headings)[0])[0])

    def test_contents_of_many_categories_run_over_several_pages_and_count_them(self):
        reader, printed = print_pdf(listing(), catalogue(60, 9, subcategories=5))
        texts = self._texts(reader)
        self.assertNotIn("#", texts[1])
        page = next(number for number, text in enumerate(texts) if "#00001#" in text)
        self.assertRegex(texts[0], rf"Macro 1\s*{page + 1}\b")
        self.assertIn(f"Pagina {page + 1} di {printed.pages}", texts[page])

    def test_many_columns_turn_the_sheet_and_all_numbers_stay_on_it(self):
        columns = (*COLUMNS, *(Column(f"c{number}", f"da {number} cartoni", "price") for number in range(8)))
        lines = [Line((*line(number).cells, *(1000.0 + number + extra for extra in range(8)))) for number in range(9)]
        reader, _printed = print_pdf(listing(columns=columns), lines)
        width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
        self.assertGreater(width, height)
        self.assertIn("1.015,00", reader.pages[0].extract_text())
        few = print_pdf(listing(), [line(1)])[0].pages[0].mediabox
        self.assertLess(few.width, few.height)

    def test_absurdly_many_columns_still_print(self):
        columns = tuple(Column(f"c{number}", f"Colonna {number}", "price") for number in range(60))
        _reader, printed = print_pdf(listing(columns=columns), [Line((12345.67,) * 60)])
        self.assertEqual(printed.pages, 1)

    def test_a_number_wider_than_its_column_is_printed_whole(self):
        blocks = [*(line(number) for number in range(SAMPLE)), Line(("#99999#", "Oro", 123456789012.25, None, None))]
        self.assertIn("123.456.789.012,25", "".join(self._texts(print_pdf(listing(), blocks)[0])))

    def test_long_names_wrap_and_overlong_ones_show_that_they_are_cut(self):
        name = " ".join(f"parola{number}" for number in range(40))
        text = self._texts(print_pdf(listing(), [line(1, name)])[0])[0]
        self.assertTrue(all(word in text for word in name.split()))
        text = self._texts(print_pdf(listing(), [line(1, name * 30)])[0])[0]
        self.assertIn("…", text)

    def test_long_notes_are_printed_whole_over_the_end_of_the_page(self):
        words = [f"w{number}x" for number in range(4000)]
        for values in ({"note": " ".join(words)}, {"terms": " ".join(words)}):
            text = "\n".join(self._texts(print_pdf(listing(**values), [line(1)])[0]))
            self.assertTrue(all(text.count(word) == 1 for word in words[::97]), values)
        for blocks in ([line(1, note=" ".join(words))], [Heading(0, "Aaa", note=" ".join(words)), line(1)]):
            reader, _printed = print_pdf(listing(), blocks)
            text = "\n".join(self._texts(reader))
            self.assertTrue(all(text.count(word) == 1 for word in words[::97]))
            self.assertGreater(len(reader.pages), 2)

    def test_pictures_are_drawn_once_and_broken_ones_left_out(self):
        columns = (Column("image", "", "image"), Column("name", "Prodotto"))
        good = [picture(), picture("RGBA"), picture("P", "GIF"), picture("L", "JPEG"), picture("CMYK", "JPEG")]
        broken = [b"", b"broken", None, False, good[0][:60], b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text"]
        lines = [Line((data, f"#{number:05d}#")) for number, data in enumerate([*good, *broken, good[0]])]
        reader, _printed = print_pdf(listing(columns=columns), lines)
        self.assertEqual(len(reader.pages[0].images), len(good))
        self.assertTrue(all(f"#{number:05d}#" in reader.pages[0].extract_text() for number in range(len(lines))))

    def test_a_broken_logo_leaves_the_name_of_the_company(self):
        for logo, images in ((picture("RGBA", size=(300, 90)), 1), (b"", 0), (b"GIF89a", 0)):
            company = listing().company.__class__("Dispensa S.r.l.", (), logo)
            reader, _printed = print_pdf(listing(company=company), [line(1)])
            self.assertEqual(len(reader.pages[0].images), images)
            self.assertIn("Dispensa S.r.l.", reader.pages[0].extract_text())

    def test_other_alphabets_and_symbols_are_drawn_and_what_is_not_is_reported(self):
        name = "Ελιές Οливки → ❄ ★ ½ e\u0301 ﬁne"
        reader, printed = print_pdf(listing(), [line(1, name)])
        text = reader.pages[0].extract_text()
        for words in ("Ελιές", "Оливки".replace("О", "О"), "→", "❄", "★", "½"):
            self.assertIn(words.removeprefix("О"), text)
        self.assertEqual(printed.missing, frozenset())
        reader, printed = print_pdf(listing(), [line(1, "Riso \U00013000 🧄")])
        self.assertIn("Riso ?", reader.pages[0].extract_text())
        self.assertEqual(printed.missing, {"\U00013000", "🧄"})

    def test_without_good_fonts_reportlab_own_serve(self):
        for fonts in (FontFiles(), FontFiles(regular="/nowhere.ttf", bold=__file__, italic="", fallbacks=("/no.ttf",))):
            with mute_logger("odoo.addons.listino_pricelist.layout.paper.fonts"):
                printed = write_pdf(listing(), [line(1, "Caffè — 寿司")], BytesIO(), fonts)
            self.assertEqual(printed.missing, {"寿", "司"})

    def test_a_translation_without_placeholders_does_not_stop_the_printing(self):
        reader, _printed = print_pdf(listing(labels=Labels(page="Pagina %(pagina)s")), [line(1)])
        self.assertIn("1 / 1", reader.pages[0].extract_text())

    def test_short_lines_and_strange_values_are_empty_cells(self):
        blocks = [Line(()), Line(("#00001#",)), Line(("#00002#", False, float("nan"), float("inf"), None))]
        reader, printed = print_pdf(listing(), blocks)
        self.assertEqual(printed.lines, 3)
        self.assertNotIn("nan", reader.pages[0].extract_text())


@tagged("post_install", "-at_install", "slow")
class TestLayoutProperties(BaseCase):
    @given(st.lists(st.tuples(LONG, LONG, st.floats(), st.integers(-1, 5)), min_size=1, max_size=12), WORDS, LONG)
    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def test_any_text_is_written_in_every_format_each_line_once(self, rows, words, long_text):
        blocks = []
        for number, (name, note, price, level) in enumerate(rows):
            if level >= 0:
                blocks.append(Heading(level, name[:200], note, page_break=level == 2))
            blocks.append(Line((code(number), name, price, -price, price), note))
        head = listing(title=words, subtitle=long_text, note=long_text, terms=words, date=words)
        head = listing(columns=(*COLUMNS[:4], Column("vat", words, "percent", group=words))) if len(rows) % 2 else head
        reader, printed = print_pdf(head, blocks)
        # In the drawing itself: pypdf turns text round as soon as an Arabic letter is near.
        drawn = b"\n".join(page.get_contents().get_data() for page in reader.pages).decode("latin-1")
        self.assertEqual([drawn.count(f"({code(number)}) Tj") for number in range(len(rows))], [1] * len(rows))
        self.assertEqual(printed.lines, len(rows))
        self.assertEqual(write_xlsx(head, blocks, BytesIO()), len(rows))
        self.assertEqual(write_csv(head, blocks, BytesIO()), len(rows))

    def test_fonts_of_odoo_are_found(self):
        self.assertTrue(FONTS.regular.endswith("Roboto-Regular.ttf"), FONTS)
