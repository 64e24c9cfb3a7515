"""Quotes typed at the telephone: a page of products at the customer's own prices, a total as it will be, one call to
write the quote.

Every figure comes from an order that is built in memory by the fields of ``sale.order`` themselves, so what the screen
shows is what the quote then says, to the cent. All methods run with the rights of whoever asks.
"""

import math

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..cascade.steps import CascadeError

PAGE = 80
MOST_LINES = 500
LARGEST_QUANTITY = 1e9


class QuoteQuick(models.AbstractModel):
    """The server's half of the quick quote screen; ``quick_quote_*.py`` fetch and write what it shows."""

    _name = "quote.quick"
    _description = "Quick Quote"

    # === CALLS OF THE SCREEN === #

    @api.model
    def _open(self, **params):
        """The action that opens the screen for a customer or an opportunity."""
        action = self.env["ir.actions.client"]._for_xml_id("quote_discounts.quick_quote_action")
        return {**action, "params": params}

    @api.model
    def open_quote(self, partner_id, opportunity_id=False):
        """What the screen opens with: the head of the quote, the categories and the first page of products.

        :rtype: dict
        """
        order = self._new_order(partner_id, opportunity_id)
        return {
            "partner": {"id": order.partner_id.id, "name": order.partner_id.display_name},
            "opportunity": order.opportunity_id.display_name if order.opportunity_id else "",
            "pricelist": order.pricelist_id.display_name or "",
            "categories": self._get_categories(),
            "page": self._get_page(order),
            "totals": self._describe_totals(order),
            "has_history": bool(self._get_last_order(order.partner_id)),
        }

    @api.model
    def get_products(self, partner_id, opportunity_id=False, *, search="", category_id=False, offset=0):
        """A page of products with the customer's prices.

        :param str search: words that all have to be in name, code or barcode
        :return: ``products``: list of dictionaries; ``total``: how many there are; ``offset``
        :rtype: dict
        """
        order = self._new_order(partner_id, opportunity_id)
        return self._get_page(order, search=search, category_id=category_id, offset=offset)

    @api.model
    def compute_quote(self, partner_id, opportunity_id, lines):
        """What the lines and the quote would come to.

        :param lines: list of ``{"product_id", "quantity", "discount", "uom_id"}``
        :return: ``lines``: what each comes to, with ``error`` where it can't be written so; ``totals``
        :rtype: dict
        """
        errors = [self._find_error(line) for line in self._read_lines(lines)]
        good = [line for line, error in zip(lines, errors, strict=True) if not error]
        order = self._new_order(partner_id, opportunity_id, good)
        described = iter(self._describe_line(line) for line in order.order_line)
        return {
            "lines": [{"error": error} if error else next(described) for error in errors],
            "totals": self._describe_totals(order),
        }

    @api.model
    def create_quote(self, partner_id, opportunity_id, lines):
        """Write the quote.

        :return: id of the draft order
        :rtype: int
        :raise UserError: where there is no line, or one can't be written so
        """
        lines = self._read_lines(lines)
        if not lines:
            raise UserError(self.env._("Add a product first: search it, then press Enter."))
        for line in lines:
            if error := self._find_error(line):
                raise UserError(error)
        return self.env["sale.order"].create(self._prepare_order_vals(partner_id, opportunity_id, lines)).id

    # === THE ORDER IN MEMORY === #

    @api.model
    def _new_order(self, partner_id, opportunity_id, lines=()):
        """An order that is written nowhere, with the figures that it would have.

        Its lines look for no analytic distribution: it has no say in the figures, and costs a query a line.
        """
        self.env["sale.order"].check_access("create")
        vals = self._prepare_order_vals(partner_id, opportunity_id, self._read_lines(lines))
        for _command, _id, line in vals["order_line"]:
            line["analytic_distribution"] = False
        return self.env["sale.order"].new(vals)

    @api.model
    def _prepare_order_vals(self, partner_id, opportunity_id, lines):
        """Values of the quote; those of an opportunity as its own button gives them."""
        partner = self._get_partner(partner_id)
        vals = {"company_id": self.env.company.id}
        if lead := self._get_opportunity(opportunity_id, partner):
            defaults = lead._prepare_opportunity_quotation_context()
            vals |= {name.removeprefix("default_"): value for name, value in defaults.items()}
        vals["partner_id"] = partner.id
        vals["order_line"] = [Command.create(self._prepare_line_vals(line)) for line in lines]
        return vals

    @api.model
    def _prepare_line_vals(self, line):
        vals = {"product_id": line["product_id"], "product_uom_qty": line["quantity"]}
        if line["uom_id"]:
            vals["product_uom_id"] = line["uom_id"]
        if line["discount"]:
            vals["discount_text"] = line["discount"]
        return vals

    @api.model
    def _get_partner(self, partner_id):
        partner = self.env["res.partner"].browse(partner_id if isinstance(partner_id, int) else ()).exists()
        if not partner:
            raise UserError(self.env._("Choose the customer first."))
        partner.check_access("read")
        return partner

    @api.model
    def _get_opportunity(self, opportunity_id, partner):
        """The opportunity, if it is still there and this customer's."""
        lead = self.env["crm.lead"].browse(opportunity_id if isinstance(opportunity_id, int) else ()).exists()
        if lead:
            lead.check_access("read")
            if lead.partner_id and lead.partner_id.commercial_partner_id != partner.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "The opportunity %(opportunity)s belongs to another customer. Open the quick quote from it "
                        "again.",
                        opportunity=lead.display_name,
                    )
                )
        return lead

    # === WHAT THE SCREEN SENDS === #

    @api.model
    def _read_lines(self, lines):
        """The lines as sent, in one shape.

        :raise UserError: where there are more than a screen can have made
        """
        if len(lines) > MOST_LINES:
            raise UserError(self.env._("A quick quote takes up to %(most)s lines.", most=MOST_LINES))
        return [
            {
                "product_id": int(line["product_id"]),
                "quantity": line.get("quantity"),
                "discount": (line.get("discount") or "").strip(),
                "uom_id": int(line.get("uom_id") or 0),
            }
            for line in lines
        ]

    @api.model
    def _find_error(self, line):
        """What is wrong with a line as typed, or nothing."""
        quantity = line["quantity"]
        is_number = isinstance(quantity, (int, float)) and not isinstance(quantity, bool) and math.isfinite(quantity)
        if not is_number or not 0 < quantity <= LARGEST_QUANTITY:
            return self.env._("Type a quantity above zero.")
        try:
            self.env["sale.order.line"]._read_discount_text(line["discount"])
        except CascadeError as error:
            return self.env["sale.order.line"]._explain_cascade_error(error)
        return ""
