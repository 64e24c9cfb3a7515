"""Papers of cases as downloads."""

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import content_disposition, request

PAGE = {"type": "http", "auth": "user", "methods": ["GET"], "readonly": True}


class DunningPaper(http.Controller):
    """For who may read the cases; a 404 for all others, as for what is not there."""

    @http.route("/dunning/case/<int:case_id>/<string:kind>", **PAGE)
    def paper(self, case_id, kind):
        """The account statement or the interest sheet of a case."""
        return self._send_dunning_papers([case_id], kind)

    @http.route("/dunning/cases/<string:kind>", **PAGE)
    def papers(self, kind, ids=""):
        """The same of several cases as one file, to print at once.

        :param str ids: of the cases, with commas between them
        """
        return self._send_dunning_papers([int(part) for part in ids.split(",") if part.isdecimal()], kind)

    def _send_dunning_papers(self, ids, kind):
        cases = request.env["dunning.case"].browse(ids).exists()
        try:
            cases.check_access("read")
            papers = [case._get_paper(kind) for case in cases]
        except (AccessError, MissingError):
            papers = []
        if not papers or None in papers:
            raise request.not_found()
        name, content = cases._draw_all(papers)
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)
