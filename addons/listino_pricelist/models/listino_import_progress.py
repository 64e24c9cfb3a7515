"""How far an import is, told while its own transaction is still open."""

from odoo import api, fields, models
from odoo.tools import SQL


class ListinoImportProgress(models.Model):
    """How far a running import is.

    The import itself is one transaction, all or nothing, and its row is locked until it ends. So that others see it
    advance, this row of its own is written through a cursor of its own.
    """

    _name = "listino.import.progress"
    _description = "Progress of an import"

    import_id = fields.Many2one("listino.import", required=True, ondelete="cascade", index=True)
    percent = fields.Integer()

    @api.model
    def _start(self, record):
        """The progress of a run that begins; commit before the first report.

        :param record: the listino.import
        """
        rows = self.sudo()  # the server's own bookkeeping: users read it, nobody writes it
        rows.search([("import_id", "=", record.id)]).unlink()
        return rows.create({"import_id": record.id})

    def _report(self, done, total):
        """Show how far it is, at once and to everybody.

        :param int done: parts done
        :param int total: parts in all
        """
        if not self:
            return
        percent = min(99, 100 * done // total) if total else 0
        with self.env.registry.cursor() as cursor:  # commits alone: the import's own transaction stays open
            cursor.execute(SQL("UPDATE listino_import_progress SET percent = %s WHERE id = %s", percent, self.id))
