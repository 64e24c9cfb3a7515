"""Downloads of price lists that were sent."""

from odoo import http
from odoo.http import request

from .listino import ListinoController


class ListinoSendingController(ListinoController):
    @http.route("/listino/sent/<int:line_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def sent(self, line_id, extension):
        """What a reader got, made again from the prices that were kept, for those who may read the line."""
        line = request.env["listino.sending.line"].browse(line_id)
        line.check_access("read")
        name = line.document_id._get_file_name(extension)
        return self._send(name, extension, lambda stream: line._write_frozen(extension, stream))
