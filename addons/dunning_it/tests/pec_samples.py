"""Receipts of certified mail in the manner of three providers, with made-up companies, addresses and numbers.

The three write the same facts differently: how the attachment is encoded and named, whether headers are folded, whether
there is HTML beside the text, what their identifiers and words for an error look like, with or without a DOCTYPE.
"""

import base64
import quopri
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

SENT = "<20260305.101455.88213@gestionale.example.com>"
SENDER, RECIPIENT = "amministrazione@pec.rossi.example.com", "officina.bianchi@pec.bianchi.example.org"
SUBJECT = "Messa in mora n. 12/2026"
SUBJECTS = {
    "accettazione": "ACCETTAZIONE: ",
    "non-accettazione": "AVVISO DI NON ACCETTAZIONE: ",
    "presa-in-carico": "PRESA IN CARICO: ",
    "avvenuta-consegna": "CONSEGNA: ",
    "errore-consegna": "AVVISO DI MANCATA CONSEGNA: ",
    "preavviso-errore-consegna": "AVVISO DI MANCATA CONSEGNA PER SUP. TEMPO MASSIMO: ",
    "rilevazione-virus": "PROBLEMA DI SICUREZZA: ",
}
TEXTS = {
    "accettazione": "Ricevuta di accettazione\n\nIl messaggio è stato accettato dal sistema.",
    "avvenuta-consegna": "Ricevuta di avvenuta consegna\n\nIl messaggio è stato consegnato nella casella.",
}


@dataclass(frozen=True)
class Style:
    """How one provider writes its receipts.

    :param str encoding: of the attachment: base64, quoted-printable or 8bit
    :param str charset: of its XML
    """

    provider: str
    domain: str
    identifier: str
    encoding: str = "base64"
    charset: str = "UTF-8"
    file_name: str = "daticert.xml"
    disposition: str = "attachment"
    signature: str = "application/pkcs7-signature"
    is_folded: bool = False
    has_html: bool = False
    doctype: str = ""
    line_end: str = "\n"


ARUBA = Style(
    provider="ARUBA PEC S.p.A. (prova)",
    domain="pec.gestore-a.example.com",
    identifier="opec21003.20260305101502.204417.318.1.57@pec.gestore-a.example.com",
)
LEGALMAIL = Style(
    provider="InfoCert S.p.A. (prova)",
    domain="legalmail.example.net",
    identifier="4D2A90C1.01F3B772.6E5D1A08.9B40C3EE.posta-certificata@legalmail.example.net",
    encoding="quoted-printable",
    disposition="inline",
    signature="application/x-pkcs7-signature",
    is_folded=True,
    has_html=True,
    line_end="\r\n",
)
POSTE = Style(
    provider="Poste Italiane S.p.A. (prova)",
    domain="postecert.example.org",
    identifier="7A51C20B-88D3-4E0F-B1A6-0C9D7E4F2233@postecert.example.org",
    encoding="8bit",
    charset="ISO-8859-1",
    file_name="Daticert.xml",
    doctype='<!DOCTYPE postacert SYSTEM "daticert.dtd">',
)
STYLES = {"aruba": ARUBA, "legalmail": LEGALMAIL, "poste": POSTE}


@dataclass(frozen=True)
class Sample:
    """A receipt to be written; every part can be changed, taken out (None) or made to contradict another."""

    style: Style = ARUBA
    kind: str = "avvenuta-consegna"
    header_kind: str | None = ""  # "": the same
    reference: str | None = SENT
    header_reference: str | None = ""
    day: str = "05/03/2026"
    time: str = "10:15:07"
    zone: str = "+0100"
    error: str = "nessuno"
    error_text: str | None = None
    recipients: tuple = ((RECIPIENT, "certificato"),)
    delivered_to: str | None = RECIPIENT
    receipt_type: str | None = "completa"
    header_type: str | None = ""
    identifier: str | None = ""
    from_address: str | None = None
    headers: tuple = ()
    xml: bytes | None = None  # instead of the written one
    copies: int = 1  # of the certificate
    is_signed: bool = True
    outside: tuple = field(default=())  # parts hung on outside the signature

    def but(self, **changes):
        """The same receipt with something else in it."""
        return replace(self, **changes)

    def certificate(self):
        """Its ``daticert.xml``."""
        if self.xml is not None:
            return self.xml
        lines = [
            f'<?xml version="1.0" encoding="{self.style.charset}"?>',
            self.style.doctype,
            f'<postacert tipo="{self.kind}" errore="{self.error}">',
            "  <intestazione>",
            f"    <mittente>{SENDER}</mittente>",
            *(f'    <destinatari tipo="{kind}">{address}</destinatari>' for address, kind in self.recipients),
            f"    <risposte>{SENDER}</risposte>",
            f"    <oggetto>{SUBJECT} - Bianchi è in ritardo</oggetto>",
            "  </intestazione>",
            "  <dati>",
            f"    <gestore-emittente>{self.style.provider}</gestore-emittente>",
            f'    <data zona="{self.zone}">',
            f"      <giorno>{self.day}</giorno>",
            f"      <ora>{self.time}</ora>",
            "    </data>",
            self._element("identificativo", self.style.identifier if self.identifier == "" else self.identifier),
            self._element("msgid", self.reference),
            f'    <ricevuta tipo="{self.receipt_type}"/>' if self.receipt_type and self._is_about_one else "",
            self._element("consegna", self.delivered_to if self._is_about_one else None),
            self._element("errore-esteso", self.error_text),
            "  </dati>",
            "</postacert>",
        ]
        return self.style.line_end.join(line for line in lines if line).encode(self.style.charset)

    @property
    def _is_about_one(self):
        return self.kind.endswith("-consegna")

    def _element(self, name, text):
        return "" if text is None else f"    <{name}>{escape(text)}</{name}>"

    def message(self):
        """The whole mail, as bytes."""
        body = self._multipart(
            "mixed", "corpo-7731", [*self._texts(), *[self._attachment()] * self.copies, self._sent()]
        )
        if self.is_signed:
            signature = b"Content-Type: %s; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB9w==" % (
                self.style.signature.encode()
            )
            protocol = f'signed; protocol="{self.style.signature}"; micalg=sha-256'
            body = self._multipart(protocol, "firma-0042", [body, signature, *self.outside])
        headers = [
            "Received: from smtp.example.com (unknown [192.0.2.7]) by imap.example.com; Thu, 5 Mar 2026 10:15:09 +0100",
            "MIME-Version: 1.0",
            f"From: {self.from_address or 'posta-certificata@' + self.style.domain}",
            f"To: {SENDER}",
            f"Subject: {SUBJECTS.get(self.kind, '')}{SUBJECT}",
            f"Message-ID: <ricevuta.{self.kind}@{self.style.domain}>",
            "Date: Thu, 05 Mar 2026 10:15:07 +0100",
            *self._receipt_headers(),
            *self.headers,
        ]
        return "\r\n".join(headers).encode() + b"\r\n" + body

    def _receipt_headers(self):
        about = self.reference if self.header_reference == "" else self.header_reference
        receipt_type = self.receipt_type if self.header_type == "" else self.header_type
        fold = "\r\n\t" if self.style.is_folded else ""
        written = (
            ("X-Ricevuta", self.kind if self.header_kind == "" else self.header_kind),
            ("X-Riferimento-Message-ID", None if about is None else fold + about),
            ("X-TipoRicevuta", receipt_type if self.kind == "avvenuta-consegna" else None),
        )
        return [f"{name}: {value}" for name, value in written if value is not None]

    def _texts(self):
        text = TEXTS.get(self.kind, "Avviso del gestore.")
        plain = b"Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text.encode()
        if not self.style.has_html:
            return [plain]
        html = b"Content-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>" + text.encode()
        return [self._multipart("alternative", "testi-5150", [plain, html])]

    def _attachment(self):
        content = self.certificate()
        if self.style.encoding == "base64":
            content = base64.encodebytes(content)
        elif self.style.encoding == "quoted-printable":
            content = quopri.encodestring(content)
        name = self.style.file_name
        head = (
            f'Content-Type: application/xml; charset={self.style.charset}; name="{name}"\r\n'
            f"Content-Transfer-Encoding: {self.style.encoding}\r\n"
            f'Content-Disposition: {self.style.disposition}; filename="{name}"\r\n\r\n'
        )
        return head.encode() + content

    def _sent(self):
        """The message that was sent, as a complete receipt holds it: here with a misleading attachment of its own."""
        trap = b"Content-Type: application/xml; name=daticert.xml\r\n\r\n<postacert tipo='errore-consegna'/>"
        sent = f"From: {SENDER}\r\nTo: {RECIPIENT}\r\nSubject: {SUBJECT}\r\n".encode()
        head = b'Content-Type: message/rfc822; name="postacert.eml"\r\n\r\n'
        return head + sent + self._multipart("mixed", "originale-1984", [trap])

    def _multipart(self, subtype, boundary, parts):
        mark = f"--{boundary}".encode()
        head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
        return head + b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"


def delivery(style=ARUBA, **changes):
    """A delivery receipt: ricevuta di avvenuta consegna."""
    return Sample(style=style, **changes)


def acceptance(style=ARUBA, **changes):
    """An acceptance receipt: ricevuta di accettazione."""
    return Sample(style=style, kind="accettazione", time="10:15:02", **changes)


def failure(style=ARUBA, **changes):
    """A notice of failed delivery: avviso di mancata consegna."""
    words = f"5.1.1 - {style.provider} - indirizzo non valido"
    given = {"kind": "errore-consegna", "error": "no-dest", "error_text": words, "receipt_type": None, **changes}
    return Sample(style=style, **given)
