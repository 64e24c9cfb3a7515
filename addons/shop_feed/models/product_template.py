"""What a product tells channels."""

from odoo import fields, models

GENDER_NAMES = [("female", "Women"), ("male", "Men"), ("unisex", "All")]
AGE_GROUP_NAMES = [
    ("newborn", "Newborn"),
    ("infant", "Infants"),
    ("toddler", "Toddlers"),
    ("kids", "Children"),
    ("adult", "Adults"),
]
CONDITION_NAMES = [("new", "New"), ("refurbished", "Refurbished"), ("used", "Used")]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    feed_brand = fields.Char(string="Brand")
    feed_mpn = fields.Char(string="Manufacturer's Number")
    feed_condition = fields.Selection(CONDITION_NAMES, string="Condition", default="new")
    feed_gender = fields.Selection(GENDER_NAMES, string="Gender")
    feed_age_group = fields.Selection(AGE_GROUP_NAMES, string="Age Group")
    feed_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Channel's Category",
        domain=[("kind", "=", "google")],
        index="btree_not_null",
        ondelete="set null",
        help="Google's, which Meta, Pinterest, TikTok and Microsoft take as well.",
    )
    feed_facebook_taxonomy_id = fields.Many2one(
        "shop.feed.taxonomy",
        string="Facebook's Category",
        domain=[("kind", "=", "facebook")],
        index="btree_not_null",
        ondelete="set null",
        help="Of Meta's own list, beside Google's: Facebook then asks for what belongs to it, such as sizes.",
    )
    feed_title = fields.Char(string="Title for Channels", translate=True)
    feed_description = fields.Text(string="Description for Channels", translate=True)
    feed_is_excluded = fields.Boolean(string="Never in Feeds")
    feed_is_perishable = fields.Boolean(
        string="Perishable", help="Food that perishes: reductions need no price of the days before (art. 17-bis)."
    )
    feed_market_date = fields.Date(
        string="First Offered On",
        help="Of goods that are new on the market: a reduction within their first thirty days may be announced, with "
        "the days for which they have been sold (art. 17-bis, par. 4). Empty: they have been sold for long.",
    )
    feed_quantity = fields.Float(
        string="Net Quantity",
        digits=(12, 3),
        help="Of one piece, drained where it lies in a liquid: for the unit price.",
    )
    feed_unit = fields.Selection(
        [("g", "g"), ("kg", "kg"), ("ml", "ml"), ("cl", "cl"), ("l", "l"), ("m", "m"), ("sqm", "m²"), ("ct", "pieces")],
        string="Unit of Net Quantity",
    )
