"""Printing quotes: drafts are marked on each page, and both builds of wkhtmltopdf print a letterhead.

Debian's build (unpatched Qt) prints neither header nor footer and not several documents at once: there the letterhead
goes into the body, quotes are printed one by one, and their pages are numbered afterwards.
"""

import io

import lxml.html
from lxml import etree
from markupsafe import Markup

from odoo import models

from odoo.addons.base.models import ir_actions_report

from ..evidence.stamp import stamp

QUOTES = ("sale.report_saleorder", "sale.report_saleorder_raw", "sale.report_saleorder_pro_forma")
LOGO_HEIGHT, LINE_HEIGHT = 36, 6  # of a letterhead, in millimetres
HEADER, ARTICLE = (f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in ("header", "article"))


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # OVERRIDE: of quotes, drafts are marked; without headers and footers they are printed one by one and numbered.
        is_quote = self._get_report(report_ref).report_name in QUOTES and res_ids
        bare = is_quote and not self._has_headers()
        streams = {}
        for ids in [[res_id] for res_id in res_ids] if bare else [res_ids]:
            streams |= super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=ids)
        for order in self.env["sale.order"].browse(filter(None, streams) if is_quote else ()):
            watermark = "" if order._is_offer_allowed() else self._get_watermark(order)
            if watermark or bare:
                paper = stamp(streams[order.id]["stream"].getvalue(), watermark, numbered=bare)
                streams[order.id]["stream"] = io.BytesIO(paper)
        return streams

    def _prepare_html(self, html, report_model=False):
        # OVERRIDE: the lines of a quote begin below its letterhead, which is in the body where no header is printed.
        bodies, res_ids, header, footer, arguments = super()._prepare_html(html, report_model=report_model)
        if self.report_name in QUOTES and self._has_headers():
            arguments = {**self._get_header_room(header), **arguments}
        elif self.report_name in QUOTES:
            heads = lxml.html.fromstring(header).xpath(f"//div[{HEADER}]")
            bodies = [self._add_letterhead(body, head) for body, head in zip(bodies, heads, strict=False)]
        return bodies, res_ids, header, footer, arguments

    def _get_header_room(self, header):
        """Room for a letterhead with a long address, which else hides the first lines of each page."""
        addresses = lxml.html.fromstring(header).xpath("//*[@name='company_address_list']")
        lines = max((len(address.xpath(".//br | .//li")) for address in addresses), default=0)
        paper = self.get_paperformat()
        needed = LOGO_HEIGHT + LINE_HEIGHT * lines
        if needed <= paper.margin_top:
            return {}
        more = needed - paper.margin_top
        return {
            "data-report-margin-top": str(needed),
            "data-report-header-spacing": str(paper.header_spacing + more),
        }

    def _add_letterhead(self, body, head):
        """The body of a document with the letterhead at its top."""
        root = lxml.html.fromstring(body)
        for article in root.xpath(f"//div[{ARTICLE}]")[:1]:
            article.insert(0, head)
        page = etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
        return Markup(page)  # noqa: S704 (a page that QWeb rendered)

    def _get_watermark(self, order):
        return order.with_context(lang=order.partner_id.lang).env._("DRAFT")

    def _has_headers(self):
        """Whether the wkhtmltopdf at hand prints headers and footers."""
        return ir_actions_report._wkhtml().is_patched_qt
