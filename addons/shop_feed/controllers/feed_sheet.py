"""A feed's items as an Excel file, for people; what channels fetch is another file."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.listino_pricelist.controllers.listino import send_file


class FeedSheetController(http.Controller):
    @http.route("/shop_feed/<int:feed_id>/items.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def items(self, feed_id):
        """What is sent, a column a field of the channel, for those who may see the feed."""
        feed = request.env["shop.feed"].search([("id", "=", feed_id)])
        if not feed:
            raise NotFound
        return send_file(f"{feed.name}.xlsx", "xlsx", feed._write_sheet)
