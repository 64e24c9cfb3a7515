"""The table of products: two rows of head, the column labels, then headings and lines as they come."""

from io import BytesIO
from itertools import chain, islice
from math import isfinite

from ..figures import half_up
from ..images import thumbnail
from ..listing import BARCODE, IMAGE, PERCENT, PRICE, QUANTITY, TEXT, Heading
from ..trail import Trail
from ..words import one_line
from .limits import BREAKS_AT_MOST, IMAGES_AT_MOST, OUTLINE_AT_MOST, ROWS_AT_MOST, TooManyRows, cell_text

PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 92, 138  # characters that an A4 page takes at full size
_WIDTHS = {TEXT: 16, BARCODE: 15, PRICE: 12, PERCENT: 8, QUANTITY: 10, IMAGE: 9}
_CATEGORY_WIDTH, _NAME_WIDTH, _NOTE_WIDTH = 30, 46, 40
_PICTURE_PIXELS, _PICTURE_ROW = 56, 45  # the side in pixels; the row's height in points


class Table:
    """The sheet of the products, written from its first row to its last."""

    def __init__(self, sheet, styles, listing):
        self._listing, self._sheet, self._styles = listing, sheet, styles
        self._row = self._count = 0
        self._trail, self._category = Trail(), ""
        self._breaks = []

    def write(self, blocks):
        """Write head, labels, and every block; return the number of products.

        :raise TooManyRows: where the blocks have more rows than a sheet can hold
        """
        blocks = iter(blocks)
        sample = list(islice(blocks, IMAGES_AT_MOST + 1))
        has_images = len(sample) <= IMAGES_AT_MOST
        self._columns = [
            (index, column) for index, column in enumerate(self._listing.columns) if has_images or column.kind != IMAGE
        ]
        self._cell_styles = [self._styles.cell(column) for _index, column in self._columns]
        self._note_column = len(self._columns) + 1
        self._set_widths()
        self._write_head()
        self._write_bands()
        self._write_labels()
        for block in chain(sample, blocks):
            if self._row >= ROWS_AT_MOST:
                raise TooManyRows(ROWS_AT_MOST)
            if isinstance(block, Heading):
                self._write_heading(block)
            else:
                self._write_line(block)
        self._set_up_view()
        self._set_up_print()
        return self._count

    # === HEAD === #

    def _set_widths(self):
        texts = [column for _index, column in self._columns if column.kind == TEXT]
        name = next((column for column in texts if column.width == 0 or column.key == "name"), None)
        name = name or (texts[-1] if texts else None)
        widths = [_NAME_WIDTH if column is name else _WIDTHS[column.kind] for _index, column in self._columns]
        widths = [_CATEGORY_WIDTH, *widths, _NOTE_WIDTH]
        for number, width in enumerate(widths):
            self._sheet.set_column(number, number, width)
        self._width = sum(widths)

    def _write_head(self):
        """Two rows only, for they stay on screen: what this is; for whom and until when."""
        listing = self._listing
        title = " – ".join(filter(None, (one_line(listing.title), one_line(listing.subtitle))))
        facts = [f"{label}: {value}" for label, value in listing.all_facts]
        about = " · ".join(filter(None, (one_line(listing.company.name), one_line(listing.customer.name), *facts)))
        for text, style, height in ((title, self._styles.title, 24), (about, self._styles.plain, 16)):
            self._sheet.set_row(self._row, height)
            self._sheet.write_string(self._row, 0, cell_text(text), style)
            self._row += 1

    def _write_bands(self):
        """The groups above their columns, centred across cells that stay apart: merged ones break sorting."""
        self._labels_row = self._row
        groups = ["", *(one_line(column.group) for _index, column in self._columns), ""]
        if not any(groups):
            return
        for number, group in enumerate(groups):
            if group and group != groups[number - 1]:
                self._sheet.write_string(self._row, number, cell_text(group), self._styles.band)
            else:
                self._sheet.write_blank(self._row, number, None, self._styles.band if group else self._styles.label)
        self._row += 1

    def _write_labels(self):
        labels, styles = self._listing.labels, self._styles
        self._sheet.set_row(self._row, 30)
        headers = [
            (labels.category, styles.label),
            *((column.label, styles.label_right if column.is_number else styles.label) for _i, column in self._columns),
            (labels.note, styles.label),
        ]
        for number, (label, style) in enumerate(headers):
            self._sheet.write_string(self._row, number, cell_text(one_line(label)), style)
        self._row += 1
        self._first = self._row

    # === ROWS === #

    def _set_row(self, depth, height=None):
        level = min(depth, OUTLINE_AT_MOST)
        if level or height:
            self._sheet.set_row(self._row, height, None, {"level": level} if level else {})

    def _write_heading(self, heading):
        depth = self._trail.follow(heading)
        self._category = cell_text(self._trail.text())
        style = self._styles.heading(depth)
        if heading.page_break and self._row > self._first:
            self._breaks.append(self._row)
        self._set_row(depth)
        self._sheet.write_string(self._row, 0, cell_text(self._trail.titles[-1]), style)
        for number in range(1, self._note_column):
            self._sheet.write_blank(self._row, number, None, style)
        self._sheet.write_string(self._row, self._note_column, cell_text(heading.note), style)
        self._row += 1

    def _write_line(self, line):
        sheet, cells = self._sheet, line.cells
        values = [cells[index] if index < len(cells) else None for index, _column in self._columns]
        pictures = {
            number: thumbnail(values[number], _PICTURE_PIXELS, _PICTURE_PIXELS)
            for number, (_index, column) in enumerate(self._columns)
            if column.kind == IMAGE
        }
        self._set_row(self._trail.depth, _PICTURE_ROW if any(pictures.values()) else None)
        if self._category:
            sheet.write_string(self._row, 0, self._category, self._styles.category)
        for number, (_index, column) in enumerate(self._columns):
            if column.kind != IMAGE:
                self._write_cell(number + 1, column, values[number], *self._cell_styles[number])
            elif pictures[number]:
                self._insert_picture(number + 1, pictures[number][0])
        if line.note:
            sheet.write_string(self._row, self._note_column, cell_text(line.note), self._styles.note)
        self._count += 1
        self._row += 1

    def _write_cell(self, number, column, value, style, whole_style):
        """A number as a number, rounded as it is printed; anything else as words, never as a formula or a link."""
        if value is None or value is False:
            return
        if not column.is_number:
            self._sheet.write_string(self._row, number, cell_text(one_line(value)), style)
        elif isfinite(value):
            value = half_up(value, column.decimals_of(value))
            style = whole_style if value.is_integer() else style
            self._sheet.write_number(self._row, number, value / 100 if column.kind == PERCENT else value, style)

    def _insert_picture(self, number, data):
        options = {"image_data": BytesIO(data), "x_offset": 2, "y_offset": 2, "object_position": 1}
        self._sheet.insert_image(self._row, number, "picture.jpg", options)

    # === VIEW AND PRINT === #

    def _set_up_view(self):
        sheet = self._sheet
        sheet.freeze_panes(self._first, 0)
        sheet.outline_settings(True, False, True, False)  # a heading stands above what it folds
        if self._count:
            sheet.autofilter(self._first - 1, 0, self._row - 1, self._note_column)

    def _set_up_print(self):
        """A4, the labels on every page, one page wide. Excel ignores page breaks where it fits: then by scale."""
        sheet, listing = self._sheet, self._listing
        sheet.set_paper(9)
        is_wide = self._width > PORTRAIT_WIDTH
        if is_wide:
            sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.repeat_rows(self._labels_row, self._first - 1)
        if self._breaks:
            sheet.set_h_pagebreaks(self._breaks[:BREAKS_AT_MOST])
            room = LANDSCAPE_WIDTH if is_wide else PORTRAIT_WIDTH
            sheet.set_print_scale(max(10, min(100, int(100 * room / self._width))))
        else:
            sheet.fit_to_pages(1, 0)
        company, date = (one_line(text).replace("&", "&&")[:80] for text in (listing.company.name, listing.date))
        sheet.set_footer(f"&L&8{company} {date}&R&8{listing.labels.page_text('&P', '&N')[:60]}")
