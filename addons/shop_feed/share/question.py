"""The form by which a visitor asks for a product."""

from typing import NamedTuple

from odoo.tools.mail import email_normalize

from odoo.addons.listino_pricelist.layout.words import clean, one_line

TRAP = "website"  # a field that no person sees
LONGEST = {"name": 120, "email": 254, "phone": 40, "text": 2000}
NO_NAME, NO_ADDRESS, BAD_EMAIL = "no_name", "no_address", "bad_email"


class Question(NamedTuple):
    """What a visitor wrote, on one line but for the text."""

    name: str = ""
    email: str = ""
    phone: str = ""
    text: str = ""
    is_robot: bool = False

    @property
    def faults(self):
        """What is missing for an answer to reach whoever asks: codes.

        >>> Question("Rosa", phone="070 123").faults, Question(email="rosa").faults
        ([], ['no_name', 'bad_email'])
        """
        found = [] if self.name else [NO_NAME]
        if not self.email and not self.phone:
            found.append(NO_ADDRESS)
        if self.email and not email_normalize(self.email):
            found.append(BAD_EMAIL)
        return found


def read(form):
    """The question out of a form, whatever it holds.

    >>> read({"name": "Rosa\\r\\nBcc: x@y.it", "email": " rosa@example.com ", "text": "Quanto costa?"})
    Question(name='Rosa Bcc: x@y.it', email='rosa@example.com', phone='', text='Quanto costa?', is_robot=False)
    """
    texts = {name: str(form.get(name) or "")[: 4 * most] for name, most in LONGEST.items()}
    lines = {name: one_line(clean(texts[name]))[: LONGEST[name]] for name in ("name", "email", "phone")}
    return Question(**lines, text=clean(texts["text"]).strip()[: LONGEST["text"]], is_robot=bool(form.get(TRAP)))
