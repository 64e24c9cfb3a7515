"""Which column of a file is what, told by its heading in Italian or English."""

import hashlib
import re

from .text import fold

# In order of trust: the first field that claims a heading keeps it. Several columns may be names or categories; of the
# others each field has one.
FIELDS = (
    "supplier_code",
    "reference",
    "barcode",
    "name",
    "description",
    "category",
    "price",
    "discount",
    "unit",
    "vat",
    "min_quantity",
    "date_start",
    "date_end",
)
REPEATABLE = ("name", "category")

_SYNONYMS = {
    "supplier_code": """cod fornitore|codice fornitore|cod art fornitore|codice articolo fornitore|rif fornitore
        |articolo fornitore|supplier code|vendor code|supplier reference|vendor product code|supplier sku""",
    "reference": """codice|cod|cod art|codice art|codice articolo|cod articolo|articolo codice|codice prodotto
        |cod prodotto|codice interno|riferimento|riferimento interno|rif|sku|code|item code|item no|product code
        |internal reference|reference|ref|part number|art|art n|id articolo|id prodotto|default code""",
    "barcode": """ean|ean13|ean 13|ean8|ean code|codice ean|cod ean|barcode|bar code|codice a barre|codice barre
        |cod a barre|cod barre|barre|gtin|upc|upc ean|ean upc""",
    "name": """descrizione|descrizione articolo|descrizione prodotto|descr|desc|des|nome|nome prodotto|nome articolo
        |denominazione|prodotto|articolo|titolo|name|product name|product|item|item name|title|description
        |descrizione 1|descrizione 2|desc articolo|descrizione breve|short description""",
    "description": """note|descrizione estesa|descrizione lunga|descrizione aggiuntiva|dettagli|long description
        |sales description|descrizione vendita|ingredienti|ingredients|notes""",
    "category": """categoria|categoria merceologica|cat|cat merceologica|categorie|sottocategoria|sotto categoria
        |famiglia|sottofamiglia|sotto famiglia|gruppo|gruppo merceologico|sottogruppo|reparto|linea|settore|category
        |product category|subcategory|sub category|family|group|department|macrocategoria|macro categoria""",
    "price": """prezzo|prezzo netto|prezzo listino|prezzo di listino|listino|prezzo unitario|prezzo vendita
        |prezzo di vendita|prezzo al pubblico|prezzo acquisto|prezzo di acquisto|prezzo eur|prezzo €|prezzo euro|€|euro
        |pr listino|pr netto|pr unit|prz|importo|netto|costo|costo unitario|costo acquisto|ultimo costo|price
        |unit price|net price|list price|sales price|sale price|purchase price|cost|cost price|price eur|retail price
        |prezzo iva esclusa|prezzo senza iva|prezzo ivaesclusa|imponibile|amount|prezzo base|listino base""",
    "discount": "sconto|sconti|sconto %|% sconto|sc|sc %|discount|discount %|disc|disc %|sconto fornitore",
    "unit": """um|u m|unita|unita di misura|unita misura|un misura|misura|udm|u d m|unit|uom|unit of measure|units""",
    "vat": "iva|iva %|% iva|aliquota|aliquota iva|aliquota %|cod iva|codice iva|vat|vat %|vat rate|tax|tax rate|tax %",
    "min_quantity": """quantita minima|qta minima|qta min|q ta min|q ta minima|quantita min|min|minimo|minimo ordine
        |lotto minimo|lotto|da quantita|da qta|scaglione|quantita|qta|q ta|minimum quantity|min quantity|min qty|moq
        |from quantity|qty|quantity""",
    "date_start": """valido dal|validita dal|dal|data inizio|inizio validita|decorrenza|data decorrenza|valid from
        |start date|from date|date start|data inizio validita""",
    "date_end": """valido al|validita al|al|data fine|fine validita|scadenza|scadenza prezzo|valid to|valid until
        |end date|to date|date end|data fine validita|valido fino al""",
}
_FIELD_OF = {
    re.sub(r"\s+", " ", synonym.strip()): name for name in reversed(FIELDS) for synonym in _SYNONYMS[name].split("|")
}
_NOT_A_PRICE = re.compile(
    r"\b(ivato|iva (inclusa|compresa|incl)|ivacompresa|with vat|incl vat|precedente|vecchio|old)\b"
)
# Headings that mean our own reference even in a supplier's file.
_OURS = re.compile(r"\b(intern[oa]|internal|nostro|nostra|our|default)\b")


def recognise(headers, from_supplier=False):
    """The field of each heading, or an empty text where it says nothing to us.

    :param list headers: the headings
    :param bool from_supplier: whether a bare "code" is the supplier's own and not ours

    >>> recognise(["Cod. Art.", "Descrizione", "EAN", "Prezzo €", "Prezzo ivato", "Categoria", "Gruppo", "U.M."])
    ['reference', 'name', 'barcode', 'price', '', 'category', 'category', 'unit']
    >>> recognise(["SKU", "Product name", "Description", "List price", "Net price", "VAT %", "Valido dal"])
    ['reference', 'name', 'description', 'price', '', 'vat', 'date_start']
    >>> recognise(["Codice", "Codice interno", "Prezzo"], from_supplier=True)
    ['supplier_code', 'reference', 'price']
    """
    taken, result = set(), []
    for header in headers:
        name = recognise_one(header)
        if from_supplier and name == "reference" and not _OURS.search(fold(header)):
            name = "supplier_code"
        if name == "name" and name in taken and not re.search(r"\d$", fold(header)):
            name = "description"
        if name in taken and name not in REPEATABLE:
            name = ""
        taken.add(name)
        result.append(name)
    return result


def recognise_one(header):
    """The field of one heading: the whole of it, or what is left without brackets and currency."""
    whole = re.sub(r" \(\d+\)$", "", str(header or ""))
    if _NOT_A_PRICE.search(fold(whole)):
        return ""
    without_brackets = re.sub(r"\(.*?\)|\[.*?\]", " ", whole)
    for text in (whole, without_brackets, without_brackets.split("/")[0]):
        folded = fold(text)
        stripped = re.sub(r"^[€$£ ]+|[€$£ ]+$|\b(?:eur|euro)\b", "", folded).strip()
        found = _FIELD_OF.get(folded) or _FIELD_OF.get(stripped)
        if found:
            return found
    return ""


def recognise_header(cells):
    """How many different fields a row of headings names."""
    return len({name for name in recognise(cells) if name})


def signature(headers):
    """The same for two files whose columns have the same headings in the same order.

    >>> signature(["Cod. Art.", "Prezzo"]) == signature([" cod art ", "PREZZO"])
    True
    """
    text = "\n".join(fold(header) for header in headers)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
