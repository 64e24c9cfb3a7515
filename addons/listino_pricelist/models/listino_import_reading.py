"""The uploaded file, read into columns and rows."""

import base64

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..importing.columns import recognise, signature
from ..importing.errors import UnreadableFile
from ..importing.files import MAX_ROWS, read_table
from ..importing.rows import RowReader


class ListinoImportReading(models.Model):
    """From the uploaded file to rows: columns proposed, mapping remembered, cells read."""

    _inherit = "listino.import"

    @api.depends("file", "sheet", "kind", "partner_id")
    def _compute_column_ids(self):
        """Propose what each column is: as it was mapped the last time, else by its heading."""
        for record in self:
            commands = [Command.clear()]
            if record.file:
                table = record._read_table()
                fields_proposed = record._propose_fields(table.headers)
                commands += [
                    Command.create(
                        {"index": index, "name": header, "sample": table.sample(index), "field_name": proposed}
                    )
                    for index, (header, proposed) in enumerate(zip(table.headers, fields_proposed, strict=True))
                ]
            record.column_ids = commands

    def _propose_fields(self, headers):
        """The field of each column, False where it is not imported.

        :param list headers: the headings
        """
        remembered = self.env["listino.import.mapping"]._recall(self, signature(headers))
        if remembered is not None:
            return [remembered.get(str(index)) or False for index in range(len(headers))]
        return [name or False for name in recognise(headers, from_supplier=self.kind == "supplier")]

    def _read_table(self):
        """The table in the file, or a message that says why there is none."""
        self.ensure_one()
        content = self.with_context(bin_size=False).file or b""
        try:
            return read_table(base64.b64decode(content), self.sheet or "", self._get_max_rows())
        except UnreadableFile as error:
            raise UserError(self._get_unreadable_text(error)) from None

    def _read_rows(self):
        """The rows of the file by the mapping of its columns.

        :return: list of importing.rows.Row
        """
        mapping = {column.index: column.field_name for column in self.column_ids if column.field_name}
        table = self._read_table()
        return RowReader(table, mapping, self.decimal_mark or "", self.barcode_policy).read()

    @api.model
    def _get_max_rows(self):
        """How many rows a file may have: what one transaction writes within Odoo's usual time limits."""
        parameters = self.env["ir.config_parameter"].sudo()  # a plain number, no secret
        return int(parameters.get_param("listino_pricelist.import_max_rows", MAX_ROWS))
