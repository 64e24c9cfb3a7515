"""Receipts of certified mail: three providers' ways to say the same, and every way in which one can't be relied on."""

import email
import email.policy
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..pec.certificate import Recipient
from ..pec.receipts import KINDS, PROBLEMS, WRITTEN_KINDS, Problem, Receipt, read_receipt
from . import pec_samples
from .pec_samples import ARUBA, RECIPIENT, SENT, STYLES, acceptance, delivery, failure
from .pure_common import PureCase

ROME = timezone(timedelta(hours=1))
STYLE = st.sampled_from(list(STYLES.values()))


class PecCase(PureCase):
    def _read(self, sample):
        """Read a sample as bytes and as Odoo's mail gateway has it: both give the same."""
        content = sample.message()
        found = read_receipt(content)
        self.assertEqual(read_receipt(email.message_from_bytes(content, policy=email.policy.SMTP)), found)
        return found

    def assert_problem(self, code, sample, detail=None):
        found = self._read(sample)
        self.assertIsInstance(found, Problem)
        self.assertEqual(found.code, code, found)
        self.assertIn(code, PROBLEMS)
        if detail is not None:
            self.assertEqual(found.detail, detail)
        return found


@tagged("post_install", "-at_install")
class TestPecReceipts(PecCase):
    def test_a_delivery_says_to_whom_and_when_whoever_the_provider_is(self):
        for name, style in STYLES.items():
            with self.subTest(name):
                found = self._read(delivery(style))
                self.assertEqual(
                    found,
                    Receipt(
                        kind="delivery",
                        reference=SENT,
                        identifier=style.identifier,
                        when=datetime(2026, 3, 5, 10, 15, 7, tzinfo=ROME),
                        provider=style.provider,
                        sender=pec_samples.SENDER,
                        subject="Messa in mora n. 12/2026 - Bianchi è in ritardo",
                        recipients=(Recipient(RECIPIENT, True),),
                        recipient=RECIPIENT,
                        error=None,
                        error_text="",
                        receipt_type="completa",
                    ),
                )
                self.assertEqual(found.outcome, "delivered")

    def test_an_acceptance_proves_the_sending_and_not_the_arrival(self):
        for style in STYLES.values():
            found = self._read(acceptance(style))
            self.assertEqual((found.kind, found.outcome, found.recipient), ("acceptance", "pending", None))
            self.assertIsNone(found.receipt_type)

    def test_an_acceptance_tells_which_addresses_will_never_give_a_delivery_receipt(self):
        found = self._read(acceptance(recipients=((RECIPIENT, "certificato"), ("anna@example.org", "esterno"))))
        self.assertEqual([each.is_certified for each in found.recipients], [True, False])

    def test_a_failure_carries_the_error_and_the_providers_words(self):
        for style in STYLES.values():
            found = self._read(failure(style))
            self.assertEqual((found.kind, found.outcome, found.error), ("delivery_failed", "failed", "no_recipient"))
            self.assertEqual(found.error_text, f"5.1.1 - {style.provider} - indirizzo non valido")
            self.assertEqual(found.recipient, RECIPIENT)

    def test_every_error_has_its_code_and_an_unheard_one_is_other(self):
        written = {
            "no-dest": "no_recipient",
            "no-dominio": "no_domain",
            "virus": "virus",
            "altro": "other",
            "boh": "other",
        }
        self.assertEqual({error: self._read(failure(error=error)).error for error in written}, written)

    def test_every_kind_of_the_rules_is_known(self):
        for written, kind in WRITTEN_KINDS.items():
            found = self._read(delivery(kind=written))
            self.assertEqual(found.kind, kind)
        self.assertEqual(set(WRITTEN_KINDS.values()), set(KINDS))

    def test_a_delay_of_twelve_hours_is_open_and_one_of_twenty_four_is_the_end(self):
        delayed = failure(kind="preavviso-errore-consegna", error="altro")
        self.assertEqual(self._read(delayed.but(error_text="4.4.1 - il gestore non risponde")).outcome, "pending")
        last = self._read(delayed.but(error_text="5.4.1 - il messaggio non è stato consegnato"))
        self.assertEqual((last.kind, last.outcome), ("delivery_delayed", "failed"))

    def test_a_refused_message_and_a_virus_are_failures_of_the_whole_message(self):
        for kind in ("non-accettazione", "rilevazione-virus"):
            found = self._read(failure(kind=kind, error="virus"))
            self.assertEqual((found.outcome, found.error, found.recipient), ("failed", "virus", None))

    def test_the_three_types_of_delivery_receipt_are_told_apart(self):
        for written in ("completa", "breve", "sintetica"):
            self.assertEqual(self._read(delivery(receipt_type=written)).receipt_type, written)

    def test_one_of_the_two_references_is_enough(self):
        self.assertEqual(self._read(delivery(header_reference=None)).reference, SENT)
        self.assertEqual(self._read(delivery(reference=None, header_reference=SENT)).reference, SENT)

    def test_summer_time_is_read_from_the_zone(self):
        found = self._read(delivery(day="05/07/2026", zone="+0200"))
        self.assertEqual(found.when.isoformat(), "2026-07-05T10:15:07+02:00")

    def test_the_sent_message_in_the_receipt_is_not_taken_for_the_certificate(self):
        self.assertIn(b"tipo='errore-consegna'", delivery().message(), "the trap is there")
        self.assertEqual(self._read(delivery()).kind, "delivery")

    def test_ordinary_and_forwarded_mail_is_no_receipt(self):
        self.assertIsNone(read_receipt(b"From: anna@example.com\r\nSubject: CONSEGNA: merce\r\n\r\nBuongiorno"))
        self.assertIsNone(read_receipt(b""))
        for transport in ("posta-certificata", "errore"):
            forwarded = delivery(header_kind=None, headers=(f"X-Trasporto: {transport}",))
            self.assertIsNone(self._read(forwarded))


@tagged("post_install", "-at_install")
class TestPecProblems(PecCase):
    def test_a_receipt_from_an_ordinary_address_is_not_believed(self):
        found = self.assert_problem("not_from_provider", delivery(from_address="posta-certificata.it@example.com"))
        self.assertEqual(found.reference, SENT, "so that the case it is about can be marked")
        self.assert_problem("not_from_provider", delivery(from_address='"posta-certificata@pec.it" <eva@example.com>'))

    def test_an_ordinary_mail_dressed_up_as_a_receipt_is_an_anomaly(self):
        self.assert_problem("anomaly", delivery(headers=("X-Trasporto: errore",)), "errore")

    def test_a_receipt_without_a_signature_is_not_believed(self):
        self.assert_problem("unsigned", delivery(is_signed=False))

    def test_a_certificate_outside_the_signature_is_not_looked_at(self):
        outside = b'Content-Type: application/xml; name="daticert.xml"\r\n\r\n' + delivery().certificate()
        self.assert_problem("unsigned", delivery(copies=0, outside=(outside,)))

    def test_a_mail_of_a_provider_that_says_nothing_else_is_shown_to_a_person(self):
        self.assert_problem("no_receipt_header", delivery(header_kind=None))

    def test_an_unheard_kind_is_no_delivery(self):
        self.assert_problem("unknown_kind", delivery(header_kind="avvenuta-lettura"), "avvenuta-lettura")
        self.assert_problem("contradiction", delivery(kind="avvenuta-lettura", header_kind="avvenuta-consegna"))

    def test_header_and_certificate_have_to_say_the_same(self):
        other = "<altro@example.com>"
        for wrong in (
            delivery(header_kind="accettazione"),
            failure(header_kind="avvenuta-consegna"),
            delivery(header_reference=other),
            delivery(header_type="breve"),
            delivery(error="no-dest"),
            delivery(delivered_to="eva@example.org"),
            delivery(headers=("X-Ricevuta: accettazione",)),
            delivery(headers=(f"X-Riferimento-Message-ID: {other}",)),
        ):
            self.assert_problem("contradiction", wrong)

    def test_parts_that_are_missing_are_named(self):
        for code, wrong in {
            "no_certificate": delivery(copies=0),
            "several_certificates": delivery(copies=2),
            "no_reference": delivery(reference=None),
            "no_identifier": delivery(identifier=None),
            "no_recipient": delivery(delivered_to=None),
            "no_receipt_type": delivery(receipt_type=None),
        }.items():
            self.assert_problem(code, wrong)
        self.assert_problem("no_recipient", acceptance(recipients=()))
        two = ((RECIPIENT, "certificato"), ("eva@example.org", "certificato"))
        self.assert_problem("no_recipient", failure(recipients=two, delivered_to=None))
        self.assertEqual(self._read(failure(delivered_to=None)).recipient, RECIPIENT, "there is only one")

    def test_a_moment_that_can_not_be_is_refused(self):
        for wrong in (
            {"day": "31/02/2026"},
            {"day": "2026-03-05"},
            {"time": "25:00:00"},
            {"zone": ""},
            {"zone": "CET"},
            {"zone": "+9900"},
            {"day": "05/03/1926"},
        ):
            self.assert_problem("invalid_date", delivery(**wrong))

    def test_a_certificate_that_is_no_certificate_is_refused(self):
        for wrong in (
            b"",
            b"not xml",
            b"<postacert tipo=",
            delivery().certificate()[:-20],
            b"<ricevuta/>",
            b"\xff\xfe\x00",
        ):
            self.assert_problem("malformed_certificate", delivery(xml=wrong))
        self.assert_problem("certificate_too_large", delivery(xml=b"<postacert>" + b" " * 1_000_001))

    def test_entities_are_neither_read_nor_followed(self):
        certificate = delivery(ARUBA).certificate().split(b"?>", 1)[1]
        for declared in (
            b'<!ENTITY file SYSTEM "file:///etc/hostname">',
            b'<!ENTITY net SYSTEM "http://127.0.0.1:9/x">',
            b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
            b'<!ENTITY % all SYSTEM "file:///etc/hostname"> %all;',
        ):
            xml = b"<!DOCTYPE postacert [" + declared + b"]>" + certificate
            self.assert_problem("malformed_certificate", delivery(xml=xml))

    @given(STYLE, st.sampled_from([acceptance, delivery, failure]), st.data())
    def test_a_mail_cut_off_anywhere_is_no_receipt_and_never_a_traceback(self, style, kind, data):
        content = kind(style).message()
        cut = read_receipt(content[: data.draw(st.integers(0, content.index(b"MIIB9w==")))])
        self.assertNotIsInstance(cut, Receipt)

    def test_a_delivery_cut_off_before_its_signature_begins_is_unsigned(self):
        for style in STYLES.values():
            content = delivery(style).message()
            for end in range(content.index(b"pkcs7-signature; name"), content.index(b"MIIB9w==") + 1):
                self.assertEqual(read_receipt(content[:end]).code, "unsigned", content[end - 30 : end])

    @given(STYLE, st.sampled_from([acceptance, delivery, failure]), st.data())
    def test_bytes_changed_anywhere_are_never_a_traceback(self, style, kind, data):
        content = bytearray(kind(style).message())
        for _change in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        for message in (bytes(content), email.message_from_bytes(bytes(content), policy=email.policy.SMTP)):
            self.assertIsInstance(read_receipt(message), Receipt | Problem | None)

    @given(st.binary(max_size=400))
    def test_any_bytes_below_a_receipts_header_are_never_a_traceback(self, rest):
        content = b"X-Ricevuta: avvenuta-consegna\r\nFrom: posta-certificata@example.com\r\n" + rest
        for message in (content, email.message_from_bytes(content, policy=email.policy.SMTP)):
            self.assertIsInstance(read_receipt(message), Problem)

    def test_what_is_no_mail_at_all_is_unreadable(self):
        self.assertEqual(read_receipt(None).code, "unreadable")
