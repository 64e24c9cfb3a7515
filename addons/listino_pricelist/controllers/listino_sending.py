"""Downloads of price lists that were sent."""

from odoo import http

from .listino import ListinoController


class ListinoSendingController(ListinoController):
    @http.route("/listino/sent/<int:line_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def sent(self, line_id, extension):
        """What a reader got, made again from the prices that were kept, for those who may read the line."""
        return self._send_record("listino.sending.line", line_id, extension)
