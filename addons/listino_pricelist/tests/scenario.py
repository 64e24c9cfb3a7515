"""The main scenario: 13,666 real food products as a supplier would send them.

The real file has barcodes and names alone. Prices and categories come from the barcode and the name by rules that
always give the same, so that tests, benchmarks and people see one catalogue. Nothing here needs Odoo.
"""

import csv
import hashlib
import io
import os
import pathlib
from decimal import Decimal

HEADERS = ["Codice", "EAN", "Descrizione", "Categoria", "UM", "IVA %", "Prezzo €"]

# The first keyword found in the name decides; what matches none is shelved by the barcode.
SHELVES = (
    ("Dispensa / Pasta e riso / Pasta ripiena", ("tortellin", "ravioli", "cappelletti", "agnolotti", "cannelloni")),
    ("Dispensa / Pasta e riso / Gnocchi", ("gnocchi", "spätzle")),
    ("Dispensa / Pasta e riso / Riso", ("riso", "risotto", "rice", "carnaroli", "arborio")),
    ("Dispensa / Condimenti / Sughi e pesto", ("pesto", "sugo", "sauce", "salsa", "ragù", "bolognes")),
    ("Dispensa / Condimenti / Olio", ("olio", "huile", "olive oil", "olivenöl")),
    ("Dispensa / Condimenti / Aceto", ("aceto", "vinaigre", "balsamic", "vinegar")),
    ("Dispensa / Conserve / Pomodoro", ("pomodor", "tomat", "passata", "pelati", "polpa")),
    ("Dispensa / Conserve / Verdure e olive", ("olive", "carciof", "funghi", "peperon", "artichau", "capperi")),
    ("Dispensa / Conserve / Pesce in scatola", ("tonno", "acciug", "sardin", "thon", "tuna", "sgombro")),
    (
        "Dispensa / Pasta e riso / Pasta di semola",
        (
            "pasta",
            "spaghetti",
            "penne",
            "fusilli",
            "farfalle",
            "linguine",
            "tagliatelle",
            "rigat",
            "lasagn",
            "pâtes",
        ),
    ),
    (
        "Fresco / Latticini / Formaggi",
        (
            "formaggi",
            "mozzarella",
            "parmigiano",
            "pecorino",
            "gorgonzola",
            "grana",
            "provolone",
            "ricotta",
            "mascarpone",
            "fromage",
            "cheese",
            "burrata",
        ),
    ),
    ("Fresco / Latticini / Latte e yogurt", ("latte", "yogurt", "lait", "milk", "panna", "burro")),
    ("Fresco / Salumi / Affettati", ("prosciutto", "salame", "mortadella", "speck", "bresaola", "jambon", "pancetta")),
    ("Dolci / Ricorrenze / Panettone e pandoro", ("panettone", "pandoro", "colomba")),
    ("Dolci / Cioccolato / Tavolette e praline", ("cioccolat", "chocolat", "cacao", "kinder", "lindor", "fondente")),
    ("Dolci / Biscotti / Biscotti", ("biscott", "frollin", "savoiard", "amaretti", "wafer", "cookie", "cantucc")),
    ("Dolci / Spalmabili / Confetture e miele", ("confettura", "marmellata", "miele", "confiture", "miel", "honey")),
    (
        "Forno / Salati / Grissini e crackers",
        ("grissin", "cracker", "tarall", "gressin", "schiacciat", "snack", "chips"),
    ),
    ("Forno / Pane / Pane e pizza", ("pane", "pizza", "focaccia", "piadin", "bread", "fette")),
    ("Bevande / Alcolici / Vino e birra", ("vino", "wine", "prosecco", "birra", "chianti", "spumante", "vin ")),
    ("Bevande / Analcolici / Acqua e bibite", ("acqua", "succo", "aranciata", "limonata", "water", "drink", "thé")),
    ("Bevande / Caldi / Caffè e tè", ("caffè", "caffe", "café", "coffee", "espresso", "tisana", "tea")),
)
REST = ("Altro / Assortimento / Reparto A", "Altro / Assortimento / Reparto B", "Altro / Assortimento / Reparto C")
DEARER = {"Fresco": 3, "Bevande": 2}


def data_file():
    """Where the real products are, or None; BOTTEGA_DATA says where to look outside the usual place."""
    root = pathlib.Path(__file__).resolve().parents[3]
    folders = [os.environ.get("BOTTEGA_DATA"), root.parent / "shared" / "data"]
    for folder in filter(None, folders):
        path = pathlib.Path(folder) / "italian_food_products.csv"
        if path.is_file():
            return path
    return None


def products():
    """The real products: list of (barcode, name) as typed."""
    with data_file().open(encoding="utf-8", newline="") as file:
        return [(row["barcode"], row["name"]) for row in csv.DictReader(file)]


def price_of(barcode, category=""):
    """A price between 0.55 and some 60 euro, more of them low than high.

    >>> price_of("8000000000026"), price_of("8000000000026") == price_of("8000000000026")
    (Decimal('4.98'), True)
    """
    number = int(hashlib.sha256(barcode.encode()).hexdigest()[:8], 16) / 2**32
    factor = DEARER.get(category.split(" / ")[0], 1)
    return Decimal(repr(round(0.55 + 20 * number**3 * factor, 2))).quantize(Decimal("0.01"))


def category_of(barcode, name):
    """A shelf of three levels, by the first keyword in the name.

    >>> category_of("8000000000026", "Spaghetti n. 5"), category_of("8000000000026", "Tarallucci")
    ('Dispensa / Pasta e riso / Pasta di semola', 'Forno / Salati / Grissini e crackers')
    """
    folded = f"{name} ".casefold()
    for category, words in SHELVES:
        if any(word in folded for word in words):
            return category
    return REST[int(barcode[6:12] or 0) % len(REST)]


def supplier_rows(source=None):
    """The rows of the supplier's list, without the header.

    :param source: list of (barcode, name); the real products when left out
    :return: list of lists of texts, prices in Italian notation
    """
    rows = []
    for barcode, name in products() if source is None else source:
        category = category_of(barcode, name)
        price = f"{price_of(barcode, category):.2f}".replace(".", ",")
        vat = "22" if category.startswith(("Bevande / Alcolici", "Dolci")) else "10"
        rows.append([f"R{barcode[2:12]}", barcode, name, category, "PZ", vat, price])
    return rows


def as_csv(rows, encoding="utf-8-sig", delimiter=";"):
    """The file as Excel saves it in Italy."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def as_xlsx(rows):
    """The file as a workbook: a title above the header, barcodes as text, prices as numbers."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Listino")
        sheet.write_row(0, 0, ["Listino generale"])
        sheet.write_row(2, 0, HEADERS)
        for number, row in enumerate(rows, start=3):
            sheet.write_row(number, 0, row[:-1])
            sheet.write_number(number, 6, float(row[6].replace(".", "").replace(",", ".")))
    return buffer.getvalue()


def has_right_check_digit(barcode):
    """GS1's rule, written once more so that the importer is not checked against itself.

    >>> has_right_check_digit("8000000000026"), has_right_check_digit("8001860353028")
    (True, False)
    """
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(barcode)))
    return barcode.isdigit() and len(barcode) in (8, 12, 13, 14) and total % 10 == 0


def expected(source=None):
    """What an import of `supplier_rows` into an empty catalogue must come to: dict of counts."""
    seen, counts = set(), {"create": 0, "refuse": 0, "duplicate": 0}
    for barcode, name in products() if source is None else source:
        if not has_right_check_digit(barcode) or not name.strip():
            counts["refuse"] += 1
        elif barcode in seen:
            counts["duplicate"] += 1
        else:
            seen.add(barcode)
            counts["create"] += 1
    return counts
