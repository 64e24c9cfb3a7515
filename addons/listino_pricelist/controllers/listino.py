"""Downloads of price lists."""

import tempfile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import FileWrapper

from odoo import http
from odoo.http import content_disposition, request

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
IN_MEMORY = 8 * 1024 * 1024  # bytes; a longer file goes to the disk


def send_file(name, extension, write):
    """A response with the file that a function writes to a stream."""
    stream = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write(stream)
    length = stream.tell()
    stream.seek(0)
    headers = [
        ("Content-Type", CONTENT_TYPES[extension]),
        ("Content-Disposition", content_disposition(name)),
        ("Content-Length", length),
    ]
    return request.make_response(FileWrapper(stream), headers)


class ListinoController(http.Controller):
    @http.route("/listino/document/<int:document_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def document(self, document_id, extension):
        """A listino document as a file, for those who may read it."""
        return self._send_record("listino.document", document_id, extension)

    @http.route("/listino/run/<int:run_id>/zip", auth="user", readonly=True)
    def run(self, run_id):
        """All the files that a run has made, as an archive."""
        run = self._find("listino.run", run_id)
        return send_file(run.document_id._get_file_name("zip"), "zip", run._write_zip)

    @http.route("/listino/publication/<int:publication_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def publication(self, publication_id, extension):
        """A published revision as it was printed, for those who may read it."""
        return self._send_record("listino.publication", publication_id, extension)

    @http.route("/listino/difference/<int:difference_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def difference(self, difference_id, extension):
        """What changed between two contents of a price list."""
        return self._send_record("listino.difference", difference_id, extension)

    @http.route("/listino/simulation/<int:simulation_id>/<any(pdf,xlsx,csv):extension>", auth="user", readonly=True)
    def simulation(self, simulation_id, extension):
        """A comparison of prices."""
        return self._send_record("listino.simulation", simulation_id, extension)

    def _find(self, model, record_id):
        """The record, for those who may read it."""
        record = request.env[model].browse(record_id).exists()
        if not record:
            raise NotFound
        record.check_access("read")
        return record

    def _send_record(self, model, record_id, extension):
        record = self._find(model, record_id)
        return send_file(
            record._get_file_name(extension), extension, lambda stream: record._write_file(extension, stream)
        )
