"""How a feed stands, in figures: counted when they are looked at, so that none is stale."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..channels.score import score

ITEM, ROW = "shop.feed.item", "shop.feed.row"  # a feed has the ones or the others


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    sent_count = fields.Integer(string="Items Sent", compute="_compute_figures")
    left_out_count = fields.Integer(string="Items Left Out", compute="_compute_figures")
    warned_count = fields.Integer(string="Items with Warnings", compute="_compute_figures")
    waiting_count = fields.Integer(string="Items to Be Built", compute="_compute_figures")
    score = fields.Integer(
        compute="_compute_figures",
        help="Share of the items without problems; an item with warnings counts a quarter of one that can't be sent.",
    )
    has_score = fields.Boolean(compute="_compute_figures")
    issue_count = fields.Integer(string="Problems", compute="_compute_issue_count")
    item_count = fields.Integer(string="Items", compute="_compute_figures")
    differing_count = fields.Integer(string="Pages that Say Something Else", compute="_compute_differing_count")
    fetch_count = fields.Integer(string="Fetches", compute="_compute_fetches")
    last_fetch = fields.Datetime(compute="_compute_fetches")
    last_build = fields.Datetime(related="build_id.ended_on", string="Built")
    held_build_id = fields.Many2one("shop.feed.build", compute="_compute_held_build_id")
    held_reason = fields.Text(compute="_compute_held_build_id")

    def _compute_figures(self):
        states = self._count_items_by(Domain.TRUE, "state")
        warned = self._count_items_by(Domain("state", "=", "sent") & Domain("warning_count", ">", 0))
        waiting = self._count_items_by(Domain("is_dirty", "=", True), models=(ITEM,))
        for feed in self:
            sent, left_out = states.get((feed.id, "sent"), 0), states.get((feed.id, "left_out"), 0)
            feed.sent_count, feed.left_out_count = sent, left_out
            feed.item_count = sum(count for (of, _state), count in states.items() if of == feed.id)
            feed.warned_count = warned.get((feed.id,), 0)
            feed.waiting_count = waiting.get((feed.id,), 0)
            found = score(sent + left_out, left_out, feed.warned_count)
            feed.score, feed.has_score = found or 0, found is not None

    def _count_items_by(self, domain, *groupby, models=(ITEM, ROW)):
        """Items and rows of these feeds that fit a domain, by the feed's id and what else is asked for."""
        counts = {}
        for model in models:
            rows = self.env[model]._read_group(
                Domain("feed_id", "in", self.ids) & domain, ["feed_id", *groupby], ["__count"]
            )
            counts |= {(feed.id, *rest): count for feed, *rest, count in rows}
        return counts

    def _compute_issue_count(self):
        grave = Domain("feed_id", "in", self.ids) & Domain("severity", "in", ["error", "warning"])
        counts = dict(self.env["shop.feed.issue"]._read_group(grave, ["feed_id"], ["__count"]))
        sums = ["error_count:sum", "warning_count:sum"]
        rows = self.env[ROW]._read_group([("feed_id", "in", self.ids)], ["feed_id"], sums)
        counts |= {feed: errors + warnings for feed, errors, warnings in rows}
        for feed in self:
            feed.issue_count = counts.get(feed, 0)

    def _compute_differing_count(self):
        other = Domain("feed_id", "in", self.ids) & Domain("state", "!=", "same")
        counts = dict(self.env["shop.feed.landing"]._read_group(other, ["feed_id"], ["__count"]))
        for feed in self:
            feed.differing_count = counts.get(feed, 0)

    def _compute_fetches(self):
        rows = self.env["shop.feed.fetch"]._read_group(
            [("feed_id", "in", self.ids)], ["feed_id"], ["__count", "moment:max"]
        )
        found = {feed: (count, last) for feed, count, last in rows}
        for feed in self:
            feed.fetch_count, feed.last_fetch = found.get(feed, (0, False))

    def _compute_held_build_id(self):
        held = self.env["shop.feed.build"].search([("feed_id", "in", self.ids), ("state", "=", "held")])
        latest = {build.feed_id: build for build in held.sorted("id")}
        for feed in self:
            feed.held_build_id = latest.get(feed, False)
            feed.held_reason = feed.held_build_id.reason or False


class ShopFeedBuild(models.Model):
    _inherit = "shop.feed.build"

    difference = fields.Html(string="What Changed", compute="_compute_difference", sanitize=False)
    reason = fields.Text(string="Why It Waits", compute="_compute_reason")

    @api.depends("started_on")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for build in self:
            build.display_name = format_datetime(self.env, build.started_on, tz=self.env.tz.zone, dt_format="short")

    @api.depends("holds")
    @api.depends_context("lang")
    def _compute_reason(self):
        for build in self:
            build.reason = "\n".join(map(build._get_hold_sentence, build.holds or []))

    @api.depends("samples")
    @api.depends_context("lang")
    def _compute_difference(self):
        for build in self:
            counts = {kind: build[f"{kind}_count"] for kind in ("added", "changed", "removed")}
            build.difference = self._render_difference(counts, build.samples or {})

    @api.model
    def _render_difference(self, counts, samples):
        """What is new, changed or gone, as HTML; False where nothing is.

        :param dict counts: numbers of items by kind
        :param dict samples: identifiers of some of them, likewise
        """
        titles = {"added": self.env._("Added"), "changed": self.env._("Changed"), "removed": self.env._("Gone")}
        groups = [
            {"title": title, "count": counts[kind], "names": samples[kind]}
            for kind, title in titles.items()
            if samples.get(kind)
        ]
        return self.env["ir.qweb"]._render("shop_feed.build_difference", {"groups": groups}) if groups else False
