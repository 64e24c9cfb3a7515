"""The story that `./setup/run` tells is told to its end, and what it tells is true."""

import logging
import re

from stdnum import ean
from stdnum.eu import vat as european_vat
from stdnum.it import codicefiscale, iva

from odoo import fields
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged

SCALE = 0.1  # of the orders: customers and states are all there


@tagged("post_install", "-at_install", "slow")
class TestStory(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from demo import telling  # below setup/, not an addon

        cls.telling = telling
        cls.registry_enter_test_mode_cls()  # a feed's file is put together by commits
        with cls.registry.cursor() as cr, _Warnings() as cls.warnings:
            telling.load(cls.env(cr=cr), scale=SCALE)
        cls.env.invalidate_all()
        cls.today = fields.Date.today()

    def _values(self, model, field, domain=Domain.TRUE):
        """All values that a field of a model has, with how many records have each."""
        return dict(self.env[model]._read_group(domain, [field], ["__count"]))

    # === TRUTHS === #

    def test_nothing_in_the_log(self):
        self.assertEqual(self.warnings, [])

    def test_told_twice_nothing_changes(self):
        before = self._count()
        self.assertFalse(self.telling.load(self.env, scale=SCALE))
        self.assertEqual(self._count(), before)

    def _count(self):
        models = ("res.partner", "product.product", "sale.order", "account.move", "dunning.case", "shop.feed")
        return {model: self.env[model].with_context(active_test=False).search_count([]) for model in models}

    def test_no_mail_can_leave(self):
        self.assertFalse(self.env["ir.mail_server"].search_count([]))
        own = self.env["res.partner"].search([("email", "!=", False), ("user_ids", "=", False)])
        addresses = [partner.email for partner in own if partner.id > self.env.ref("base.partner_admin").id]
        self.assertFalse([each for each in addresses if not re.search(r"[@.]example\.com$", each)])

    # === NUMBERS === #

    def test_every_vat_number_and_fiscal_code_is_valid(self):
        partners = self.env["res.partner"].search(["|", ("vat", "!=", False), ("l10n_it_codice_fiscale", "!=", False)])
        self.assertGreater(len(partners), 30)
        for partner in partners.filtered("vat"):
            self.assertTrue(european_vat.is_valid(partner.vat), f"{partner.name}: {partner.vat}")
        for partner in partners.filtered("l10n_it_codice_fiscale"):
            code = partner.l10n_it_codice_fiscale
            self.assertTrue(iva.is_valid(code) or codicefiscale.is_valid(code), f"{partner.name}: {code}")

    def test_every_barcode_is_valid_and_its_own(self):
        goods = self.env["product.product"].search([("barcode", "!=", False)])
        self.assertGreater(len(goods), 60)
        self.assertEqual([each.display_name for each in goods if not ean.is_valid(each.barcode)], [])
        self.assertEqual(len(set(goods.mapped("barcode"))), len(goods))

    # === GOODS === #

    def test_all_goods_bear_the_vat_of_their_kind(self):
        goods = self.env["product.product"].search([("default_code", "=like", "__0__")])
        self.assertGreater(len(goods), 60)
        self.assertEqual(set(goods.mapped(lambda each: tuple(each.taxes_id.mapped("amount")))), {(4,), (10,), (22,)})

    def test_stock_is_never_negative_and_goods_are_whole(self):
        self.assertFalse(self.env["stock.quant"].search([("location_id.usage", "=", "internal"), ("quantity", "<", 0)]))
        goods = self.env["product.template"].search([("is_storable", "=", True)])
        self.assertTrue(all(goods.mapped("image_128")))
        self.assertTrue(all(each.list_price > each.standard_price > 0 and each.weight > 0 for each in goods))

    def test_goods_are_sold_by_the_piece_the_kilogram_and_the_quintal(self):
        units = set(self.env["sale.order.line"].search([]).product_uom_id)
        wanted = ("uom.product_uom_unit", "uom.product_uom_kgm", "listino_pricelist.uom_quintal")
        self.assertLessEqual({self.env.ref(name) for name in wanted}, units)

    def test_no_unit_is_of_another_kind_than_the_goods(self):
        """Nobody orders a quintal of jars, and no order is out of all measure."""
        for line in self.env["sale.order.line"].search([]):
            self.assertIn(line.product_uom_id, line.product_id.uom_id | line.product_id.uom_ids, line.display_name)
        self.assertLess(max(self.env["sale.order"].search([]).mapped("amount_total")), 20_000)

    # === MONEY === #

    def test_orders_and_invoices_are_of_the_past_two_years_and_none_of_tomorrow(self):
        orders = self.env["sale.order"].search([("state", "=", "sale")])
        days = orders.mapped(lambda order: order.date_order.date())
        self.assertGreater((self.today - min(days)).days, 600)
        self.assertLessEqual(max(days), self.today)
        invoices = self.env["account.move"].search([("move_type", "=", "out_invoice"), ("state", "=", "posted")])
        self.assertTrue(all(invoice.invoice_date <= self.today for invoice in invoices))
        self.assertLessEqual({"not_paid", "partial"}, set(invoices.mapped("payment_state")))
        self.assertTrue({"paid", "in_payment"} & set(invoices.mapped("payment_state")))

    def test_a_public_administration_pays_no_vat_to_the_company(self):
        office = self.env.ref("bottega_story.partner_comune")
        invoice = self.env["account.move"].search([("partner_id", "=", office.id)], limit=1)
        self.assertTrue(office.l10n_it_pa_index)
        self.assertEqual(invoice.amount_total, invoice.amount_untaxed)

    # === STATES === #

    def test_quotes_of_each_state(self):
        self.assertEqual(set(self._values("sale.order", "state")), {"draft", "sent", "sale", "cancel"})
        requests = self._values("quote.discount.request", "state")
        self.assertLessEqual({"pending", "approved", "rejected"}, set(requests))
        self.assertTrue(self.env["quote.evidence"].search_count([]))
        self.assertTrue(self.env["quote.agreement"].search_count([("state", "=", "active")]))

    def test_cases_at_each_step(self):
        kinds = self._values("dunning.case", "stage_id", [("state", "!=", "closed")])
        self.assertGreaterEqual(len(kinds), 5)
        self.assertIn("delivered", self._values("dunning.notice", "state"))
        self.assertIn("proposed", self._values("dunning.waiver", "state"))
        for model in ("dunning.promise", "dunning.dispute", "dunning.call", "dunning.assessment", "dunning.watch"):
            self.assertTrue(self.env[model].search_count([]), model)
        debtor = self.env.ref("bottega_story.partner_adda")
        self.assertEqual(debtor.trust, "bad")

    def test_customers_stand_everywhere(self):
        self.assertGreaterEqual(len(self._values("lifecycle.status", "stage_id")), 5)
        self.assertEqual(set(self._values("lifecycle.feedback", "score")), {1, 2, 3, 4, 5})
        cases = self._values("lifecycle.case", "state")
        self.assertIn("solved", cases)
        self.assertGreater(len(cases), 1)
        self.assertTrue(self.env["lifecycle.play"].search_count([("state", "=", "running")]))
        states = self._values("lifecycle.touch", "state")
        self.assertLessEqual(set(states), {"done", "due"}, states)
        self.assertIn("done", states)
        won = self.env["crm.lead"].search([("won_status", "=", "won")])
        self.assertTrue(won.order_ids)
        self.assertEqual(won.filtered(lambda lead: lead.create_date >= lead.order_ids[:1].date_order), won.browse())

    def test_feeds_are_served(self):
        feeds = self.env["shop.feed"].search([])
        self.assertEqual(set(feeds.channel_id.mapped("code")), {"google", "meta"})
        for feed in feeds:
            self.assertEqual(feed.build_id.state, "good", feed.name)
            self.assertGreater(feed.build_id.item_count, 60)
        self.assertEqual(self.env["shop.feed.offer"].search([]).mapped("state"), ["running"])
        self.assertEqual(len(feeds.filtered("is_shared")), 1)
        self.assertEqual(len(feeds.filtered("token_set_on")), len(feeds))
        self.assertLessEqual(set(self._values("shop.feed.issue", "field_name")), {"google_product_category", "gtin"})

    def test_no_dashboard_is_empty(self):
        dunning = self.env["dunning.dashboard"].get_dunning_dashboard()
        lifecycle = self.env["lifecycle.dashboard"].get_lifecycle_dashboard()
        replies = self.env["quote.reply.dashboard"].get_figures()
        self.assertFalse(dunning["situation"] or lifecycle["situation"])
        shown = ("overdue", "todo", "results", "months")
        for name, part in [(name, dunning[name]) for name in shown] + list(lifecycle.items()) + list(replies.items()):
            if name not in ("situation", "company"):
                self.assertTrue(part, name)
        for model in ("quote.discount.report", "quote.win.report", "quote.approval.report", "dunning.report"):
            self.assertTrue(self.env[model].search_count([], limit=1), model)
        for model in ("lifecycle.cohort", "lifecycle.loss", "lifecycle.acquisition", "lifecycle.value"):
            self.assertTrue(self.env[model].search_count([], limit=1), model)

    def test_sellers_answered_within_days(self):
        for seller in self.env["quote.reply.dashboard"].get_figures()["sellers"]:
            self.assertLess(seller["count"], 20, seller["name"])
            self.assertGreater(seller["median"], 0, seller["name"])

    def test_lists_are_published_and_sent(self):
        self.assertTrue(self.env["listino.publication"].search_count([]) >= 3)
        self.assertEqual(set(self._values("listino.sending.line", "state")), {"sent"})
        self.assertTrue(self.env["listino.finding"].search_count([]))


class _Warnings(list):
    """Lines of the log at WARNING or above while the block runs."""

    def __enter__(self):
        self.handler = logging.Handler(logging.WARNING)
        self.handler.emit = lambda record: self.append(record.getMessage())
        logging.getLogger().addHandler(self.handler)
        return self

    def __exit__(self, *_exception):
        logging.getLogger().removeHandler(self.handler)
