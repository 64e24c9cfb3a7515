"""Rows: what a feed tells that is no product, such as an offer or a review, as it was built last."""

from odoo import api, fields, models

from .feed_sentences import field_words, issue_sentence


class ShopFeedRow(models.Model):
    """An offer or a review in a feed, kept piece by piece as items are, with what is wrong with it."""

    _name = "shop.feed.row"
    _description = "Row of a Shop Feed"
    _rec_name = "name"
    _order = "feed_id, external_id"

    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    name = fields.Char(string="What It Is", required=True, readonly=True)
    external_id = fields.Char(string="Identifier", required=True, readonly=True, help="As the channel knows it.")
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", required=True, readonly=True)
    state = fields.Selection(
        [("sent", "Sent"), ("left_out", "Left out: errors"), ("excluded", "Not told")], required=True, readonly=True
    )
    values = fields.Json(readonly=True, help="What is sent, by the channel's names.")
    fragment = fields.Text(readonly=True)
    content_hash = fields.Char(readonly=True)
    problems = fields.Json(readonly=True, help="What is wrong: codes, fields and numbers.")
    error_count = fields.Integer(string="Errors", readonly=True)
    warning_count = fields.Integer(string="Warnings", readonly=True)
    message = fields.Text(string="What Is Wrong", compute="_compute_message")
    sent_text = fields.Text(string="What Is Sent", compute="_compute_sent_text")

    _served_index = models.UniqueIndex('(feed_id, external_id COLLATE "C")', "A feed tells a thing once.")

    @api.depends("problems", "feed_id.channel_id")
    @api.depends_context("lang")
    def _compute_message(self):
        for row in self:
            channel = row.feed_id.channel_id._get_specification()
            row.message = "\n".join(
                issue_sentence(self.env, each["code"], field_words(self.env, channel, each["field"]), each["numbers"])
                for each in row.problems or []
            )

    @api.depends("values")
    def _compute_sent_text(self):
        for row in self:
            row.sent_text = "\n".join(
                f"{name}: {', '.join(value) if isinstance(value, list) else value}"
                for name, value in (row.values or {}).items()
            )

    def action_open_record(self):
        """Open what the row tells of, where it is mended."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
