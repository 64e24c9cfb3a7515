"""Drafts of formal notices as downloads."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class DunningNotice(http.Controller):
    @http.route("/dunning/notice/<int:notice_id>/draft", type="http", auth="user", methods=["GET"], readonly=True)
    def draft(self, notice_id):
        """The letter as it would be, for who may read the notice; 404 for all others."""
        notice = request.env["dunning.notice"].browse(notice_id)
        try:
            notice.check_access("read")
            is_there = bool(notice.exists())
        except (AccessError, MissingError):
            is_there = False
        if not is_there:
            raise request.not_found()
        name, content = notice._draw_draft()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
