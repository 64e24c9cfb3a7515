"""How the pages are made: heads, numbers, the envelope's window, names of any kind, the same bytes each time."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from pypdf import PdfReader
from reportlab import rl_config
from reportlab.lib.units import mm

from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..paper import look
from ..paper.draw import draw, merge
from ..paper.facts import Addressee
from ..paper.figures import ITALIAN
from ..paper.fonts import FontFiles, family
from . import paper_samples as samples

LONG = (
    "Società Cooperativa Agricola fra i Coltivatori Diretti dell'Alta Valle del Tanaro e delle Langhe in liquidazione"
)


def placed(content, page=0):
    """[(text, left, baseline from the upper edge, right)] of each piece of text on a page, in points."""
    fonts, found = family(samples.FONTS), []

    def visit(text, cm, tm, _font, size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            width = max(fonts.width(line, size) for line in text.split("\n"))
            found.append((text.strip(), x, look.PAGE_HEIGHT - y, x + width))

    PdfReader(io.BytesIO(content)).pages[page].extract_text(visitor_text=visit)
    return found


def pictures(content):
    return list(PdfReader(io.BytesIO(content)).pages[0].images)


@tagged("post_install", "-at_install")
class TestPages(BaseCase):
    def test_pages_are_numbered_and_headed(self):
        pages = samples.pages(samples.reminder(90))
        self.assertEqual(len(pages), 4)
        for number, page in enumerate(pages, 1):
            self.assertIn(f"Pagina {number} di 4", page)
            self.assertEqual("Lettera MM/2026/0012" in page, number > 1)
        for page in pages[:3]:
            self.assertIn("Scadenza", page)

    def test_no_line_of_a_long_table_is_lost_or_doubled(self):
        for count in (*range(21, 27), 90):
            text = "\n".join(samples.pages(samples.reminder(count)))
            for number in range(1, count + 1):
                self.assertEqual(text.count(f"FT/2026/{number:05} "), 1, (count, number))

    def test_totals_are_never_alone_under_a_head(self):
        for count in range(21, 27):
            page = next(text for text in samples.pages(samples.reminder(count)) if "Totale scaduto" in text)
            self.assertIn(f"FT/2026/{count:05}", page)
            self.assertIn("Totale al netto", page)

    def test_interest_of_an_instalment_begins_on_the_page_of_its_name(self):
        found = 0
        for page in samples.pages(samples.sheet(40)):
            lines = page.splitlines()
            for place, line in enumerate(lines):
                if ", scadenza" in line:
                    found += 1
                    self.assertIn("27/11/2026", " ".join(lines[place : place + 14]), line)
        self.assertEqual(found, 40)

    def test_nothing_but_the_address_is_seen_through_the_window(self):
        debtor = Addressee(
            name=LONG,
            lines=("c/o Studio Bianchi Verdi Neri", LONG, "12345 Castelnuovo (CN)"),
            tax_code="0987",
            pec=LONG,
        )
        references = tuple((f"Riferimento {n}", LONG) for n in range(4))
        sender = replace(samples.SENDER, name=LONG, address=(LONG, LONG, LONG), bank=LONG)
        left, top, right, bottom = look.WINDOW
        for writer in (sender, replace(sender, logo=samples.logo(300, 900)), samples.SENDER):
            paper = samples.notice(sender=writer, addressee=debtor, references=references)
            address = " ".join((debtor.name, *debtor.lines))
            seen = [
                text
                for text, x, y, end in placed(draw(paper, samples.FONTS))
                if end > left and x < right and y > top and y - 5 < bottom
            ]
            self.assertTrue(seen)
            for text in seen:
                self.assertIn(" ".join(text.split()), address)

    def test_the_address_is_where_the_window_shows_it_always(self):
        found = placed(draw(samples.reminder(), samples.FONTS))
        left, top, right, bottom = look.ADDRESS
        for line in (samples.DEBTOR.name, *samples.DEBTOR.lines):
            x, y, end = next(place for text, *place in found if text == line)
            self.assertAlmostEqual(x, left, delta=1)
            self.assertTrue(top < y < bottom and end < right, line)

    def test_nothing_is_printed_beyond_the_margins(self):
        for paper in (samples.notice(20), samples.sheet(20), samples.index(20), samples.petition()):
            content = draw(replace(paper, watermark=""), samples.FONTS)
            for page in range(len(PdfReader(io.BytesIO(content)).pages)):
                found = placed(content, page)
                self.assertTrue(found)
                for text, x, y, end in found:
                    self.assertTrue(look.LEFT - 1 < x < end < look.RIGHT + 1, text)
                    self.assertTrue(10 * mm < y < look.PAGE_HEIGHT - 10 * mm, text)


@tagged("post_install", "-at_install")
class TestNames(BaseCase):
    def test_names_with_marks_are_printed_as_they_are(self):
        name = "Rossi <b>& Figli</b> &amp; C. %s **S.r.l.**"
        text = " ".join(samples.pages(samples.reminder(addressee=Addressee(name=name)))[0].split())
        self.assertIn(name, text)

    def test_letters_of_other_alphabets_and_signs_are_printed(self):
        name = "Παπαδόπουλος Łódź Čačak Șerban Иванов €"
        paper = samples.reminder(addressee=Addressee(name=name), opening=(f"Per **{name}**, così: ½ “x” – §",))
        text = " ".join(samples.pages(paper)[0].split())
        self.assertEqual(text.count(name), 2)
        self.assertIn("così: ½ “x” – §", text)

    def test_an_accent_typed_apart_is_joined(self):
        text = samples.pages(samples.letter(opening=("perche\u0301 s\u00ed\x00\x07",)))[0]
        self.assertIn("perché sí", text)

    def test_a_letter_that_no_font_has_does_not_stop_the_letter(self):
        files = replace(samples.FONTS, fallbacks=())
        self.assertIn("Rossi ?", samples.pages(samples.letter(opening=("Rossi \U00012000",)), files)[0])

    def test_bold_marks_alone_are_no_marks(self):
        text = samples.pages(samples.letter(opening=("5 ** 3 e **grassetto** e **",)))[0]
        self.assertIn("5 ** 3 e grassetto e **", text)

    def test_false_values_of_empty_fields_print_nothing(self):
        sender = replace(samples.SENDER, pec=False, phone=False, bank=False)
        text = samples.pages(samples.reminder(sender=sender, addressee=Addressee(name="Rossi", pec=False)))[0]
        self.assertNotIn("False", text)

    def test_a_letter_goes_to_a_debtor_without_an_address(self):
        self.assertIn("Mario Bianchi", samples.pages(samples.notice(addressee=Addressee(name="Mario Bianchi")))[0])

    def test_very_long_texts_of_a_row_do_not_stop_the_letter(self):
        line = replace(samples.instalments(1)[0], document="X" * 4000, remark="parola " * 2000)
        self.assertTrue(samples.pages(samples.reminder(1, claim=samples.claim(1, instalments=(line,)))))


@tagged("post_install", "-at_install")
class TestFiles(BaseCase):
    def test_the_same_paper_gives_the_same_bytes(self):
        sender = replace(samples.SENDER, logo=samples.logo(600, 200))
        for build in (samples.reminder, samples.notice, samples.sheet, samples.index, samples.petition, samples.letter):
            once = draw(build(sender=sender), samples.FONTS)
            draw(samples.reminder(2), FontFiles.find())
            self.assertEqual(draw(build(sender=sender), samples.FONTS), once)

    def test_letters_drawn_at_the_same_time_do_not_mix(self):
        papers = [samples.reminder(n, title=f"Lettera {n}") for n in range(1, 9)]
        alone = [draw(paper, samples.FONTS) for paper in papers]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda paper: draw(paper, samples.FONTS), papers))
        self.assertEqual(together, alone)

    def test_settings_of_the_library_are_left_as_they_were(self):
        before = rl_config.useA85
        draw(samples.letter(), samples.FONTS)
        with self.assertRaises(AttributeError):
            draw(samples.letter(labels=None), samples.FONTS)
        self.assertEqual(rl_config.useA85, before)

    def test_merged_letters_keep_their_own_page_numbers(self):
        letters = [draw(samples.reminder(count), samples.FONTS) for count in (3, 90)]
        texts = samples.texts(merge(letters))
        self.assertEqual(len(texts), 5)
        self.assertIn("Pagina 1 di 1", texts[0])
        self.assertIn("Pagina 4 di 4", texts[4])
        self.assertEqual(merge(letters), merge(letters))

    def test_fonts_are_embedded(self):
        reader = PdfReader(io.BytesIO(draw(samples.notice(), samples.FONTS)))
        fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
        used = [font for font in fonts if font["/Subtype"] == "/TrueType"]
        self.assertTrue(used)
        for font in used:
            self.assertIn("/FontFile2", font["/FontDescriptor"])

    def test_the_file_names_its_title_writer_and_language(self):
        reader = PdfReader(io.BytesIO(draw(samples.reminder(), samples.FONTS)))
        self.assertEqual(reader.metadata.title, "Lettera MM/2026/0012")
        self.assertEqual(reader.metadata.author, samples.SENDER.name)
        self.assertEqual(reader.root_object["/Lang"], "it")

    def test_a_letter_is_drawn_with_the_fonts_at_hand(self):
        for files in (FontFiles(), FontFiles.find(), samples.FONTS):
            self.assertIn("perché", samples.pages(samples.letter(), files)[0])

    @mute_logger("odoo.addons.dunning_it.paper.fonts")
    def test_a_broken_font_file_gives_way_to_another(self):
        files = FontFiles(regular="/nonexistent.ttf", bold=__file__)
        self.assertIn("perché", samples.pages(samples.letter(), files)[0])


@tagged("post_install", "-at_install")
class TestPictures(BaseCase):
    def test_a_logo_of_any_shape_leaves_the_text_where_it_was(self):
        plain = draw(samples.reminder(), samples.FONTS)
        subject = next(place for text, *place in placed(plain) if text.startswith("Oggetto"))
        for size in ((3000, 100), (100, 3000), (400, 400), (8, 8)):
            content = draw(samples.reminder(sender=replace(samples.SENDER, logo=samples.logo(*size))), samples.FONTS)
            self.assertEqual(len(pictures(content)), 1)
            self.assertEqual(next(place for text, *place in placed(content) if text.startswith("Oggetto")), subject)

    @mute_logger("odoo.addons.dunning_it.paper.logo")
    def test_a_logo_that_cannot_be_drawn_gives_way_to_the_name(self):
        for logo in (b"", b"<svg/>", samples.logo(90, 90)[:30]):
            content = draw(samples.reminder(sender=replace(samples.SENDER, logo=logo)), samples.FONTS)
            self.assertEqual(pictures(content), [])
            self.assertEqual(samples.texts(content), samples.pages(samples.reminder()))

    def test_a_code_to_scan_is_offered_where_it_leads_to_the_right_account(self):
        scan = samples.ITALIAN_LABELS.scan
        self.assertIn(scan, samples.pages(samples.reminder())[0])
        wrong = replace(samples.PAYMENT, iban="IT61X0542811101000000123456")
        self.assertNotIn(scan, samples.pages(samples.reminder(payment=wrong))[0])
        francs = replace(ITALIAN, currency="CHF", pattern="CHF {}")
        self.assertNotIn(scan, samples.pages(samples.reminder(figures=francs))[0])
