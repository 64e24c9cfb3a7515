"""What a feed's screen does: its lists, its buttons."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    map_ids = fields.One2many("shop.feed.map", "feed_id", string="Mapping", copy=True)
    rule_ids = fields.One2many("shop.feed.rule", "feed_id", string="Rules", copy=True, context={"active_test": False})

    def action_build_now(self):
        """Have all items built anew, as soon as the scheduled action runs."""
        self._check_manager()
        self._request_build()
        return self._get_notice(
            self.env._("The feed is being built. Until it is done, the file from before is served.")
        )

    def action_open_items(self):
        return self._get_list_action(self._get_items_action())

    def action_open_left_out(self):
        return self._get_list_action(self._get_items_action(), search_default_left_out=1)

    def action_open_issues(self):
        if not self._tells_of_products():
            return self._get_list_action(self._get_items_action(), search_default_faulty=1)
        return self._get_list_action("shop_feed.shop_feed_issue_action")

    def action_open_builds(self):
        return self._get_list_action("shop_feed.shop_feed_build_action")

    def action_open_fetches(self):
        return self._get_list_action("shop_feed.shop_feed_fetch_action")

    def action_open_landings(self):
        return self._get_list_action("shop_feed.shop_feed_landing_action", search_default_not_same=1)

    def action_preview(self):
        """Open one of the items as the channel shows it: the first that is sent, else the first there is."""
        self.ensure_one()
        self.check_access("read")
        if not self._tells_of_products():
            return self.action_open_items()
        items = self.env["shop.feed.item"].search([("feed_id", "=", self.id)], order="external_id", limit=100)
        first = items.filtered(lambda item: item.state == "sent")[:1] or items[:1]
        if not first:
            return self.action_open_items()
        return first._get_records_action(name=self.env._("Preview"))

    def _request_build(self):
        """Have all items looked at again, as soon as the scheduled action can."""
        self.env["shop.feed.mark"]._add(self)
        self.sudo().rows_built_on = False  # when the server looked last is the server's to say
        self._wake_builder()

    @api.model
    def _wake_builder(self):
        """Have what has changed built now rather than at the next round."""
        self.env.ref("shop_feed.ir_cron_feed_refresh")._trigger()

    @api.model
    def _get_mended_action(self):
        """Close the small form in which a problem was mended, and have it built."""
        self.browse().check_access("read")
        self._wake_builder()
        return self._get_notice(self.env._("Saved. Feeds follow within a minute."))

    @api.model
    def _get_notice(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def _get_list_action(self, xmlid, **context):
        self.ensure_one().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {
            **action,
            "domain": [("feed_id", "=", self.id)],
            "context": {"default_feed_id": self.id, "shop_feed_one_feed": True, **context},
        }

    def _get_items_action(self):
        kind = "item" if self._tells_of_products() else "row"
        return f"shop_feed.shop_feed_{kind}_action"

    def _check_manager(self):
        if not self.env.user.has_group("shop_feed.group_feed_manager"):
            raise AccessError(self.env._("Only a manager of shop feeds may do this."))
        self.check_access("write")
