"""New address of a feed: shown once, as only its hash is kept."""

from odoo import api, fields, models


class ShopFeedAddress(models.TransientModel):
    """Asks how, makes the address, shows it. What is shown is in no field that the database has."""

    _name = "shop.feed.address"
    _description = "New Address of a Shop Feed"

    feed_id = fields.Many2one("shop.feed", required=True, ondelete="cascade")
    token_set_on = fields.Datetime(related="feed_id.token_set_on", related_sudo=False)
    grace_days = fields.Integer(
        string="Former Address Works For (Days)",
        default=7,
        help="Until then the channel can be told the new one; 0: the former one stops at once.",
    )
    has_password = fields.Boolean(string="Ask for a Password", help="HTTP Basic: the channel has fields for it.")
    has_file = fields.Boolean(compute="_compute_what_is_served")
    is_held = fields.Boolean(compute="_compute_what_is_served")
    url = fields.Char(string="Address", store=False, readonly=True)
    login = fields.Char(string="User Name", store=False, readonly=True)
    password = fields.Char(store=False, readonly=True)

    _grace_sound = models.Constraint(
        "CHECK(grace_days BETWEEN 0 AND 90)", "A former address works for 90 days at most."
    )

    @api.depends("feed_id")
    def _compute_what_is_served(self):
        for wizard in self:
            wizard.has_file = bool(wizard.feed_id.build_id)
            wizard.is_held = bool(wizard.feed_id.held_build_id)

    def action_make(self):
        """Make a new address and show it."""
        self.ensure_one()
        self.feed_id.check_access("write")
        self.flush_recordset()
        feed = self.feed_id.sudo()  # addresses are the server's to write; who may have one made has been asked
        url, password = feed._make_address(self.grace_days, self.has_password)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Address of %(feed)s", feed=feed.name),
            "res_model": self._name,
            "views": [(self.env.ref("shop_feed.shop_feed_address_view_form_shown").id, "form")],
            "target": "new",
            "context": {
                "default_feed_id": feed.id,
                "default_url": url,
                "default_login": feed._get_login() if password else False,
                "default_password": password,
            },
        }


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def action_make_first_address(self):
        """Make the address of a feed that has none, and show it: there is nothing to be asked.

        One that was made meanwhile stays; another one is a matter of the wizard.
        """
        self.ensure_one()
        self._check_manager()
        if self.token_set_on:
            action = self.env["ir.actions.act_window"]._for_xml_id("shop_feed.shop_feed_address_action")
            return {**action, "context": {"default_feed_id": self.id}}
        return self.env["shop.feed.address"].create({"feed_id": self.id}).action_make()
