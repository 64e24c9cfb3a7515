"""What is known of a website's shop, for its readiness list."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ..trust.checks import Facts
from ..trust.footer import footer_of

MOST_PAGES = 200
MOST_TEXT = 20_000  # characters of a page


class Website(models.Model):
    _inherit = "website"

    def _get_trust_facts(self):
        """The facts of the readiness list.

        :rtype: trust.checks.Facts
        """
        self.ensure_one()
        website = self.sudo().with_context(website_id=self.id)  # whoever may read the website may know how it stands
        company = website.company_id
        return Facts(
            footer=footer_of(website.viewref("website.layout")._get_combined_arch()),
            email=company.email or "",
            phone=company.phone or "",
            vat=company.vat or "",
            pages=website._get_trust_pages(),
            carriers=self.env["delivery.carrier"].sudo().search_count(website._get_trust_domain()),  # a number
            providers=tuple(website._get_trust_providers().mapped("state")),
            base_url=website.get_base_url(),
            account=website.account_on_checkout or "optional",
            has_extra_step=bool(website.viewref("website_sale.extra_info").active),
            has_reviews=bool(website.viewref("website_sale.product_comment").active),
            asks_reviews=website.feed_asks_reviews,
            shows_vat_included=website.show_line_subtotals_tax_selection == "tax_included",
            reduced=len(website._get_reduced_items()),
            percent=website.feed_suspicious_percent,
        )

    def _get_trust_domain(self):
        """What is published here: of the website or of all, of its company or of all."""
        return Domain(
            [
                ("is_published", "=", True),
                ("website_id", "in", [False, self.id]),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )

    def _get_trust_providers(self):
        return self.env["payment.provider"].search(
            self._get_trust_domain() & Domain("state", "in", ["enabled", "test"])
        )

    def _get_trust_pages(self):
        """What the published pages and the terms say, a text each, with their addresses."""
        domain = [("is_published", "=", True), ("website_id", "in", [False, self.id])]
        pages = self.env["website.page"].search(domain, limit=MOST_PAGES)
        texts = [f"{page.url} {page.name} {html2plaintext(page.arch_db or '')[:MOST_TEXT]}" for page in pages]
        if self.env["ir.config_parameter"].get_param("account.use_invoice_terms"):
            texts.append(html2plaintext(self.company_id.invoice_terms_html or "")[:MOST_TEXT])
        return tuple(texts)

    def _get_reduced_items(self):
        """Products that feeds of the website announce at a reduction above its limit: ids."""
        found = set()
        self.env["shop.feed.item"].flush_model(["feed_id", "product_id", "state", "values"])
        for feed in self.env["shop.feed"].sudo().search([("website_id", "=", self.id)]):  # counted, not shown
            found.update(feed._get_reduced_products(self.feed_suspicious_percent))
        return found


class ShopFeed(models.Model):
    _inherit = "shop.feed"

    def _get_reduced_products(self, percent):
        """Ids of products whose sale price lies more than so many percent below the price, as they are sent."""
        roles = self.channel_id._get_specification().by_role
        pairs = (("price", "sale_price"), ("former_price", "current_price"))
        names = [(roles[high].name, roles[low].name) for high, low in pairs if high in roles and low in roles]
        if not names:
            return []
        high, low = (SQL("SPLIT_PART(item.\"values\" ->> %s, ' ', 1)", name) for name in names[0])
        number = r"^[0-9]+(\.[0-9]+)?$"
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.product_id FROM shop_feed_item item
                 WHERE item.feed_id = %(feed)s AND item.state = 'sent'
                   AND CASE WHEN %(high)s ~ %(number)s AND %(low)s ~ %(number)s
                            THEN %(low)s::numeric * 100 < %(high)s::numeric * (100 - %(percent)s) ELSE FALSE END""",
                feed=self.id,
                high=high,
                low=low,
                number=number,
                percent=percent,
            )
        )
        return [product for [product] in rows]
