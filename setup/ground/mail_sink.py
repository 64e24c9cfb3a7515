"""A mail server that keeps what it gets, and can tell who delivers it: each sender has a port of its own."""

import email
import email.policy
import re
import socketserver
import threading
from dataclasses import dataclass
from email.utils import getaddresses

# Odoo's Message-IDs name the record that a mail is about: ...-openerp-<id>-<model>@host
SUBJECT = re.compile(r"-openerp-(\d+)-([\w.]+)@")


@dataclass(frozen=True)
class Mail:
    """A mail as it came.

    :param str sender: the name of the port's owner
    :param str message_id: with its angle brackets
    :param tuple receivers: addresses of the envelope
    """

    sender: str
    message_id: str
    receivers: tuple

    @property
    def subject_model(self):
        """The model of the record that it is about, as its Message-ID tells.

        >>> Mail("a", "<42.7-openerp-12-dunning.case@host>", ()).subject_model
        'dunning.case'
        >>> Mail("a", "<42.7@host>", ()).subject_model is None
        True
        """
        found = SUBJECT.search(self.message_id)
        return found and found[2]


class MailSink:
    """Takes mails on ports of 127.0.0.1 while its block runs.

    :param before_answer: called with each mail once it is kept, and before its sender hears that; it may take its time,
        or kill the sender, who then never hears it
    """

    def __init__(self, before_answer=lambda mail: None):
        self.before_answer = before_answer
        self.mails = []
        self.servers = []

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def listen(self, sender):
        """Open a port for a sender.

        :return: its number
        """
        server = _Server(("127.0.0.1", 0), _Session)
        server.take = lambda receivers, content: self._take(sender, receivers, content)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.servers.append(server)
        return server.server_address[1]

    def _take(self, sender, receivers, content):
        head = email.message_from_bytes(content, policy=email.policy.compat32)
        mail = Mail(sender, (head["Message-Id"] or "").strip(), receivers)
        self.mails.append(mail)
        self.before_answer(mail)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as smtplib speaks."""

    def handle(self):
        self.receivers = []
        try:
            self._say("220 ready")
            while line := self.rfile.readline():
                if not self._obey(line.decode(errors="replace").strip()):
                    return
        except ConnectionError:
            return  # the sender was killed

    def _obey(self, line):
        """
        :return: whether the session goes on
        """
        verb = line[:4].upper()
        if verb == "DATA":
            self._say("354 go ahead")
            self.server.take(tuple(self.receivers), self._read_content())
            self.receivers = []
        elif verb == "RCPT":
            self.receivers += [address for _name, address in getaddresses([line.split(":", 1)[1].split("> ")[0]])]
        elif verb in ("RSET", "MAIL"):
            self.receivers = []
        self._say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def _read_content(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            raise ConnectionResetError
        return b"".join(lines)

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
