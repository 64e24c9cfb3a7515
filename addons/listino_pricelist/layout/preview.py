"""A price list as plain data, for a preview in a browser."""

from .listing import IMAGE, Heading


def preview_of(listing, blocks):
    """The head, the columns, and sections with their lines, as JSON can carry them.

    Pictures are left out. Lines before the first heading are in a section without a title.

    :rtype: dict

    >>> from .listing import Column, Line, Listing
    >>> listing = Listing("Prices", (Column("name", "Product"), Column("price", "Price", kind="price")))
    >>> preview_of(listing, [Heading(0, "Pasta"), Line(("Penne", 1.5), product_id=7)])["sections"]
    [{'level': 0, 'title': 'Pasta', 'note': '', 'lines': [{'cells': ['Penne', '1.50'], 'note': '', 'product_id': 7}]}]
    """
    shown = [(place, column) for place, column in enumerate(listing.columns) if column.kind != IMAGE]
    sections = []
    for block in blocks:
        if isinstance(block, Heading):
            sections.append({"level": block.level, "title": block.title, "note": block.note, "lines": []})
            continue
        if not sections:
            sections.append({"level": 0, "title": "", "note": "", "lines": []})
        cells = [column.text(block.cells[place], listing.numbers) for place, column in shown]
        sections[-1]["lines"].append({"cells": cells, "note": block.note, "product_id": block.product_id})
    return {
        "title": listing.title,
        "subtitle": listing.subtitle,
        "customer": listing.customer.name,
        "facts": [list(fact) for fact in listing.all_facts],
        "note": listing.note,
        "terms": listing.terms,
        "columns": [
            {"key": column.key, "label": column.label, "group": column.group, "is_number": column.is_number}
            for _place, column in shown
        ],
        "sections": sections,
    }
