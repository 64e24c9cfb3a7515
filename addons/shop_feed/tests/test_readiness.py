"""The readiness list: each question by its facts, the facts of a real website, and who may look."""

import itertools

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.feed_readiness_words import REASONS, TITLES
from ..trust.checks import BETTER, CHECKS, GOOD, MISSING, STATES, Facts, readiness
from ..trust.footer import footer_of
from ..wizard.shop_feed_readiness import ACTIONS, EDITED
from .fans_common import FansCommon
from .pure_common import PureCase

GOOD_SHOP = Facts(
    footer="Frantoio Bruni, P.IVA 00743110157, tel:+39070123456 Spedizioni e consegne, Diritto di recesso",
    phone="+39 070 123456",
    vat="IT00743110157",
    carriers=1,
    providers=("enabled", "test"),
    base_url="https://shop.example",
    has_reviews=True,
    asks_reviews=True,
)


@tagged("post_install", "-at_install")
class TestReadinessChecks(PureCase):
    def _find(self, code, **changes):
        [found] = [each for each in readiness(GOOD_SHOP._replace(**changes)) if each.code == code]
        return found.state, found.reason

    def test_a_good_shop_lacks_nothing(self):
        self.assertEqual({found.state for found in readiness(GOOD_SHOP)}, {GOOD})

    def test_each_question_tells_what_is_wrong(self):
        other = "Frantoio Bruni, "
        cases = [
            ("contact", {"footer": other}, (MISSING, "not_shown")),
            ("contact", {"footer": other + "tel:+1 555-555-5556"}, (MISSING, "placeholder")),
            ("contact", {"footer": other + "Ordini@Frantoio.it", "email": "ordini@frantoio.it"}, (GOOD, "shown")),
            ("contact", {"footer": other + "res_company.phone"}, (GOOD, "shown")),
            ("vat", {"vat": ""}, (MISSING, "no_number")),
            ("vat", {"footer": other}, (MISSING, "not_shown")),
            ("vat", {"footer": other + "P.IVA 0074 3110 157"}, (GOOD, "shown")),
            ("vat", {"footer": other + "res_company.vat"}, (GOOD, "shown")),
            ("returns", {"footer": other}, (MISSING, "no_page")),
            (
                "returns",
                {"footer": other, "pages": ("/condizioni Il recesso entro 14 giorni",)},
                (BETTER, "not_linked"),
            ),
            (
                "returns",
                {"footer": other, "pages": ("/x I resinati, che hanno reso famose le risorse del vigneto",)},
                (MISSING, "no_page"),
            ),
            ("shipping", {"carriers": 0}, (MISSING, "no_way")),
            ("shipping", {"footer": other}, (BETTER, "not_said")),
            ("shipping", {"footer": other, "pages": ("/shipping costs",)}, (GOOD, "shown")),
            ("shipping", {"footer": other, "pages": ("a letter sent by recorded delivery",)}, (BETTER, "not_said")),
            ("payment", {"providers": ()}, (MISSING, "none")),
            ("payment", {"providers": ("test",)}, (BETTER, "test_only")),
            ("https", {"base_url": "http://shop.example"}, (MISSING, "not_secure")),
            ("account", {"account": "mandatory"}, (BETTER, "mandatory")),
            ("extra_step", {"has_extra_step": True}, (BETTER, "asked")),
            ("reviews", {"has_reviews": False}, (BETTER, "off")),
            ("reviews", {"asks_reviews": False}, (BETTER, "not_asked")),
            ("prices", {"shows_vat_included": False}, (BETTER, "net")),
            ("reductions", {"reduced": 3}, (BETTER, "suspicious")),
        ]
        for code, changes, expected in cases:
            self.assertEqual(self._find(code, **changes), expected, (code, changes))

    def test_what_is_missing_stands_first(self):
        states = [STATES.index(found.state) for found in readiness(Facts())]
        self.assertEqual(states, sorted(states))

    def test_every_answer_has_its_words_and_every_question_a_place_to_mend(self):
        seen = set()
        options = {
            "footer": ["", "tel:+1 555-555-5556", GOOD_SHOP.footer],
            "pages": [(), ("recesso, spedizione",)],
            "vat": ["", "IT00743110157"],
            "carriers": [0, 1],
            "providers": [(), ("test",), ("enabled",)],
            "account": ["mandatory", "optional"],
            "has_extra_step": [True, False],
            "has_reviews": [True, False],
            "asks_reviews": [True, False],
            "shows_vat_included": [True, False],
            "reduced": [0, 1],
            "base_url": ["http://x.example", "https://x.example"],
        }
        for name, values in options.items():
            for value, footer, pages in itertools.product(values, options["footer"], options["pages"]):
                facts = {"footer": footer, "pages": pages, name: value}
                seen |= {(found.code, found.reason) for found in readiness(GOOD_SHOP._replace(**facts))}
        self.assertEqual(seen, set(REASONS))
        self.assertEqual(set(TITLES), set(CHECKS))
        mended = {answer for answer in seen if answer[1] in EDITED} | set(ACTIONS)
        by_itself = {("https", "not_secure"), ("vat", "no_number"), ("reductions", "suspicious")}
        self.assertEqual(mended | by_itself, seen - {(found.code, found.reason) for found in readiness(GOOD_SHOP)})

    def test_a_footer_is_read_with_its_links_and_fields_and_nothing_above_it(self):
        page = etree.fromstring(
            "<html><main>fuori</main><footer><div id='footer'>Casa<!-- no --><a href='mailto:a@b.it'>scrivi</a> qui"
            "<span t-field='res_company.vat'/></div></footer></html>"
        )
        text = footer_of(page)
        for told in ("Casa", "mailto:a@b.it", "scrivi", "qui", "res_company.vat"):
            self.assertIn(told, text)
        self.assertNotIn("fuori", text)


@tagged("post_install", "-at_install")
class TestReadiness(FansCommon):
    def _look(self, user=None):
        lists = self.env["shop.feed.readiness"].with_user(user or self._create_user("reader"))
        found = lists.create({"website_id": self.website.id})
        return {line.code: line for line in found.line_ids}

    def test_a_plain_user_sees_the_list_of_his_website_in_his_words(self):
        lines = self._look()
        self.assertEqual(set(lines), set(CHECKS))
        for line in lines.values():
            self.assertTrue(line.title and line.words)
            self.assertNotIn("%(", line.words)

    def test_what_is_mended_is_good_when_one_looks_again(self):
        user = self._create_user("reader")
        self.assertEqual(self._look(user)["contact"].reason, "placeholder")
        self.assertEqual(self._look(user)["https"].state, MISSING)
        self.company.write({"vat": "IT00743110157", "phone": "+39 070 123456"})
        self.website.domain = "https://frantoio.example"
        self.env["ir.ui.view"].create(
            {
                "name": "Footer",
                "type": "qweb",
                "key": "shop_feed.test_footer",
                "website_id": self.website.id,
                "inherit_id": self.website.with_context(website_id=self.website.id).viewref("website.layout").id,
                "priority": 9999,
                "arch": """<data><xpath expr="//div[@id='footer']" position="replace"><div id="footer">
                    P.IVA 00743110157 <a href="tel:+39070123456">070 123456</a> <a href="/resi">Resi e rimborsi</a>
                    </div></xpath></data>""",
            }
        )
        self.website.viewref("website_sale.product_comment").active = True
        lines = self._look(user)
        self.assertEqual([lines[code].state for code in ("contact", "vat", "returns", "https")], [GOOD] * 4)
        self.assertEqual(lines["reviews"].reason, "not_asked")

    def test_large_discounts_are_counted_where_they_are_announced(self):
        high, low, gone = (self._create_product(name) for name in ("Alto", "Basso", "Andato"))
        self._create_item(high, sent={"price": "10.00 EUR", "sale_price": "8.50 EUR"})
        self._create_item(low, sent={"price": "10.00 EUR", "sale_price": "9.00 EUR"})
        self._create_item(gone, state="gone", sent={"price": "10.00 EUR", "sale_price": "1.00 EUR"})
        self._create_item(self._create_product("Strano"), sent={"price": "x", "sale_price": "1e3 EUR"})
        idealo = self._create_feed(name="idealo", channel_id=self.env.ref("shop_feed.channel_idealo").id)
        self._create_item(gone, feed=idealo, sent={"price": "5.00", "formerPrice": "10.00"})
        self.assertEqual(self.website._get_reduced_items(), {high.id, gone.id})
        line = self._look()["reductions"]
        self.assertIn("2", line.words)
        self.assertEqual(self.env["product.product"].search(line.action_mend()["domain"]), high | gone)
        self.website.feed_suspicious_percent = 60
        self.assertEqual(self.website._get_reduced_items(), set())

    def test_each_button_opens_a_place(self):
        for line in self._look(self.env.ref("base.user_admin")).values():
            self.assertEqual(line.can_mend, line.state != GOOD, line.code)
            if line.can_mend:
                action = line.action_mend()
                self.assertTrue(action.get("res_model") or action.get("tag"), line.code)

    def test_who_may_not_mend_gets_no_button(self):
        self.assertEqual([line.code for line in self._look().values() if line.can_mend], [])

    def test_reviews_are_switched_on_where_the_editor_has_the_switch(self):
        templates = self.env["product.template"]
        templates.search([]).is_published = False
        self.env.ref("website_sale.product_comment").active = False
        line = self._look(self.env.ref("base.user_admin"))["reviews"]
        self.assertEqual(line.action_mend()["params"]["path"], "/shop")
        product = templates.create({"name": "Olio", "is_published": True})
        self.assertEqual(line.action_mend()["params"]["path"], product.website_url)

    def test_another_company_s_website_and_others_lists_are_nobody_s_business(self):
        company = self.env["res.company"].create({"name": "Altra"})
        website = self.env["website"].create({"name": "B", "company_id": company.id})
        user = self._create_user("reader")
        with self.assertRaises(AccessError):
            self.env["shop.feed.readiness"].with_user(user).create({"website_id": website.id})
        line = self._look(user)["vat"]
        with self.assertRaises(AccessError):
            line.with_user(self._create_user("second")).read(["words"])
        with self.assertRaises(AccessError):
            line.state = "good"
        with self.assertRaises(AccessError):
            line.readiness_id.website_id = website
