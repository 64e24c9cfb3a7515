"""Quotes that say when their list has changed, and orders that remember which revision of it they were sold on."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .empty_columns import create_empty_columns
from .price_memo import KEY, OrderPrices
from .sale_order_line import COPY_KEY, Copying

COLUMNS = {"listino_revision": "int4", "listino_revision_date": "date"}
SERVER_FIELDS = {*COLUMNS, "listino_share_id"}
LINES_KEY = "listino_only_line_ids"
MOST_NAMED = 5


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["listino.server.fields", "listino.internal.fields", "sale.order"]

    listino_revision = fields.Integer(
        string="Price List Revision",
        compute="_compute_listino_revision",
        store=True,
        precompute=True,
        copy=False,
        help="Number of the revision of the price list that was current when the order was priced.",
        is_internal=True,
    )
    listino_revision_date = fields.Date(
        string="Revision of",
        compute="_compute_listino_revision",
        store=True,
        precompute=True,
        copy=False,
        is_internal=True,
    )
    listino_revision_label = fields.Char(
        string="Price List Edition",
        compute="_compute_listino_revision_label",
        compute_sudo=True,  # it is printed for the customer, who reads none of what it is made of
    )
    listino_changed_count = fields.Integer(
        string="Changed Prices", compute="_compute_listino_price_notice", is_internal=True
    )
    listino_price_notice = fields.Html(compute="_compute_listino_price_notice", sanitize=False, is_internal=True)

    def _auto_init(self):
        # OVERRIDE: the revision behind the orders already there is not known.
        create_empty_columns(self, COLUMNS)
        return super()._auto_init()

    # === COMPUTES === #

    @api.depends("state")
    def _compute_listino_revision(self):
        """The revision behind the prices, from the confirmation on."""
        for order in self:
            revision = order._get_current_listino_revision() if order.state == "sale" else None
            order.listino_revision, order.listino_revision_date = revision or (0, False)

    @api.depends("state", "pricelist_id", "listino_revision", "listino_revision_date", "order_line.listino_price_date")
    @api.depends_context("lang")
    def _compute_listino_revision_label(self):
        for order in self:
            order.listino_revision_label = order._name_listino_revision()

    @api.depends("state", "pricelist_id", "order_line.listino_price_changed")
    @api.depends_context("lang")
    def _compute_listino_price_notice(self):
        for order in self:
            changed = order.order_line.filtered("listino_price_changed")
            order.listino_changed_count = len(changed)
            order.listino_price_notice = order._describe_changed_prices(changed) if changed else False

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: which revision an order was sold on, and through which link, is for the server to say.
        return super()._get_server_fields() | SERVER_FIELDS

    def copy(self, default=None):
        # OVERRIDE: the copy has the old prices, so it keeps where and when they were taken, too.
        if "order_line" in (default or {}):
            return super().copy(default)
        return super(SaleOrder, self.with_context(**{COPY_KEY: Copying()})).copy(default).with_env(self.env)

    # === ACTIONS === #

    def action_update_changed_prices(self):
        """Take today's list prices for the lines whose list price has changed; agreed prices stay as they are.

        The quote gets today's date, since Odoo prices a quote by the rules of its date.
        """
        self.ensure_one()
        self.check_access("write")
        changed = self.order_line.filtered("listino_price_changed")
        if not changed:
            return
        now = fields.Datetime.now()
        self.date_order = max(self.date_order, now)
        self.with_context(**{LINES_KEY: changed.ids}).action_update_prices()

    def _action_confirm(self):
        # OVERRIDE: lines that were there before this app get their origin now.
        lines = self.order_line.sudo()  # the origin is the server's to write
        lines.filtered(lambda line: line._has_list_price() and not line.listino_price_date)._take_list_prices()
        return super()._action_confirm()

    # === PRICES === #

    def _get_update_prices_lines(self):
        # OVERRIDE: the update of changed prices leaves the others alone.
        lines = super()._get_update_prices_lines()
        only = self.env.context.get(LINES_KEY)
        return lines.filtered(lambda line: line.id in only) if isinstance(only, list) else lines

    def _recompute_prices(self):
        # OVERRIDE: the prices are asked of the list once, and the lines remember what it said.
        lines = self._get_update_prices_lines()
        orders = self.with_context(**{KEY: OrderPrices(lines)}) if len(lines) > 1 else self
        result = super(SaleOrder, orders)._recompute_prices()
        lines.with_env(orders.env)._take_list_prices()
        return result

    def _describe_changed_prices(self, changed):
        """The notice on a quote: since when, which lines, from which price to which."""
        self.ensure_one()
        taken = fields.Datetime.context_timestamp(self, min(changed.mapped("listino_price_date")))
        head = self.env._(
            "Since %(date)s, prices have changed in the list %(pricelist)s. Changed lines: %(count)s.",
            date=format_date(self.env, taken),
            pricelist=self.pricelist_id.name,
            count=len(changed),
        )
        items = [self._describe_changed_price(line) for line in changed[:MOST_NAMED]]
        if len(changed) > MOST_NAMED:
            items.append(self.env._("and %(count)s more", count=len(changed) - MOST_NAMED))
        rows = Markup("").join(Markup("<li>%s</li>") % item for item in items)
        return Markup('<div>%s</div><ul class="mb-0">%s</ul>') % (head, rows)

    def _describe_changed_price(self, line):
        old, new = (
            formatLang(self.env, price, currency_obj=self.currency_id)
            for price in (line.listino_price, line.listino_current_price)
        )
        return self.env._(
            "%(product)s: from %(old)s to %(new)s", product=line.product_id.display_name, old=old, new=new
        )

    # === REVISIONS === #

    def _name_listino_revision(self):
        """The revision as the customer reads it, or False where the list was never published."""
        self.ensure_one()
        if self.state == "sale":
            number, date = self.listino_revision, self.listino_revision_date
        else:
            number, date = self._get_current_listino_revision() or (0, False)
        if not number:
            return False
        return self.env._(
            "%(pricelist)s, revision %(number)s of %(date)s",
            pricelist=self.pricelist_id.name,
            number=number,
            date=format_date(self.env, date),
        )

    def _get_current_listino_revision(self):
        """Number and date of the list's revision that was current when the order was priced, or None; hook."""
        self.ensure_one()
        pricelist = self.pricelist_id.sudo()  # a customer who prints his quote reads no publications
        revision = pricelist and pricelist._get_current_revision(self._get_listino_price_date())
        if not revision:
            return None
        return revision.number, fields.Datetime.context_timestamp(self, revision.date).date()

    def _get_listino_price_date(self):
        """When the oldest of the order's prices was taken."""
        self.ensure_one()
        dates = [line.listino_price_date for line in self.order_line if line.listino_price_date]
        return min(dates, default=self.date_order)
