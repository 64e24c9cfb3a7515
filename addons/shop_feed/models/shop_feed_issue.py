"""What is wrong with an item."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..channels.issues import SEVERITIES
from .feed_places import place_of
from .feed_sentences import field_words, issue_sentence, issue_title
from .feed_words import ISSUES

SEVERITY_NAMES = [("error", "Error"), ("warning", "Warning"), ("hint", "Hint")]


class ShopFeedIssue(models.Model):
    """A problem of an item: what it is, how grave, and the numbers its sentence names."""

    _name = "shop.feed.issue"
    _description = "Problem of a Feed's Item"
    _order = "severity, code, id"
    _rec_name = "code"

    item_id = fields.Many2one("shop.feed.item", required=True, readonly=True, index=True, ondelete="cascade")
    feed_id = fields.Many2one("shop.feed", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="feed_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    code = fields.Selection(selection="_get_codes", string="Problem", required=True, readonly=True)
    field_name = fields.Char(string="Field", required=True, readonly=True)
    severity = fields.Selection(SEVERITY_NAMES, required=True, readonly=True)
    numbers = fields.Json(readonly=True)
    message = fields.Char(string="What Is Wrong", compute="_compute_message")

    _feed_index = models.Index("(feed_id, severity, code)")

    @api.model
    def _get_codes(self):
        return [(code, issue_title(self.env, code)) for code in ISSUES]

    @api.depends("code", "field_name", "numbers")
    @api.depends_context("lang")
    def _compute_message(self):
        for problem in self:
            channel = problem.feed_id.channel_id._get_specification()
            words = field_words(self.env, channel, problem.field_name)
            problem.message = issue_sentence(self.env, problem.code, words, problem.numbers)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        # OVERRIDE: by how grave they are, not by letters.
        found = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        if field_name != "severity":
            return found
        severity = self._field_to_sql(alias, "severity", query)
        return SQL("array_position(%s::varchar[], %s) %s", list(SEVERITIES), severity, direction)

    # === MENDING === #

    def action_mend(self):
        """Open the record and the field by which the problem goes away."""
        self.ensure_one()
        place = place_of(self.code, self._get_source())
        action = getattr(self, f"_open_{place.record}")(place.part)
        return {"type": "ir.actions.act_window", "name": self.message, "view_mode": "form", **action}

    def action_mend_all(self):
        """Open the row of the mapping that fills the field, for all products of the feed."""
        self.ensure_one()
        words = field_words(self.env, self.feed_id.channel_id._get_specification(), self.field_name)
        name = self.env._("%(field)s, for all products", field=words)
        return {"type": "ir.actions.act_window", "name": name, "view_mode": "form", **self._open_map("")}

    def action_open_item(self):
        """Open what is sent of the product."""
        self.ensure_one()
        return self.item_id.action_preview()

    def _get_source(self):
        """The source that fills the field; empty where none does."""
        own = self._get_map()
        if own:
            return own.source_1 or ""
        return next(iter(self.feed_id.channel_id._get_default_sources(self.field_name)), "")

    def _get_map(self):
        mapping = Domain("feed_id", "=", self.feed_id.id) & Domain("field_name", "=", self.field_name)
        return self.env["shop.feed.map"].search(mapping, limit=1)

    def _open_product(self, part):
        language = self.feed_id.lang_id.code
        return {
            "res_model": "product.product",
            "res_id": self.product_id.id,
            "views": [(self.env.ref("shop_feed.product_product_view_mend").id, "form")],
            "target": "new",
            # Texts are mended in the language in which they are sent.
            "context": {"shop_feed_part": part, **({"lang": language} if language != self.env.lang else {})},
        }

    def _open_attributes(self, part):
        return {
            "res_model": "product.template",
            "res_id": self.product_id.product_tmpl_id.id,
            "views": [(False, "form")],
        }

    def _open_category(self, part):
        category = self.product_id.public_categ_ids[:1]
        if self.product_id.feed_taxonomy_id or not category:
            return self._open_product("taxonomy")
        return {
            "res_model": "product.public.category",
            "res_id": category.id,
            "views": [(self.env.ref("shop_feed.product_public_category_view_mend").id, "form")],
            "target": "new",
        }

    def _open_history(self, part):
        return {
            "res_model": "shop.feed.price",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("product_id", "=", self.product_id.id), ("pricelist_id", "=", self.feed_id.pricelist_id.id)],
        }

    def _open_feed(self, part):
        return {
            "res_model": "shop.feed",
            "res_id": self.feed_id.id,
            "views": [(False, "form")],
        }

    def _open_shop(self, part):
        if self.feed_id.shop == "external":
            return self._open_feed("shop")
        return {
            "res_model": "website",
            "res_id": self.feed_id.website_id.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _open_carriers(self, part):
        if not self.feed_id.website_id:  # a shop elsewhere has its own ways, which a fixed text says
            return self._open_map(part)
        return {"res_model": "delivery.carrier", "view_mode": "list,form", "views": [(False, "list"), (False, "form")]}

    def _open_payments(self, part):
        if not self.feed_id.website_id:
            return self._open_map(part)
        return {"res_model": "payment.provider", "view_mode": "list,form", "views": [(False, "list"), (False, "form")]}

    def _open_map(self, part):
        # A new row starts from what fills the field without it: it adds to that, and takes nothing away unasked.
        sources = self.feed_id.channel_id._get_default_sources(self.field_name)
        return {
            "res_model": "shop.feed.map",
            "res_id": self._get_map().id,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_feed_id": self.feed_id.id,
                "default_field_name": self.field_name,
                **{f"default_source_{number}": source for number, source in enumerate(sources, 1)},
            },
        }
