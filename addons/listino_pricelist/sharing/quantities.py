"""Quantities as people type them into a quote request.

>>> quantity_of(" 1,5 "), quantity_of("10"), quantity_of("1.250,5"), quantity_of("1,250.5"), quantity_of("")
(1.5, 10.0, 1250.5, 1250.5, None)
"""

import re
from math import isfinite

LARGEST = 10_000_000
DECIMALS = 6
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15}", re.ASCII)


def quantity_of(text):
    """The quantity, None where nothing or zero is typed.

    Of comma and point the last one is the decimal separator; an apostrophe or a space parts thousands.

    :raise ValueError: with the text, where it is no quantity to ask for

    >>> quantity_of("0"), quantity_of(None), quantity_of("1'000")
    (None, None, 1000.0)
    >>> for text in ("-1", "ten", "nan", "inf", "1e9", "9" * 20, "1,2,3", "99999999", "\\u0661", "1\\x00"):
    ...     try:
    ...         print(quantity_of(text))
    ...     except ValueError as error:
    ...         assert error.args == (text[:20],), error.args
    """
    typed = (text or "").strip()
    plain = re.sub(r"[ '\u00a0\u202f]", "", typed)
    if not plain:
        return None
    last = max(plain.rfind(","), plain.rfind("."))
    if last >= 0:
        whole, decimals = plain[:last], plain[last + 1 :]
        mark = plain[last]
        if mark not in whole:
            whole = whole.replace("," if mark == "." else ".", "")
        plain = f"{whole}.{decimals}"
    if not _NUMBER.fullmatch(plain):
        raise ValueError(typed[:20])
    quantity = round(float(plain), DECIMALS)
    if not isfinite(quantity) or quantity > LARGEST:
        raise ValueError(typed[:20])
    return quantity or None


def asked_for(form, prefix="qty_"):
    """The quantity of each product in a form, by product id, in the order of the form.

    Where a row stands for several variants, ``variant_<id>`` says which; a product asked for twice adds up.

    :param form: pairs of field name and text
    :raise ValueError: with the text that is no quantity

    >>> asked_for([("qty_7", "2"), ("qty_8", ""), ("variant_7", "9"), ("qty_9", "1"), ("qty_x", "5"), ("note", "hi")])
    {9: 3.0}
    """
    fields = dict(form)
    asked = {}
    for name, text in fields.items():
        product_id = _id_of(name.removeprefix(prefix)) if name.startswith(prefix) else None
        quantity = quantity_of(text) if product_id else None
        if quantity:
            chosen = _id_of(fields.get(f"variant_{product_id}")) or product_id
            asked[chosen] = asked.get(chosen, 0.0) + quantity
    return asked


def _id_of(text):
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
