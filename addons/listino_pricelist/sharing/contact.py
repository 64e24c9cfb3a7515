"""Who asks for a quote without a login."""

from dataclasses import dataclass

LONGEST = {"name": 100, "company": 100, "email": 200, "phone": 40}


@dataclass(frozen=True, slots=True)
class Contact:
    """What a prospect says of himself, in single lines of bearable length."""

    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""


def contact_of(form, normalize):
    """The contact in a form, and the names of the fields that are missing or wrong.

    :param dict form: texts by field name
    :param normalize: gives an e-mail address as it is compared, False where it is none
    :return: a :class:`Contact` and a set

    >>> contact_of({"name": " Ada\\x00 \\n Rossi ", "email": "ADA@X.IT", "phone": "06 1"}, str.lower)
    (Contact(name='Ada Rossi', company='', email='ada@x.it', phone='06 1'), set())
    >>> sorted(contact_of({"email": "nonsense"}, lambda text: False)[1])
    ['email', 'name']
    """
    texts = {name: _line(form.get(name))[:longest].strip() for name, longest in LONGEST.items()}
    texts["email"] = normalize(texts["email"]) or ""
    return Contact(**texts), {name for name in ("name", "email") if not texts[name]}


def _line(text):
    text = text if isinstance(text, str) else ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:1000]).split())
