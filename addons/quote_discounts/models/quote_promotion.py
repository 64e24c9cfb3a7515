"""Promotions: discounts for a time, for every customer alike."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class QuotePromotion(models.Model):
    """A discount that every customer gets alike, with a reason he can read; nothing of it was negotiated."""

    _name = "quote.promotion"
    _inherit = ["quote.offer"]
    _description = "Promotion"
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="What the customer reads beside the discount.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    date_start = fields.Date(required=True, default=fields.Date.context_today)
    pricelist_ids = fields.Many2many(
        "product.pricelist",
        string="Price Lists",
        check_company=True,
        help="Only for quotes on these price lists. Empty: on all of them.",
    )
    note = fields.Text(string="Internal Note")
    state = fields.Selection(
        [("draft", "Planned"), ("running", "Running"), ("ended", "Ended")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )
    overlap_ids = fields.Many2many(
        "quote.promotion",
        string="Promotions for the Same Products",
        compute="_compute_overlap_ids",
        help="Where several promotions meet, the customer gets the best of them.",
    )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        """By today's date: a stored status would be wrong from the next night on."""
        today = fields.Date.context_today(self)
        for promotion in self:
            if not promotion.date_start or promotion.date_start > today:
                promotion.state = "draft"
            else:
                promotion.state = "running" if promotion._get_period().contains(today) else "ended"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        states = {
            "draft": Domain("date_start", ">", today),
            "running": Domain("date_start", "<=", today)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today)),
            "ended": Domain("date_start", "<=", today) & Domain("date_end", "<", today),
        }
        return Domain.OR(states[state] for state in value if state in states)

    @api.depends(
        "active",
        "applied_on",
        "product_id",
        "product_tmpl_id",
        "categ_id",
        "date_start",
        "date_end",
        "pricelist_ids",
        "company_id",
    )
    def _compute_overlap_ids(self):
        """The other promotions that may apply to the same line of a quote."""
        others = self.search([("company_id", "in", self.company_id.ids)])
        places = {other.id: other._get_place() for other in others}
        for promotion in self:
            place = promotion._get_place()
            promotion.overlap_ids = others.filtered(
                lambda other, promotion=promotion, place=place: promotion.active
                and other != promotion._origin
                and other.company_id == promotion.company_id
                and other._get_period().meets(promotion._get_period())
                and promotion._shares_list_with(other)
                and places[other.id].meets(place)
            )

    def _shares_list_with(self, other):
        lists = self.pricelist_ids._origin
        return not lists or not other.pricelist_ids or bool(lists & other.pricelist_ids)

    @api.constrains("discount_text")
    def _check_discount(self):
        if any(not promotion.discount_text for promotion in self):
            raise ValidationError(self.env._("Write what the promotion takes off, such as 10 or 10+5."))

    def _prepare_offer(self):
        # OVERRIDE: promotions are for some price lists.
        return super()._prepare_offer()._replace(list_ids=frozenset(self.pricelist_ids.ids))
