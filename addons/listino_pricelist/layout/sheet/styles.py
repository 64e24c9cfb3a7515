"""Cell formats of the spreadsheet, in the colours of the house."""

from ..listing import PERCENT, PRICE, QUANTITY
from ..paper.look import luminance, mix, parse_colour


def number_formats(column):
    """The formats of a column: of any number, and of whole ones (a bare ``0.##`` would show 12 as ``12.``).

    Spreadsheets put in their own language's separators. A price shows the decimals it has beyond the usual ones.

    >>> from ..listing import Column
    >>> number_formats(Column("x", "X", "price", decimals=3)), number_formats(Column("x", "X", "price", decimals=0))
    (('#,##0.000####', '#,##0.000'), ('#,##0.####', '#,##0'))
    >>> number_formats(Column("x", "X", "percent", decimals=2)), number_formats(Column("x", "X", "quantity"))
    (('0.0#%', '0%'), ('#,##0.0#', '#,##0'))
    >>> number_formats(Column("x", "X"))
    ('@', '@')
    """
    zeros, some = "." + "0" * column.decimals, ".0" + "#" * (column.decimals - 1)
    if not column.decimals:
        zeros = some = ""
    return {
        PRICE: (f"#,##0{zeros or '.'}####", f"#,##0{zeros}"),
        PERCENT: (f"0{some}%", "0%"),
        QUANTITY: (f"#,##0{some}", "#,##0"),
    }.get(column.kind, ("@", "@"))


def _hex(colour):
    return "#" + "".join(f"{round(part):02X}" for part in colour)


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook, accent):
        self._workbook, self._accent = workbook, parse_colour(accent)
        self._headings = {}
        add = workbook.add_format
        ink = _hex((0x21, 0x26, 0x2E))
        tint = _hex(mix(self._accent, (255, 255, 255), 0.88))
        label = {
            "bold": True,
            "font_size": 9,
            "bg_color": tint,
            "font_color": ink,
            "text_wrap": True,
            "valign": "bottom",
        }
        label |= {"bottom": 1, "bottom_color": _hex(self._accent)}
        self.title = add({"bold": True, "font_size": 16, "font_color": ink})
        self.subtitle = add({"bold": True, "font_size": 11, "font_color": ink})
        self.plain = add({"font_color": "#555B63", "valign": "top", "text_wrap": False})
        self.label, self.label_right = add(label), add(label | {"align": "right"})
        self.band = add(label | {"align": "center_across", "text_wrap": False})
        self.category = add({"font_size": 8, "font_color": "#8A9099", "valign": "top"})
        self.note = add({"italic": True, "font_size": 9, "font_color": "#666C75", "valign": "top", "text_wrap": True})

    def cell(self, column):
        """The formats of a product's cell in ``column``: of any value, and of whole numbers."""
        style = {"valign": "top"} if column.is_number else {"valign": "top", "text_wrap": True}
        return [self._workbook.add_format(style | {"num_format": code}) for code in number_formats(column)]

    def heading(self, depth):
        """The format of a category heading, the same from the fourth level on."""
        depth = min(depth, 3)
        if depth not in self._headings:
            style = {"bold": True, "font_size": (12, 11, 10, 10)[depth], "indent": depth, "valign": "vcenter"}
            share = (0.0, 0.72, 0.88, 0.95)[depth]
            fill = mix(self._accent, (255, 255, 255), share)
            style |= {"bg_color": _hex(fill), "font_color": "#FFFFFF" if luminance(fill) < 0.62 else "#21262E"}
            self._headings[depth] = self._workbook.add_format(style)
        return self._headings[depth]
