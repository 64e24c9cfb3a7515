"""The readiness list of a website: looked up when it is opened, kept nowhere."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..models.feed_readiness_words import REASONS, TITLES
from ..trust.checks import readiness

SETTINGS = "website.action_website_configuration"
# Where each answer is mended: on a page in the website's editor, or in a list of Odoo.
EDITED = {"placeholder": "/", "not_shown": "/", "not_linked": "/", "off": "/shop"}  # off: on a product's page
ACTIONS = {
    ("returns", "no_page"): "website.action_website_pages_list",
    ("shipping", "no_way"): "delivery.action_delivery_carrier_form",
    ("shipping", "not_said"): "website.action_website_pages_list",
    ("payment", "none"): "payment.action_payment_provider",
    ("payment", "test_only"): "payment.action_payment_provider",
    ("account", "mandatory"): SETTINGS,
    ("extra_step", "asked"): SETTINGS,
    ("reviews", "not_asked"): SETTINGS,
    ("prices", "net"): SETTINGS,
}
STATE_NAMES = [("missing", "Missing"), ("better", "Could be better"), ("good", "Good")]


class ShopFeedReadiness(models.TransientModel):
    """What a shop that people trust has, and where each of it is mended."""

    _name = "shop.feed.readiness"
    _description = "Readiness of a Shop"
    _rec_name = "website_id"

    website_id = fields.Many2one(
        "website", required=True, ondelete="cascade", default=lambda self: self._get_default_website()
    )
    line_ids = fields.One2many("shop.feed.readiness.line", "readiness_id", readonly=True)
    missing_count = fields.Integer(string="Missing", compute="_compute_counts")
    better_count = fields.Integer(string="Could Be Better", compute="_compute_counts")
    good_count = fields.Integer(string="Good", compute="_compute_counts")

    @api.model
    def _get_default_website(self):
        websites = self.env["website"].search([("company_id", "in", self.env.companies.ids)])
        return websites.filtered(lambda website: website.company_id == self.env.company)[:1] or websites[:1]

    @api.depends("line_ids.state")
    def _compute_counts(self):
        for readiness_ in self:
            states = readiness_.line_ids.mapped("state")
            for state, _name in STATE_NAMES:
                readiness_[f"{state}_count"] = states.count(state)

    @api.constrains("website_id")
    def _check_website(self):
        if self.website_id.company_id - self.env.companies:
            raise AccessError(self.env._("This website is of another company."))

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: the list is looked up as soon as it is opened.
        lists = super().create(vals_list)
        lists._look_up()
        return lists

    @api.model
    def action_open(self):
        """The list of the website at hand."""
        return self.create({})._open()

    def action_look_again(self):
        """The list anew, of the website that is chosen now."""
        self.ensure_one()
        return self.create({"website_id": self.website_id.id})._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Is the Shop Ready?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "current",
        }

    def _look_up(self):
        for each in self:
            found = readiness(each.website_id._get_trust_facts())
            self.env["shop.feed.readiness.line"].sudo().create(  # nobody writes lines by hand
                [{"readiness_id": each.id, "sequence": place, **answer._asdict()} for place, answer in enumerate(found)]
            )


class ShopFeedReadinessLine(models.TransientModel):
    """One question, and how it stands."""

    _name = "shop.feed.readiness.line"
    _description = "Question of a Shop's Readiness"
    _order = "sequence, id"
    _rec_name = "code"

    readiness_id = fields.Many2one("shop.feed.readiness", required=True, readonly=True, index=True, ondelete="cascade")
    website_id = fields.Many2one(related="readiness_id.website_id")
    sequence = fields.Integer(readonly=True)
    code = fields.Char(required=True, readonly=True)
    state = fields.Selection(STATE_NAMES, required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    numbers = fields.Json(readonly=True)
    title = fields.Char(string="Question", compute="_compute_words")
    words = fields.Char(string="How It Stands", compute="_compute_words")
    can_mend = fields.Boolean(compute="_compute_can_mend")

    @api.depends("code", "reason", "numbers")
    @api.depends_context("lang")
    def _compute_words(self):
        for line in self:
            line.title = self.env._(TITLES[line.code])
            line.words = self.env._(REASONS[line.code, line.reason]) % (line.numbers or {})

    @api.depends_context("uid")
    @api.depends("state", "reason")
    def _compute_can_mend(self):
        for line in self:
            line.can_mend = line.state != "good" and line._get_mended().has_access("write")

    def _get_mended(self):
        """What changes when it is mended: a record, or a model of which any may."""
        website, action = self.website_id, ACTIONS.get((self.code, self.reason))
        if self.reason in EDITED:
            return self.env["ir.ui.view"]
        if self.code == "reductions":
            return self.env["product.template"]
        if action:
            return self.env[self.env.ref(action).sudo().res_model]  # which screen it is, is no secret
        return website.company_id if self.reason == "no_number" else website

    def action_mend(self):
        """Where it is mended."""
        self.ensure_one()
        self.check_access("read")
        website = self.website_id
        if self.reason in EDITED:
            page = EDITED[self.reason] if self.reason != "off" else self._get_product_page()
            return website.get_client_action(page, mode_edit=True, website_id=website.id)
        if self.code == "https":
            return self._open_record(website)
        if self.reason == "no_number":
            return self._open_record(website.company_id)
        if self.code == "reductions":
            return self._open_reduced()
        action = ACTIONS.get((self.code, self.reason))
        return self.env["ir.actions.actions"]._for_xml_id(action) if action else False

    def _get_product_page(self):
        """A page on which the editor has the switch of reviews: a product's; the shop where there is none."""
        website = self.website_id
        sold = Domain("is_published", "=", True) & Domain("sale_ok", "=", True) & website.website_domain()
        product = self.env["product.template"].sudo().search(sold, limit=1)  # an address that everybody gets
        return product.website_url or EDITED["off"]

    def _open_record(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "target": "current",
        }

    def _open_reduced(self):
        reduced = self.website_id._get_reduced_items()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Large Discounts"),
            "res_model": "product.product",
            "domain": [("id", "in", list(reduced))],
            "view_mode": "list,form",
        }
