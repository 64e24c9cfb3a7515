"""The meaning of columns, remembered from one file to the next."""

from odoo import api, fields, models

from ..importing.columns import signature


class ListinoImportMapping(models.Model):
    """How the columns of a file were mapped, remembered for the next file with the same headings."""

    _name = "listino.import.mapping"
    _description = "Remembered columns of imported files"
    _order = "write_date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Last file", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", string="Vendor", check_company=True, readonly=True, ondelete="cascade")
    kind = fields.Char(readonly=True)
    signature = fields.Char(required=True, readonly=True, index=True)
    columns = fields.Json(readonly=True)

    _file_uniq = models.UniqueIndex("(company_id, kind, signature, COALESCE(partner_id, 0))")

    @api.model
    def _recall(self, record, file_signature):
        """The mapping of the last file with these headings, of the same vendor if there was one.

        :param record: the listino.import
        :param str file_signature: of the headings, see `importing.columns.signature`
        :return: dict column index (as text) -> field name, or None
        """
        found = self.search(
            [
                ("company_id", "=", record.company_id.id),
                ("kind", "=", record.kind),
                ("signature", "=", file_signature),
                ("partner_id", "in", [False, record.partner_id.id]),
            ]
        )
        found = found.sorted(lambda mapping: mapping.partner_id != record.partner_id)[:1]
        return found.columns if found else None

    @api.model
    def _remember(self, record):
        """Keep the mapping of an import that was written.

        :param record: the listino.import
        """
        key = {
            "company_id": record.company_id.id,
            "kind": record.kind,
            "signature": signature(record.column_ids.mapped("name")),
            "partner_id": record.partner_id.id,
        }
        values = {
            "name": record.name,
            "columns": {str(column.index): column.field_name for column in record.column_ids if column.field_name},
        }
        found = self.search([(name, "=", value) for name, value in key.items()], limit=1)
        if found:
            found.write(values)
        else:
            self.create(key | values)
