"""The columns of an imported file, and what each of them means."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..importing.columns import REPEATABLE

FIELDS = [
    ("reference", "Internal reference"),
    ("barcode", "Barcode"),
    ("supplier_code", "Vendor's code"),
    ("name", "Name"),
    ("description", "Sales description"),
    ("category", "Category"),
    ("price", "Price"),
    ("discount", "Discount %"),
    ("unit", "Unit of measure"),
    ("vat", "VAT %"),
    ("min_quantity", "Minimum quantity"),
    ("date_start", "Valid from"),
    ("date_end", "Valid to"),
]


class ListinoImportColumn(models.Model):
    """A column of an imported file and what it means."""

    _name = "listino.import.column"
    _description = "Column of an imported file"
    _order = "index, id"

    import_id = fields.Many2one("listino.import", required=True, ondelete="cascade", index=True)
    index = fields.Integer(required=True)
    name = fields.Char("Column of the file", required=True)
    sample = fields.Char("For example")
    field_name = fields.Selection(
        FIELDS,
        string="Is imported as",
        help="Left empty, the column is not imported. Several columns may be names (they are joined) or categories "
        "(they are the levels of the path); every other meaning belongs to one column.",
    )

    @api.constrains("field_name", "import_id")
    def _check_field_name(self):
        for record in self.import_id:
            taken = [column.field_name for column in record.column_ids if column.field_name not in (False, *REPEATABLE)]
            twice = {name for name in taken if taken.count(name) > 1}
            if twice:
                labels = dict(self._fields["field_name"]._description_selection(self.env))
                raise ValidationError(
                    self.env._(
                        "More than one column is mapped to: %(fields)s. Leave one of them.",
                        fields=", ".join(sorted(labels[name] for name in twice)),
                    )
                )
