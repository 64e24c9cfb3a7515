"""What the kinds of paper say, read back from the PDF."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase, tagged

from ..paper.facts import Addressee, Event, Instalment, InterestLine, Signature, Stretch
from ..paper.kinds import Chronicle, Section
from . import paper_samples as samples


class PaperCase(BaseCase):
    def assert_on_paper(self, paper, *words):
        """Each of the words is in the text of the paper, whatever the line breaks."""
        text = " ".join(" ".join(samples.pages(paper)).split())
        for word in words:
            self.assertIn(" ".join(word.split()), text)
        return text


@tagged("post_install", "-at_install")
class TestReminder(PaperCase):
    def test_a_reminder_says_who_writes_to_whom_about_what(self):
        paper = samples.reminder()
        self.assert_on_paper(
            paper,
            paper.sender.name,
            "P. IVA IT01234567890",
            "C.F. 01234567890",
            "PEC officinarossi@pec.example.it",
            "Tel. +39 011 555 0101",
            "Banca del Po",
            "Carrozzeria Bianchi & Figli S.n.c.",
            "Corso Giulio Cesare 100",
            "Torino, 27 novembre 2026",
            "Oggetto: Estratto conto al 27/11/2026",
            "così sta il Vostro conto perché possiate verificarlo",
            "Maria Rossi",
            "Legale rappresentante",
            "Allegati",
            "1. Fattura FT/2026/00001",
            samples.PRIVACY,
            "Pagina 1 di 1",
        )

    def test_lines_credits_and_totals_are_in_the_table(self):
        self.assert_on_paper(
            samples.reminder(3),
            "FT/2026/00002 03/01/2026 02/02/2026 1.222,00 220,00 1.002,00 298",
            "Totale scaduto 3.666,00 660,00 3.006,00",
            "NC/2026/00003 03/03/2026 -120,50",
            "Totale al netto dei crediti 2.885,50",
        )

    def test_without_credits_there_is_one_total(self):
        paper = samples.reminder(2, claim=samples.claim(2, credits=()))
        self.assertNotIn("Totale al netto", self.assert_on_paper(paper, "Totale scaduto"))

    def test_the_payment_box_asks_for_the_total(self):
        self.assert_on_paper(
            samples.reminder(3), "€ 2.885,50", "IT60 X054 2811 1010 0000 0123 456", "BPMOIT22XXX", "MM/2026/0012"
        )

    def test_nothing_is_asked_of_a_customer_who_has_more_to_get(self):
        credit = replace(samples.claim().credits[0], amount=Decimal(5000))
        paper = samples.reminder(3, claim=samples.claim(3, credits=(credit,), interest=(), compensated=0, costs=()))
        text = self.assert_on_paper(paper, "Totale al netto dei crediti -1.994,00")
        self.assertNotIn("IBAN IT60 X054 2811 1010 0000 0123 456 BIC", text)
        self.assertNotIn(samples.ITALIAN_LABELS.payment, text)

    def test_an_instalment_not_yet_due_has_no_days_late(self):
        early = replace(samples.instalments(1)[0], days_late=-5)
        text = self.assert_on_paper(samples.reminder(1, claim=samples.claim(1, instalments=(early,))), "1.001,00 –")
        self.assertNotIn("-5", text)

    def test_the_remark_of_a_line_is_printed(self):
        line = replace(samples.instalments(1)[0], remark="Ordine ORD/2025/0417, DDT 12")
        self.assert_on_paper(samples.reminder(1, claim=samples.claim(1, instalments=(line,))), line.remark)

    def test_an_english_letter_has_no_italian_label(self):
        text = self.assert_on_paper(
            samples.english(samples.reminder, 3), "Subject:", "Days late", "2 Feb 2026", "€2,885.50", "Page 1 of 1"
        )
        for label in (samples.ITALIAN_LABELS.subject, "Scadenza", "Pagina", "Totale"):
            self.assertNotIn(label, text)


@tagged("post_install", "-at_install")
class TestFormalNotice(PaperCase):
    def test_every_element_of_a_valid_notice_is_on_paper(self):
        paper = samples.notice()
        self.assertEqual(paper.missing(), [])
        self.assert_on_paper(
            paper,
            "MM/2026/0012",
            "Raccomandata A/R n. 15312345678-9",
            "C.F. 09876543210",
            "ORD/2025/0417",
            "intimiamo di pagare",
            paper.effect,
            paper.next_step,
            "Anna Verdi",
            paper.already_paid,
            "Firma",
            "Maria Rossi",
            "€ 3.136,62",
        )

    def test_interest_is_broken_down_with_rate_period_and_days(self):
        self.assert_on_paper(
            samples.notice(),
            "FT/2026/00001, scadenza 01/02/2026 41,48",
            "02/02/2026 30/06/2026 149 1.001,00 10,15% 41,48",
            "Totale interessi 123,72",
        )

    def test_totals_name_each_head_and_the_daily_accrual(self):
        self.assert_on_paper(
            samples.notice(),
            "Capitale residuo € 3.006,00",
            "da detrarre -€ 120,50",
            "Interessi di mora al 27/11/2026 € 123,72",
            "(3 × € 40,00) € 120,00",
            "Spese postali € 7,40",
            "Totale dovuto al 27/11/2026 € 3.136,62",
            "Per ogni giorno successivo al 27/11/2026: € 0,83",
        )

    def test_a_stretch_without_a_rate_is_marked_and_explained(self):
        labels = samples.ITALIAN_LABELS
        text = self.assert_on_paper(samples.notice(), "150 1.001,00 – * –", f"* {labels.provisional}")
        self.assertNotIn(labels.unconfirmed, text)

    def test_an_unconfirmed_rate_is_marked_and_explained(self):
        day = date(2026, 1, 1)
        stretch = Stretch(
            start=day, end=day, days=1, base=Decimal(100), rate=Decimal(10), amount=Decimal(1), unconfirmed=True
        )
        interest = (InterestLine(document="FT/1", due_date=day, stretches=(stretch,)),)
        labels = samples.ITALIAN_LABELS
        text = self.assert_on_paper(
            samples.notice(claim=samples.claim(interest=interest)), "10,00% † 1,00", f"† {labels.unconfirmed}"
        )
        self.assertNotIn(labels.provisional, text)

    def test_what_a_notice_lacks_is_named(self):
        bare = samples.notice(
            sender=replace(samples.SENDER, vat="", tax_code=""),
            addressee=Addressee(name="Mario Bianchi"),
            claim=samples.claim(0, credits=(), costs=()),
            demand=" ",
            effect="",
            signature=Signature(name=""),
        )
        expected = "creditor_identifier debtor_identifier debtor_address debt demand effect signature"
        self.assertEqual(bare.missing(), expected.split())

    def test_a_certified_address_stands_for_a_street(self):
        debtor = replace(samples.DEBTOR, lines=())
        self.assertEqual(samples.notice(addressee=debtor).missing(), [])
        self.assertEqual(samples.notice(addressee=replace(debtor, pec="")).missing(), ["debtor_address"])

    def test_the_signature_is_on_the_page_of_the_words_before_it(self):
        for count in range(1, 9):
            last = samples.pages(samples.notice(count))
            page = next(text for text in last if "Legale rappresentante" in text)
            self.assertIn("comunicarcene gli estremi", page, count)


@tagged("post_install", "-at_install")
class TestOtherKinds(PaperCase):
    def test_an_interest_sheet_has_particulars_breakdown_and_notes(self):
        paper = samples.sheet()
        self.assert_on_paper(
            paper, paper.title, "Pratica PR/2026/0007", "Totale interessi 123,72", "€ 3.136,62", *paper.notes
        )

    def test_an_evidence_list_numbers_documents_and_keeps_fingerprints_whole(self):
        paper = samples.index(60)
        pages = samples.pages(paper)
        self.assertGreater(len(pages), 2)
        lines = [line.strip() for page in pages for line in page.splitlines()]
        self.assertEqual([line for line in lines if len(line) == 64], [found.sha256 for found in paper.documents])
        self.assert_on_paper(paper, "60 documenti, 120 pagine", "60 Fattura FT/2026/00060.pdf")

    def test_a_document_without_date_or_pages_is_listed(self):
        known = samples.index(1).documents[0]
        paper = samples.index(documents=(replace(known, date=None, pages=None), known))
        self.assert_on_paper(paper, "2 documenti, 2 pagine", "Fattura elettronica – –")

    def test_numbers_of_facts_run_on_through_a_petition(self):
        parts = [Section(paragraphs=(f"primo {n}", f"secondo {n}"), numbered=True) for n in range(3)]
        between = Section(heading="IN DIRITTO", paragraphs=("testo libero",))
        text = self.assert_on_paper(samples.petition(sections=(parts[0], between, *parts[1:])), "IN DIRITTO")
        for number, fact in enumerate(("primo 0", "secondo 0", "primo 1", "secondo 1", "primo 2", "secondo 2"), 1):
            self.assertIn(f"{number}. {fact}", text)

    def test_the_last_heading_of_a_petition_is_on_the_page_of_its_words(self):
        for facts in range(18, 26):
            page = next(text for text in samples.pages(samples.petition(facts)) if "CHIEDE" in text)
            self.assertIn("che venga ingiunto", page, facts)

    def test_a_draft_says_so_on_every_page(self):
        pages = samples.pages(samples.petition(90))
        self.assertGreater(len(pages), 2)
        for page in pages:
            self.assertIn("BOZZA", page)
        self.assertNotIn("BOZZA", "".join(samples.pages(samples.petition(watermark=""))))

    def test_a_note_of_many_short_lines_is_drawn_in_a_row_that_a_page_can_hold(self):
        head = {name: getattr(samples.sheet(), name) for name in ("sender", "labels", "figures", "language")}
        note = Event(date=date(2026, 5, 4), what="Telefonata", detail="\n".join(f"riga {n}" for n in range(150)))
        self.assert_on_paper(Chronicle(**head, title="Cronologia", events=(note,)), "riga 0", "riga 149")

    def test_a_plain_letter_needs_no_table(self):
        text = self.assert_on_paper(samples.letter(), "Oggetto:", "Distinti saluti.")
        self.assertNotIn("Scadenza", text)

    def test_an_instalment_is_read_by_its_names(self):
        with self.assertRaises(TypeError):
            Instalment("FT/1", date(2026, 1, 1))
