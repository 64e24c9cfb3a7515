"""Letters that went by mail, written down as mails; and what a provider of certified mail put into its receipts."""

import email
import hashlib
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

CERTIFICATE = "daticert.xml"


def write_mail(headers, html, moment, files=()):
    """A mail as it went out or came in, the same bytes for the same words.

    :param dict headers: From, To, Subject, Message-ID; empty ones are left out
    :param str html: the body
    :param datetime moment: when, with its time zone
    :param files: (name, bytes, MIME type) of what was attached
    """
    message = EmailMessage(policy=policy.SMTP)
    for name, value in headers.items():
        if value:
            message[name] = " ".join(str(value).split())
    message["Date"] = format_datetime(moment)
    message.set_content(html, subtype="html")
    for name, content, mimetype in files:
        main, _slash, sub = (mimetype or "").partition("/")
        known = (
            (main, sub) if main and sub and main not in ("message", "multipart") else ("application", "octet-stream")
        )
        message.add_attachment(content, maintype=known[0], subtype=known[1], filename=name)
    if message.is_multipart():
        mark = hashlib.sha256(repr((sorted(headers.items()), html, len(files))).encode()).hexdigest()
        message.set_boundary(f"=={mark[:40]}==")
    return message.as_bytes()


def find_certificates(raw):
    """The files ``daticert.xml`` of a receipt, as bytes; none where it can't be read.

    >>> find_certificates(b"Subject: no receipt")
    []
    """
    parts = email.message_from_bytes(raw, policy=policy.compat32).walk()
    found = [part for part in parts if (part.get_filename() or "").lower() == CERTIFICATE]
    return [content for content in (part.get_payload(decode=True) for part in found) if content]
