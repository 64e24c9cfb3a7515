"""Papers of a case as downloads."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request


class DunningPaper(http.Controller):
    @http.route("/dunning/case/<int:case_id>/<string:kind>", type="http", auth="user", methods=["GET"], readonly=True)
    def paper(self, case_id, kind):
        """The account statement or the interest sheet of a case, for who may read the case; 404 for all others."""
        case = request.env["dunning.case"].browse(case_id)
        try:
            case.check_access("read")
            paper = case.exists()._get_paper(kind) if case.exists() else None
        except (AccessError, MissingError):
            paper = None
        if paper is None:
            raise request.not_found()
        name, content = case._draw(paper)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
