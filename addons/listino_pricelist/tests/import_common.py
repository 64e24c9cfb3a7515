"""Builders for the tests of the import: files from rows, imports from files."""

import base64
import io

import openpyxl

from odoo.tests import new_test_user

from .common import ListinoCommon

HEADER = ["Codice", "EAN", "Descrizione", "Prezzo"]


def csv_of(*rows, header=HEADER, delimiter=";", encoding="utf-8"):
    """The bytes of a CSV file."""
    lines = [header, *rows] if header else rows
    return "\n".join(delimiter.join(row) for row in lines).encode(encoding)


def xlsx_of(*rows, header=HEADER, sheets=()):
    """The bytes of a workbook with one sheet of rows, and others named in ``sheets``."""
    book = openpyxl.Workbook()
    for row in [header, *rows] if header else rows:
        book.active.append(row)
    for name, sheet_rows in sheets:
        sheet = book.create_sheet(name)
        for row in sheet_rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class ImportCommon(ListinoCommon):
    """A manager who may create products, and shortcuts from rows to a previewed import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "sales_team.group_sale_manager,product.group_product_pricelist,product.group_product_manager"
        cls.manager = new_test_user(cls.env, "listino_importer", groups=groups, tz="Europe/Rome", lang="en_US")
        cls.vendor = cls.env["res.partner"].create({"name": "Rossi Alimentari"})
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.kilo = cls.env.ref("uom.product_uom_kgm")

    @classmethod
    def _import(cls, content, user=None, name="listino.csv", **values):
        """A draft import of these bytes."""
        values = {"file": base64.b64encode(content), "file_name": name, **values}
        return cls.env["listino.import"].with_user(user or cls.manager).create(values)

    @classmethod
    def _preview(cls, content, **values):
        """An import with its preview."""
        record = cls._import(content, **values)
        record.action_preview()
        return record

    @classmethod
    def _apply(cls, content, **values):
        """An import that was written at once; fails the test when it was not."""
        record = cls._preview(content, **values)
        record.action_apply()
        assert record.state == "done", record.error
        return record

    def _find(self, reference):
        return self.env["product.product"].with_context(active_test=False).search([("default_code", "=", reference)])

    def _actions(self, record):
        """The action of each row, by its number."""
        return {line.row: line.action for line in record.line_ids}

    def _reason(self, record, row):
        return record.line_ids.filtered(lambda line: line.row == row).reason
