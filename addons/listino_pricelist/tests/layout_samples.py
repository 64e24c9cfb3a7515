"""Builders of documents for the tests of the layout, which need no database."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

import odoo.addons.web

from ..layout.figures import NumberFormat
from ..layout.listing import Column, Company, Customer, Heading, Labels, Line, Listing
from ..layout.paper.fonts import FontFiles
from ..layout.pdf import write_pdf

ITALIAN = NumberFormat(decimal=",", thousands=".")
LABELS = Labels(
    page="Pagina %(page)s di %(pages)s",
    contents="Indice",
    category="Categoria",
    note="Note",
    customer="Spett.le",
    date="Data",
    validity="Validità",
    empty="Nessun prodotto.",
)
COLUMNS = (
    Column("code", "Codice"),
    Column("name", "Prodotto", width=0),
    Column("one", "senza IVA", "price", group="da 1 pz"),
    Column("ten", "senza IVA", "price", group="da 10 pz"),
    Column("vat", "IVA", "percent"),
)
FONTS = FontFiles.find(Path(odoo.addons.web.__file__).parent / "static" / "fonts")


def listing(**values):
    """An Italian price list of a company for a customer."""
    defaults = {
        "title": "Listino prezzi",
        "columns": COLUMNS,
        "subtitle": "Rivenditori",
        "company": Company("Dispensa S.r.l.", ("Via Emilia 1, Modena", "P.IVA IT01234567890")),
        "customer": Customer("Gastronomia Bertolini", ("10121 Torino",)),
        "date": "12 marzo 2025",
        "validity": "fino al 30/06/2025",
        "note": "Prezzi franco magazzino.",
        "terms": "I prezzi possono variare.",
        "labels": LABELS,
        "numbers": ITALIAN,
        "lang": "it_IT",
    }
    return Listing(**{**defaults, **values})


def line(number, name=None, note=""):
    """A product with a code that occurs nowhere else."""
    return Line((code(number), name or f"Prodotto {number}", 1234.5 + number, 0.9 * number, 22.0), note)


def code(number):
    return f"#{number:05d}#"


def catalogue(categories, lines_each, subcategories=3):
    """Macro categories with subcategories, each with as many lines; titles "Macro 1" and "Sotto 1.2"."""
    number = 0
    for macro in range(1, categories + 1):
        yield Heading(0, f"Macro {macro}", note="Consegna in 48 ore." if macro == 1 else "")
        for sub in range(1, subcategories + 1):
            yield Heading(1, f"Sotto {macro}.{sub}")
            for _line in range(lines_each):
                number += 1
                yield line(number, note="Trafilata al bronzo" if number % 9 == 0 else "")


def print_pdf(document, blocks):
    """The PDF read back, and what was printed."""
    stream = BytesIO()
    printed = write_pdf(document, blocks, stream, FONTS)
    return PdfReader(stream), printed


def picture(mode="RGB", kind="PNG", size=(60, 40)):
    """The bytes of a picture file."""
    output = BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "P") else (200, 30, 30, 120)[: len(mode)]).save(output, kind)
    return output.getvalue()
