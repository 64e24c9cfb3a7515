"""Where an item stands on the share page: in which category, and beside which others."""

from odoo import api, fields, models

from ..share.shelf import shelf

CATALOGUED = "item.state IN ('sent', 'left_out') AND item.sort_title <> ''"


class ShopFeedItem(models.Model):
    """The page of a large feed sorts, counts and searches its items by these columns: what is sent is unpacked only of
    those that it shows. Builds write them; computing is for items that were there before.
    """

    _inherit = "shop.feed.item"

    sort_title = fields.Char(compute="_compute_shelf", store=True, help="The title by which the share page sorts.")
    category_path = fields.Char(compute="_compute_shelf", store=True, help="The category in the share page.")
    search_text = fields.Text(compute="_compute_shelf", store=True, help="In which the share page's search looks.")

    _shelf_index = models.Index("(feed_id, sort_title, id) WHERE state IN ('sent', 'left_out') AND sort_title <> ''")
    _category_index = models.Index(
        "(feed_id, category_path COLLATE \"C\") WHERE state IN ('sent', 'left_out') AND sort_title <> ''"
    )

    @api.depends("values")
    def _compute_shelf(self):
        for item in self:
            channel = item.feed_id.channel_id._get_specification()
            item.update(shelf(channel, item["values"] or {})._asdict())
