"""The messages of the import: what is wrong with a file, and what a row becomes and why."""

from odoo import models
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

FILES = {
    "empty": _lt("The file is empty. Choose the file with the products."),
    "only_header": _lt("The file has a header but no rows under it."),
    "no_header": _lt(
        "No header found. The first row of the table must name the columns, for example: Code, Description, Price."
    ),
    "too_many_rows": _lt("The file has more than %(limit)s rows. Split it and import the parts one after the other."),
    "too_many_columns": _lt("The file has more than %(limit)s columns. Keep those you need and try again."),
    "too_big": _lt("The file is larger than %(limit)s MB. Split it, or remove pictures and sheets you don't need."),
    "bomb": _lt(
        "Unpacked, this workbook would take %(size)s MB. It can't be a list of products: look where it is from."
    ),
    "damaged": _lt("The workbook is damaged. Open it with Excel or LibreOffice, save it as XLSX again and retry."),
    "encrypted": _lt("The workbook is protected by a password. Save it without one and try again."),
    "formulas": _lt(
        "Row %(row)s of the sheet “%(sheet)s” has a formula whose result was never saved. Open the file with Excel or "
        "LibreOffice, save it and try again."
    ),
    "no_sheet": _lt("The workbook has no visible sheet called “%(sheet)s”."),
    "encoding": _lt("The characters of this file can't be read. Save it as “CSV UTF-8” and try again."),
    "open_quotes": _lt(
        "From row %(row)s on, a quotation mark is opened and never closed. Correct that row and try again."
    ),
    "xls": _lt("This is an old Excel file (XLS). Open it with Excel or LibreOffice, save it as XLSX and try again."),
    "xlsb": _lt("This is a binary Excel file (XLSB). Save it as XLSX and try again."),
    "ods": _lt("This is a LibreOffice file (ODS). Save it as XLSX or CSV and try again."),
    "pdf": _lt("This is a PDF, from which prices can't be read safely. Ask for the list as XLSX or CSV."),
    "html": _lt(
        "This is a web page, even if its name says otherwise. Open it with Excel, save it as XLSX and try again."
    ),
    "xml": _lt("This is an XML file. Save it as XLSX or CSV and try again."),
    "zip": _lt("This is a compressed archive. Unpack it and choose the file inside."),
    "image": _lt("This is a picture. Choose an XLSX or CSV file."),
    "document": _lt("This is a text document. Choose an XLSX or CSV file."),
}

REMARKS = {
    "overlong": _lt("The row has more cells than the header: one of them holds the delimiter without quotation marks."),
    "no_key": _lt("Nothing in this row tells which product it is."),
    "not_found": _lt("No product found, and missing products are not to be created."),
    "no_name": _lt("The product is not there yet, and without a name it can't be created."),
    "ambiguous": _lt("Several products have this %(criterion)s (%(value)s): %(products)s."),
    "archived": _lt("The product is archived: %(product)s. Unarchive it to import its price."),
    "reference_taken": _lt("The reference %(value)s belongs to another product: %(products)s."),
    "barcode_taken": _lt("The barcode %(value)s belongs to another product: %(products)s."),
    "barcode_hidden": _lt("The barcode %(value)s is taken by a packaging or by a product you can't see."),
    "barcode_check_digit": _lt("The check digit of the barcode %(barcode)s is wrong."),
    "barcode_length": _lt("The barcode %(barcode)s has not 8, 12, 13 or 14 digits."),
    "barcode_not_digits": _lt("The barcode %(barcode)s is not made of digits alone."),
    "barcode_shortened": _lt("A spreadsheet has shortened the barcode (%(barcode)s): its last digits are lost."),
    "barcode_dropped": _lt("Without the barcode %(barcode)s, which is wrong."),
    "barcode_kept": _lt("The barcode %(barcode)s is wrong and is kept as it is."),
    "barcode_shared": _lt("Row %(row)s is another product with the same barcode %(value)s."),
    "reference_shared": _lt("Row %(row)s is another product with the same reference %(value)s."),
    "same_as": _lt("Repeats row %(row)s."),
    "contradicts": _lt("Row %(row)s is about the same product and says otherwise."),
    "price_missing": _lt("There is no price."),
    "price_unreadable": _lt("“%(value)s” is not a price."),
    "price_zero": _lt("The price is zero."),
    "price_negative": _lt("The price is negative (%(value)s)."),
    "price_absurd": _lt("“%(value)s” is too large for a price."),
    "price_converted": _lt("The price for %(unit)s is converted to %(own)s."),
    "discount_unreadable": _lt("“%(value)s” is not a discount."),
    "vat_unreadable": _lt("“%(value)s” is not a VAT rate."),
    "vat_unknown": _lt("There is no active sales tax for VAT at %(rate)s %%. Activate it in the accounting settings."),
    "min_quantity_unreadable": _lt("“%(value)s” is not a quantity."),
    "date_unreadable": _lt("“%(value)s” is not a date."),
    "dates_reversed": _lt("The price ends (%(end)s) before it begins (%(start)s)."),
    "currency": _lt("The price is in %(found)s; this import is in %(wanted)s."),
    "unit_unknown": _lt("There is no unit of measure “%(unit)s”. Create it, or don't import the column of the units."),
    "unit_other": _lt(
        "The price is for %(unit)s, the product is measured in %(own)s, and one is no part of the other."
    ),
    "category_new": _lt("New category: %(category)s."),
    "category_ambiguous": _lt("Several categories are called “%(category)s”. Write the whole path."),
    "variants_differ": _lt("The variants of %(product)s share one sales price. Use a price list for different prices."),
    "name_shortened": _lt("The name had %(length)s characters and is shortened."),
    "matched_by": _lt("Recognised by %(criterion)s."),
    "detail_changed": _lt("New value: %(field)s."),
}


class ListinoImportWords(models.Model):
    """What the import has to say, in the user's language."""

    _inherit = "listino.import"

    def _get_unreadable_text(self, error):
        """Why a file can't be read.

        :param importing.errors.UnreadableFile error: what the reader found
        """
        template = self.env._(FILES[error.code])
        return template % error.details

    def _get_remark_texts(self, steps):
        """What to say about each step of a plan.

        :param list steps: of importing.plan.Step
        :return: list of texts, in the same order
        """
        words = {code: self.env._(text) for code, text in REMARKS.items()}
        labels = {
            "criterion": {name: label.lower() for name, label in self._get_labels("listino.import", "match_1")},
            "field": dict(self._get_labels("listino.import.column", "field_name")),
        }
        return [
            " ".join(words[remark.code] % self._prepare_details(remark.details, labels) for remark in step.remarks)
            for step in steps
        ]

    def _get_labels(self, model, field_name):
        """The choices of a selection field in the user's language."""
        return self.env[model]._fields[field_name]._description_selection(self.env)

    def _prepare_details(self, details, labels):
        """Dates as the user writes them, names of fields as he reads them."""
        if not details:
            return details
        result = dict(details)
        for name, value in details.items():
            if name in labels:
                result[name] = labels[name].get(value, value)
            elif name in ("start", "end"):
                result[name] = format_date(self.env, value)
        return result
