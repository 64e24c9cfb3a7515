"""Vouchers: a card and the mail that carries it, both or neither."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..plays.budget import CUSTOMER, MARGIN, NO_COST, PERIOD, Gift, objections
from ..plays.gift import basket_cost, worth
from .lifecycle_play_voucher import to_cents

COVERED = 0.8  # of what a company sells must have a known cost where the customer's own purchases tell nothing


class LifecycleTouch(models.Model):
    _inherit = "lifecycle.touch"

    card_id = fields.Many2one(
        "loyalty.card", string="Voucher", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    promised = fields.Monetary(readonly=True, help="What the voucher was expected to cost when it was given.")
    card_state = fields.Selection(
        [("given", "Given"), ("used", "Used"), ("expired", "Not Used")], string="Voucher's State", readonly=True
    )

    _card_unique = models.Constraint("unique(card_id)", "A voucher belongs to one contact.")

    def _do_voucher(self):
        """Give cards within the budget and the margin, and write the mails; the others are skipped with the reason."""
        step = self.step_id
        if fault := step.with_context(lang=step.play_id._get_owner().lang)._get_program_fault():
            step.play_id._tell_once(fault)
            self._note("skipped", remark=fault)
            return
        self.env["lifecycle.touch"]._refresh_voucher_costs(step.play_id)
        step.play_id._hold_budget()
        given = self._choose_given()
        given._create_cards()
        if given:
            given._do_mail()

    # === WHO GETS ONE === #

    def _choose_given(self):
        """Those whose gifts the budget and the margin allow, in their order; the others are skipped."""
        step, play = self.step_id, self.play_id
        baskets, spent, chosen = self._get_baskets(), play._get_given(), self.browse()
        speaking = play.with_context(lang=play._get_owner().lang)
        budget, least = play._get_budget(), play._get_least_margin()
        for touch in self:
            basket, cost = baskets[touch.partner_id]
            value = step._get_gift_value(basket)
            gift = Gift(value, basket, cost, spent.get(touch.partner_id.id, 0))
            if against := objections(gift, budget, least) if value else ((NO_COST, {}),):
                words = speaking._get_objection_words(against[0])
                touch._note("skipped", remark=words)
                if against[0][0] == PERIOD:
                    play._tell_once(words)
                continue
            spent[touch.partner_id.id] = gift.given + value
            budget = budget.spend(value)
            touch.write({"promised": value / 100, "cost": value / 100, "card_state": "given"})
            chosen |= touch
        return chosen

    def _get_baskets(self):
        """The basket that each customer's voucher is expected with, and its cost; pairs of cents by customer."""
        company, step = self.company_id, self.step_id
        own = self._measure_baskets(company, self.partner_id)
        (all_orders, *everybody), found = self._measure_baskets(company)[None], {}
        for partner in self.partner_id:
            orders, *sold = own.get(partner.id, (0, 0, 0, 0))
            typical = to_cents(sold[0] / orders) if orders else to_cents(everybody[0] / all_orders) if all_orders else 0
            basket = step._get_expected_basket(typical)
            cost = basket_cost(basket, *sold)
            found[partner] = basket, basket_cost(basket, *everybody, COVERED) if cost is None else cost
        return found

    @api.model
    def _measure_baskets(self, company, partners=None):
        """What was bought in two years: number of orders, revenue, and of it the part with a known cost, and that cost.

        :param partners: commercial partners; None: all together, whose key is None
        :return: a dict of such tuples by the customer's id
        """
        for model in ("sale.order", "sale.order.line", "product.product", "res.partner"):
            self.env[model].flush_model()
        query = SQL(
            """
            WITH line AS (
                SELECT %(who)s AS who, o.id AS order_id,
                    l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1) AS revenue,
                    (p.standard_price ->> %(key)s)::numeric * l.product_uom_qty * u.factor / v.factor AS cost
                FROM sale_order o
                JOIN res_partner c ON c.id = o.partner_id
                JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL AND l.reward_id IS NULL
                    AND l.is_downpayment IS NOT TRUE
                JOIN product_product p ON p.id = l.product_id
                JOIN product_template t ON t.id = p.product_tmpl_id
                JOIN uom_uom u ON u.id = l.product_uom_id
                JOIN uom_uom v ON v.id = t.uom_id
                WHERE o.company_id = %(company)s AND o.state = 'sale' AND o.amount_untaxed > 0
                    AND o.date_order >= %(since)s AND %(whose)s
            )
            SELECT who, count(DISTINCT order_id), sum(revenue), COALESCE(sum(revenue) FILTER (WHERE cost > 0), 0),
                COALESCE(sum(cost) FILTER (WHERE cost > 0), 0)
            FROM line GROUP BY who
            """,
            who=SQL("NULL::integer") if partners is None else SQL("c.commercial_partner_id"),
            key=str(company.id),
            company=company.id,
            since=fields.Datetime.now() - timedelta(730),
            whose=SQL("TRUE") if partners is None else SQL("c.commercial_partner_id = ANY(%s)", partners.ids),
        )
        found = {who: tuple(map(float, numbers)) for who, *numbers in self.env.execute_query(query)}
        return found if partners is not None else {None: found.get(None, (0.0, 0.0, 0.0, 0.0))}

    def _create_cards(self):
        """A card for each who has none yet: what failed before and is made again uses the one it had."""
        missing = self.filtered(lambda touch: not touch.card_id)
        cards = self.env["loyalty.card"].sudo().with_context(action_no_send_mail=True)  # whoever sends may not make any
        for touch, card in zip(missing, cards.create([touch._prepare_card() for touch in missing]), strict=True):
            touch.card_id = card
        (self - missing).card_id.sudo().write({"active": True})  # likewise

    def _prepare_card(self):
        program = self.step_id.program_id.sudo()  # not everybody sees programs
        last = self.company_id._lifecycle_today() + timedelta(self.step_id.voucher_days)
        return {
            "program_id": program.id,
            "partner_id": self.partner_id.id,
            "points": min(program.reward_ids.mapped("required_points")),
            "expiration_date": min(last, program.date_to or last),
        }

    def _note(self, state, **values):
        # OVERRIDE: the voucher of a contact that was not made is void, and costs nothing.
        result = super()._note(state, **values)
        void = self.filtered("card_id") if state in ("skipped", "failed") else self.browse()
        void.card_id.sudo().action_archive()  # whoever settles it may not archive cards
        void.write({"cost": 0, "card_state": "expired"})
        return result

    # === WHAT IT COST === #

    @api.model
    def _cron_voucher_costs(self):
        """What vouchers have really cost."""
        self._refresh_voucher_costs(self.search([("card_id", "!=", False)]).play_id)

    @api.model
    def _refresh_voucher_costs(self, plays):
        """The real cost from the orders that used a voucher; nothing where its time is over; else what was promised."""
        touches = self.sudo().search(  # only the server writes costs
            [("play_id", "in", plays.ids), ("card_id", "!=", False), ("state", "=", "done")]
        )
        used = touches._get_used_costs()
        for touch in touches:
            last = touch.card_id.expiration_date
            over = bool(last) and last < touch.company_id._lifecycle_today()
            cost = used.get(touch.card_id.id, 0 if over else touch.promised)
            state = "used" if touch.card_id.id in used else "expired" if over else "given"
            if state != touch.card_state or touch.currency_id.compare_amounts(cost, touch.cost):
                touch.write({"cost": cost, "card_state": state})

    def _get_used_costs(self):
        """What vouchers took off confirmed orders, or gifts cost, in the company's currency, by the card's id."""
        lines = self.env["sale.order.line"].search(
            [("coupon_id", "in", self.card_id.ids), ("order_id.state", "=", "sale")]
        )
        found = {}
        for line in lines:
            taken = -line.price_subtotal / (line.order_id.currency_rate or 1)
            if line.reward_id.reward_type == "product":
                taken = line.product_uom_qty * line.product_id.with_company(line.company_id).standard_price
            found[line.coupon_id.id] = found.get(line.coupon_id.id, 0) + taken
        return found


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    def _get_expected_basket(self, typical):
        """The purchase that the voucher goes with, in cents: the least that the program asks for, or the usual one."""
        program = self.program_id.sudo()  # not everybody sees programs
        least = max(program.rule_ids.mapped("minimum_amount"), default=0)
        return to_cents(self._convert_from_program(least)) or typical

    def _get_gift_value(self, basket):
        """What the dearest of the program's rewards costs with a basket, in cents."""
        rewards = self.program_id.sudo().reward_ids  # not everybody sees programs
        return max(self._get_reward_value(reward, basket) for reward in rewards)

    def _get_reward_value(self, reward, basket):
        """What a reward costs at most, in cents: a hook for other kinds of rewards."""
        if reward.reward_type == "product":
            costs = reward.reward_product_ids.with_company(self.company_id).mapped("standard_price")
            return to_cents(max(costs, default=0) * reward.reward_product_qty)
        if reward.reward_type != "discount":
            return to_cents(self.shipping_cost)
        is_share = reward.discount_mode == "percent"
        discount = reward.discount if is_share else to_cents(self._convert_from_program(reward.discount))
        cap = to_cents(self._convert_from_program(reward.discount_max_amount)) or None
        return worth(reward.discount_mode, discount, basket, reward.required_points, cap)

    def _convert_from_program(self, amount):
        program = self.program_id.sudo()  # not everybody sees programs
        return program.currency_id._convert(
            amount, self.currency_id, self.company_id, self.company_id._lifecycle_today()
        )


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def _get_objection_words(self, objection):
        """Why a voucher is not given, in a whole sentence."""
        code, numbers = objection
        cents = numbers if code in (PERIOD, CUSTOMER) else {}
        money = {name: self.currency_id.format(number / 100) for name, number in cents.items()}
        return {
            PERIOD: lambda: self.env._(
                "The voucher costs up to %(value)s, and %(left)s of the budget is left in this period.", **money
            ),
            CUSTOMER: lambda: self.env._(
                "The voucher costs up to %(value)s; the customer has had %(given)s of at most %(each)s in this period.",
                **money,
            ),
            MARGIN: lambda: self.env._("Too little margin would be left after the voucher."),
            NO_COST: lambda: self.env._(
                "The voucher, or what the customer buys, has no known cost: the margin is unknown."
            ),
        }[code]()
