"""The official schema of electronic invoices (FatturaPA 1.2.3), where the runner says where it is."""

import functools
import os

from lxml import etree

PATH = os.environ.get("BOTTEGA_FATTURAPA_XSD")
XSD = "{http://www.w3.org/2001/XMLSchema}"
SIGNATURES = "http://www.w3.org/2000/09/xmldsig#"


@functools.cache
def official_schema():
    """The schema without the optional signature, whose own schema is to be fetched from elsewhere; None without file.

    :rtype: lxml.etree.XMLSchema
    """
    if not PATH:
        return None
    tree = etree.parse(PATH)
    for element in [*tree.iter(f"{XSD}import"), *tree.iter(f"{XSD}element")]:
        if element.get("namespace") == SIGNATURES or (element.get("ref") or "").startswith("ds:"):
            element.getparent().remove(element)
    return etree.XMLSchema(tree)
