"""What has changed in a feed's file since a channel fetched it last."""

from odoo import api, fields, models

from ..builds import contents
from ..builds.difference import difference


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    changes = fields.Html(
        string="Changes Since the Last Fetch",
        compute="_compute_changes",
        sanitize=False,
        help="Not at the channel yet.",
    )

    @api.depends("build_id")
    @api.depends_context("lang")
    def _compute_changes(self):
        for feed in self:
            change = feed._get_changes()
            feed.changes = change and self.env["shop.feed.build"]._render_difference(change._asdict(), change.samples)

    def _get_changes(self):
        """The file that is served beside the one that was fetched last.

        :rtype: builds.difference.Difference
        :return: None where nothing was fetched yet, or what was fetched is not kept
        """
        # Files in the list of builds are the server's; only numbers and identifiers of them are shown.
        fetched, served = self._get_last_fetch().build_id.sudo(), self.build_id.sudo()
        if not (fetched and fetched._is_whole() and served._is_whole()):
            return None
        with fetched.contents_id._open_stream() as before, served.contents_id._open_stream() as now:
            return difference(contents.read(before), contents.read(now))
