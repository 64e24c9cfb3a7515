"""An item as its channel shows it."""

from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import format_amount

AVAILABILITY_CLASSES = {"in_stock": "success", "out_of_stock": "danger", "discontinued": "danger"}


class ShopFeedItem(models.Model):
    _inherit = "shop.feed.item"

    title = fields.Char(compute="_compute_shown")
    price_text = fields.Char(string="Price", compute="_compute_shown")
    card = fields.Html(string="As the Channel Shows It", compute="_compute_card", sanitize=False)
    table = fields.Html(string="What Is Sent", compute="_compute_card", sanitize=False)
    product_image = fields.Image(related="product_id.image_128", string="Picture")
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id", string="Product Page")

    @api.depends("product_id", "external_id")
    def _compute_display_name(self):
        for item in self:
            item.display_name = f"{item.product_id.display_name} ({item.external_id})"

    @api.depends("values")
    def _compute_shown(self):
        for item in self:
            says = item._get_meanings()
            item.title = says.get("title") or item.product_id.display_name
            item.price_text = item._get_amount_text(
                says.get("sale_price") or says.get("price") or says.get("current_price")
            )

    @api.depends("values", "state")
    @api.depends_context("lang")
    def _compute_card(self):
        for item in self:
            shown = item._prepare_card()
            item.card = self.env["ir.qweb"]._render("shop_feed.item_card", shown)
            item.table = self.env["ir.qweb"]._render("shop_feed.item_table", {"rows": item._prepare_rows()})

    def action_preview(self):
        """Open what is sent of the product."""
        self.ensure_one().check_access("read")
        return self._get_records_action()

    def action_open_product(self):
        """Open the product."""
        self.ensure_one().check_access("read")
        return self.product_tmpl_id._get_records_action()

    # === HELPERS === #

    def _get_specification(self):
        return self.feed_id.channel_id._get_specification()

    def _get_meanings(self):
        """What is sent, by what it means: the first of several values."""
        values, by_role = self.values or {}, self._get_specification().by_role
        found = {role: values[field.name] for role, field in by_role.items() if values.get(field.name)}
        return {role: value[0] if isinstance(value, list) else value for role, value in found.items()}

    def _get_amount_text(self, text):
        """An amount as people of the feed's language read it; as it is where it is none."""
        number, _blank, code = (text or "").partition(" ")
        currency = self.feed_id.currency_id
        if not number or code not in {"", currency.name}:
            return text or ""
        try:
            return format_amount(self.env, float(number), currency, lang_code=self.feed_id.lang_id.code)
        except ValueError:
            return text

    def _prepare_card(self):
        """What the card shows."""
        says = self._get_meanings()
        price, sale = says.get("price") or says.get("current_price"), says.get("sale_price")
        before = price if sale else says.get("former_price")
        return {
            "item": self,
            "channel": self.feed_id.channel_id.name,
            "title": says.get("title") or self.product_id.display_name,
            "image": self._get_picture_address(says.get("image_link")),
            "brand": says.get("brand"),
            "price": self._get_amount_text(sale or price),
            "before": self._get_amount_text(before),
            "unit_price": says.get("unit_price") or says.get("unit_pricing_measure"),
            "availability": self._prepare_availability(says.get("availability")),
            "shop": urlsplit(says.get("link") or "").hostname or self.feed_id.company_id.name,
            # In a channel of one's own a link may be any text: only an address may be clicked.
            "link": says.get("link") if (says.get("link") or "").startswith(("https://", "http://")) else None,
            "state": dict(self._fields["state"]._description_selection(self.env)).get(self.state),
        }

    def _get_picture_address(self, address):
        """Where this browser gets the picture: our own from here, so that a shop that is not online yet has one too."""
        if not address or self.feed_id.shop == "external":
            return address
        parts = urlsplit(address)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _prepare_availability(self, word):
        """The channel's word for what is in stock, and the colour of ours."""
        field = self._get_specification().by_role.get("availability")
        ours = next((own for own, theirs in field.choices.items() if theirs == word), "") if field else ""
        if not word:
            return None
        return {"word": word.replace("_", " ").capitalize(), "class": AVAILABILITY_CLASSES.get(ours, "warning")}

    def _prepare_rows(self):
        """Rows of the table: each field that is sent or has a problem, in the channel's order."""
        values = self.values or {}
        problems = {}
        for issue in self.issue_ids:
            problems.setdefault(issue.field_name, []).append((issue.severity, issue.message))
        names = list(dict.fromkeys([*self._get_specification().by_name, *values, *problems]))
        return [
            {"name": name, "values": _texts(values.get(name)), "problems": problems.get(name, [])}
            for name in names
            if values.get(name) or name in problems
        ]


def _texts(value):
    """Every value of a field as a text; the parts of a group one beside the other."""
    if isinstance(value, dict):
        return [", ".join(f"{part}: {text}" for part, text in value.items())]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [str(value)] if value else []
