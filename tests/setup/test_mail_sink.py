"""The mail server of the two nodes: it loses nothing, and knows who delivered what."""

import smtplib
import threading
from email.message import EmailMessage

import pytest

from ground.mail_sink import Mail, MailSink


@pytest.fixture
def sink():
    with MailSink() as sink:
        yield sink


def deliver(port, uid, *receivers, text="Hello"):
    message = EmailMessage()
    message["Message-Id"] = uid
    message["To"] = ", ".join(receivers)
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", port) as session:
        session.send_message(message, "office@example.com", receivers)


def test_a_mail_is_kept_with_its_sender_and_receivers(sink):
    port = sink.listen("one")
    deliver(port, "<1@host>", "a@example.com", "b@example.com")
    assert sink.mails == [Mail("one", "<1@host>", ("a@example.com", "b@example.com"))]


def test_two_senders_are_told_apart(sink):
    ports = {name: sink.listen(name) for name in ("one", "two")}
    deliver(ports["two"], "<1@host>", "a@example.com")
    deliver(ports["one"], "<2@host>", "a@example.com")
    assert [(mail.sender, mail.message_id) for mail in sink.mails] == [("two", "<1@host>"), ("one", "<2@host>")]


def test_a_line_of_one_dot_ends_no_mail(sink):
    port = sink.listen("one")
    deliver(port, "<1@host>", "a@example.com", text="first\n.\nMessage-Id: <2@host>\n")
    deliver(port, "<3@host>", "a@example.com")
    assert [mail.message_id for mail in sink.mails] == ["<1@host>", "<3@host>"]


def test_a_mail_is_kept_before_its_sender_hears_of_it():
    heard, kept = threading.Event(), []
    with MailSink(lambda mail: kept.append(heard.is_set())) as sink:
        deliver(sink.listen("one"), "<1@host>", "a@example.com")
        heard.set()
    assert kept == [False]
    assert len(sink.mails) == 1


def test_a_sender_that_dies_amid_a_mail_leaves_none(sink):
    port = sink.listen("one")
    session = smtplib.SMTP("127.0.0.1", port)
    for line in ("HELO one", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"):
        session.docmd(line)
    session.send(b"Message-Id: <1@host>\r\n\r\nHel")
    session.close()
    deliver(port, "<2@host>", "b@example.com")
    assert [mail.message_id for mail in sink.mails] == ["<2@host>"]
