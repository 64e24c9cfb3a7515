"""Share pages, as visitors open them: what is shown, how much it weighs, and what is asked."""

import re
from urllib.parse import urlencode

from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers import share_page as controller
from ..share.browse import read
from ..share.question import Question
from .fans_common import NOW, FansCommon, FansHttpCommon

MOST_BYTES = 100_000
ROBOT_TRAP = "website"


class SharePageCommon(FansHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"vat": "IT00743110157", "email": "ordini@frantoio.example", "phone": "070 123456"})
        cls.feed.write({"is_shared": True, "share_slug": "frantoio", "share_title": "Frantoio Bruni"})

    def _open(self, path="", data=None, **options):
        return self.url_open(f"/catalogo/frantoio{path}", data=data, allow_redirects=False, **options)

    def _titles(self, answer):
        return [title.text_content().strip() for title in html.fromstring(answer.content).cssselect(".goods h2")]

    def _ask(self, item, **form):
        page = html.fromstring(self._open(f"/{item.id}").content)
        [token] = page.xpath("//form[@id='ask']//input[@name='token']/@value")
        form = {"name": "Rosa Bruni", "email": "rosa@example.com", "text": "Ne vorrei 3.", "token": token, **form}
        return self._open(f"/{item.id}", data=form)


@tagged("post_install", "-at_install")
@freeze_time(NOW, tick=True)
class TestSharePage(SharePageCommon):
    def test_it_shows_what_was_built_to_be_sent_and_nothing_else(self):
        self._create_item()
        for name, state in (("Escluso", "excluded"), ("Andato", "gone"), ("Non costruito", False)):
            item = self._create_item(self._create_product(name), state=state)
            self.assertEqual(self._open(f"/{item.id}").status_code, 404)
        self._create_item(self._create_product("Di un altro"), feed=self._create_feed(name="Altro"))
        answer = self._open()
        self.assertEqual(self._titles(answer), ["Olio extra vergine"])
        self.assertIn("12,50", answer.text)
        for told in ("IT00743110157", "070 123456", "ordini@frantoio.example"):
            self.assertIn(told, answer.text)

    def test_pictures_of_this_website_are_fetched_from_where_the_page_is(self):
        base = self.feed._get_share_base()
        for address in (f"{base}/web/image/1", "https://cdn.example.com/1.jpg"):
            item = self._create_item(self._create_product(address), sent={"image_link": address})
            for path in ("", f"/{item.id}"):
                self.assertIn(f'src="{address.removeprefix(base)}"', self._open(path).text)

    def test_what_a_channel_refuses_for_want_of_a_picture_people_may_see(self):
        self._create_item(self._create_product("Senza foto"), state="left_out", sent={"image_link": "", "link": ""})
        nameless = self._create_item(self._create_product("Senza nome"), state="left_out", sent={"title": ""})
        answer = self._open()
        self.assertEqual(self._titles(answer), ["Senza foto"])
        [button] = html.fromstring(answer.content).cssselect(".goods .button")
        self.assertIn("/catalogo/frantoio/", button.get("href"), "there is no link to the shop: one asks")
        self.assertEqual(self._open(f"/{nameless.id}").status_code, 404)

    def test_a_reduction_is_shown_on_its_days_beside_the_price_before(self):
        days = "2026-03-01T00:00+0100/2026-03-11T00:00+0100"
        self._create_item(sent={"sale_price": "10.00 EUR", "sale_price_effective_date": days})
        answer = html.fromstring(self._open().content)
        self.assertIn("12,50", answer.cssselect(".price s")[0].text_content())
        self.assertIn("10,00", answer.cssselect(".price")[0].text_content())
        with freeze_time("2026-03-12", tick=True):
            answer = html.fromstring(self._open().content)
        self.assertFalse(answer.cssselect(".price s"))
        self.assertIn("12,50", answer.cssselect(".price")[0].text_content())

    def test_a_reduction_says_what_is_struck_out_but_for_goods_that_perish(self):
        product = self._create_product()
        self._create_item(product, sent={"sale_price": "10.00 EUR"})
        self.assertIn("30", html.fromstring(self._open().content).cssselect(".goods .soft")[-1].text_content())
        product.feed_is_perishable = True
        self.assertFalse(html.fromstring(self._open().content).cssselect(".goods .soft"))

    def test_categories_and_words_narrow_it(self):
        for name, path in (
            ("Olio", "Cibo > Olio"),
            ("Vino rosso", "Cibo > Vino > Rosso"),
            ("Vino 100%", "Cibo > Vino"),
        ):
            self._create_item(self._create_product(name), sent={"product_type": path, "description": f"Buono {name}"})
        self.assertEqual(self._titles(self._open()), ["Olio", "Vino 100%", "Vino rosso"])
        self.assertEqual(self._titles(self._open("?c=Cibo+>+Vino")), ["Vino 100%", "Vino rosso"])
        self.assertEqual(self._titles(self._open("?q=ROSSO+vino")), ["Vino rosso"])
        self.assertEqual(self._titles(self._open("?q=100%25")), ["Vino 100%"], "a sign is a sign")
        self.assertEqual(self._titles(self._open("?q=_")), [])
        self.assertEqual(self._titles(self._open("?q=%27%22%3B--%00%3Cscript%3E")), [])
        chips = html.fromstring(self._open().content).cssselect(".chips a")
        self.assertEqual([" ".join(chip.text_content().split()) for chip in chips], ["Olio 1", "Vino 2"])

    def test_neither_case_nor_accents_matter_to_a_search_or_the_order(self):
        for name in ("Zucca", "ÈRBE amare", "Caffè CREMA"):
            self._create_item(self._create_product(name))
        self.assertEqual(self._titles(self._open()), ["Caffè CREMA", "ÈRBE amare", "Zucca"])
        self.assertEqual(self._titles(self._open("?q=caffe")), ["Caffè CREMA"])
        self.assertEqual(self._titles(self._open("?q=èrbe")), ["ÈRBE amare"])

    def test_texts_of_any_length_and_no_text_have_a_place(self):
        deep = " > ".join(f"Categoria {number}" for number in range(60))
        self._create_item(self._create_product("Lungo"), sent={"title": "€" * 3000, "product_type": deep})
        self._create_item(self._create_product("Breve"), sent={"description": "", "product_type": ""})
        self.assertEqual(len(self._titles(self._open())), 2)

    def test_other_channels_names_are_read_as_well(self):
        feed = self._create_feed(name="idealo", channel_id=self.env.ref("shop_feed.channel_idealo").id)
        feed.write({"is_shared": True, "share_slug": "idealo"})
        sent = {"price": "10.00", "formerPrice": "12.00", "categoryPath": "Cibo", "url": "https://shop.example/x"}
        self._create_item(feed=feed, sent={**sent, "title": "Olio"})
        answer = html.fromstring(self.url_open("/catalogo/idealo").content)
        self.assertIn("12,00", answer.cssselect(".price s")[0].text_content())

    def test_the_first_page_of_a_full_catalogue_stays_light(self):
        for number in range(40):
            name = f"{number:02} " + "Prodotto dal nome assai lungo " * 6
            long = {"link": "https://shop.example/" + "x" * 300, "image_link": "https://shop.example/" + "y" * 300}
            self._create_item(
                self._create_product(name[:200]),
                sent={**long, "description": "Testo " * 1600, "product_type": f"Alimentari > Categoria {number}"},
            )
        answer = self._open()
        self.assertLess(len(answer.content), MOST_BYTES)
        self.assertEqual(len(self._titles(answer)), 24)
        self.assertEqual(len(self._titles(self._open("?p=2"))), 16)
        self.assertEqual(self._open("?p=3").status_code, 404)
        self.assertFalse(re.search(r"<script|<link[^>]+stylesheet|@import", answer.text), "all it needs is in it")

    def test_a_page_of_many_asks_the_database_no_more_than_one_of_few(self):
        counts = []
        for _number in "12":
            for _each in range(6):
                self._create_item()
            self.env.flush_all()
            self.env.invalidate_all()
            feed = self.env["shop.feed"].browse(self.feed.id)
            feed._get_share_page(read({}))
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            feed._get_share_page(read({}))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_what_a_product_says_is_never_run(self):
        self._create_item(sent={"title": "<script>alert(1)</script>", "link": "https://x.example/\"onclick='x'"})
        self.assertNotIn("<script>alert", self._open().text)

    def test_a_click_leads_to_the_web_and_runs_nothing(self):
        bad = "javascript:alert(1)//https://shop.example"
        item = self._create_item(sent={"link": bad, "image_link": "data:text/html,x"})
        for path in ("", f"/{item.id}"):
            page = self._open(path).text
            self.assertNotIn("javascript:", page)
            self.assertNotIn("data:", page)

    def test_nothing_is_left_in_the_visitor_s_browser(self):
        item = self._create_item()
        for path in ("", "?q=olio", f"/{item.id}"):
            self.assertFalse(self._open(path).headers.get("Set-Cookie"), path)

    def test_whoever_has_the_page_is_told_that_nothing_changed(self):
        item = self._create_item()
        answer = self._open()
        again = self._open(headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        item.write({"values": {**item.values, "price": "13.00 EUR"}})
        self.assertEqual(self._open(headers={"If-None-Match": answer.headers["ETag"]}).status_code, 200)

    def test_search_engines_and_frames_are_for_the_feed_to_say(self):
        self._create_item()
        answer = self._open()
        self.assertEqual(answer.headers["X-Robots-Tag"], "noindex")
        self.assertEqual(answer.headers["Content-Security-Policy"], "frame-ancestors 'self'")
        self.feed.write({"is_indexed": True, "is_embeddable": True})
        answer = self._open()
        self.assertNotIn("X-Robots-Tag", answer.headers)
        self.assertNotIn("noindex", answer.text)
        self.assertEqual(answer.headers["Content-Security-Policy"], "frame-ancestors *")
        self.assertIn('target="_blank"', answer.text)

    def test_all_that_is_not_shared_here_gets_the_same_answer(self):
        item = self._create_item()
        other = self._create_item(self._create_product("Altro"), feed=self._create_feed(name="Altro"))
        self._create_feed(name="Spento", is_shared=True, share_slug="spento").active = False
        website = self.env["website"].create({"name": "B", "company_id": self.company.id, "domain": "b.example"})
        self._create_feed(name="B", is_shared=True, share_slug="altrove", website_id=website.id)
        self.feed.is_shared = True
        paths = ["nessuno", "spento", "altrove", f"nessuno/{item.id}", f"frantoio/{other.id}", f"frantoio/{2**40}"]
        answers = [self.url_open(f"/catalogo/{path}") for path in paths]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.content for answer in answers}), 1)
        self.feed.is_shared = False
        self.assertEqual(self._open().content, answers[0].content)

    def test_the_discount_for_fans_is_told_while_it_runs_and_prices_stay(self):
        self._create_item()
        offer = self._create_offer(date_to="2026-03-31")
        self.feed.share_offer_id = offer
        answer = self._open()
        self.assertIn(offer.short_url, answer.text)
        self.assertIn("31/03/2026", answer.text)
        self.assertIn("12,50", answer.text)
        self.assertNotIn("11,25", answer.text)
        offer.date_to = "2026-03-09"
        self.assertNotIn(offer.short_url, self._open().text)

    def test_links_to_the_shop_are_for_the_feed_to_say(self):
        item = self._create_item()
        self.assertIn(item["values"]["link"], self._open().text)
        self.feed.has_shop_links = False
        for path in ("", f"/{item.id}"):
            self.assertNotIn(item["values"]["link"], self._open(path).text)

    def test_who_asks_too_often_waits(self):
        self._limit(controller, "BUCKETS", 1)
        self.assertEqual([self._open().status_code for _ in "12"], [200, 429])


@tagged("post_install", "-at_install")
@freeze_time(NOW, tick=True)
class TestShareQuestions(SharePageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.item = cls._create_item()

    def _asked(self):
        """What arrived: leads where the database has them, else mails."""
        if "crm.lead" in self.env:
            return self.env["crm.lead"].search([("name", "like", self.item["values"]["title"])])
        return self.env["mail.mail"].search([("email_to", "=", self.company.email)])

    def test_what_is_asked_arrives_with_its_product(self):
        answer = self._ask(self.item)
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(answer.headers["Location"].rpartition("/catalogo")[2], f"/frantoio/{self.item.id}?thanks=1")
        [asked] = self._asked()
        mail = asked["body_html"] if asked._name == "mail.mail" else asked["description"]
        for told in ("Rosa Bruni", "rosa@example.com", "Ne vorrei 3.", "Olio extra vergine", "12,50"):
            self.assertIn(told, mail)
        if asked._name == "mail.mail":
            self.assertEqual(asked.reply_to, "rosa@example.com")
        self.assertIn('role="status"', self._open(f"/{self.item.id}?thanks=1").text)

    def test_a_lead_tells_the_product_and_where_it_comes_from(self):
        shown = self.feed._get_shared_item(self.item.id)
        vals = self.feed._prepare_question_lead_vals(shown, Question("Rosa", "rosa@example.com", "", "Ne vorrei <3>"))
        self.assertIn("Olio extra vergine", vals["name"])
        self.assertIn("Ne vorrei &lt;3&gt;", vals["description"])
        self.assertEqual(self.env["utm.source"].browse(vals["source_id"]).name, "Meta")
        self.assertEqual((vals["company_id"], vals["referred"]), (self.company.id, self.feed.share_url))
        self.assertTrue(vals["medium_id"])
        self.assertEqual(vals["type"], "opportunity", "where no leads are used, nobody would see one")
        self.assertIs(vals["user_id"], False, "nobody's yet: neither the visitor's, who is no salesperson")

    def test_a_form_without_an_address_comes_back_with_what_was_written(self):
        answer = self._ask(self.item, email="", text="<b>Quanto</b>")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("&lt;b&gt;Quanto&lt;/b&gt;", answer.text)
        self.assertFalse(self._asked())

    def test_a_form_that_we_did_not_make_or_made_long_ago_is_refused(self):
        other = self._create_item(self._create_product("Vino"))
        tokens = ["", "x", "é", self.feed._get_question_token(other.id)]
        with freeze_time("2026-03-09", tick=True):
            tokens.append(self.feed._get_question_token(self.item.id))
        for token in tokens:
            self.assertEqual(self._ask(self.item, token=token).status_code, 422, token)
        self.assertFalse(self._asked())

    def test_a_robot_is_thanked_and_nothing_arrives(self):
        self.assertEqual(self._ask(self.item, **{ROBOT_TRAP: "https://spam.example"}).status_code, 303)
        self.assertFalse(self._asked())

    def test_a_network_asks_a_few_times_and_then_waits(self):
        self._limit(controller, "FORM_BUCKETS", 2)
        self.assertEqual([self._ask(self.item).status_code for _ in "1234"], [303, 303, 429, 429])
        self.assertEqual(len(self._asked()), 2)

    def test_headers_of_a_mail_can_t_be_written_by_a_visitor(self):
        self._ask(self.item, name="Rosa\r\nBcc: spia@example.com")
        self.assertIn("Rosa Bcc:", str(self._asked().read()))

    def test_where_nothing_may_be_asked_nothing_is_taken(self):
        token = self.feed._get_question_token(self.item.id)
        self.feed.has_questions = False
        self.assertNotIn('<form method="post"', self._open(f"/{self.item.id}").text)
        self.assertEqual(
            self._open(f"/{self.item.id}", data={"name": "R", "phone": "1", "token": token}).status_code, 404
        )

    @mute_logger("odoo.http")
    def test_a_form_that_is_too_large_is_refused(self):
        body = urlencode({"name": "R", "text": "x" * 100_000})
        self.assertEqual(self._open(f"/{self.item.id}", data=body).status_code, 413)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestShareSettings(FansCommon):
    def test_a_page_has_an_address_from_the_beginning_and_it_is_its_own(self):
        self.feed.is_shared = True
        other = self._create_feed(name="Altro", is_shared=True)
        self.assertTrue(self.feed.share_slug)
        self.assertNotEqual(self.feed.share_slug, other.share_slug)
        self.assertEqual(self.feed.share_url, f"{self.website.get_base_url()}/catalogo/{self.feed.share_slug}")

    def test_addresses_are_small_letters(self):
        for slug in ("Frantoio", "a b", "-a", "a/b", "è", "x" * 61):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.feed.write({"is_shared": True, "share_slug": slug})

    def test_a_frame_is_given_where_the_page_may_be_in_one(self):
        self.feed.write({"is_shared": True, "share_title": 'Bruni "& figli"'})
        self.assertFalse(self.feed.share_frame)
        self.feed.is_embeddable = True
        self.assertIn('title="Bruni &quot;&amp; figli&quot;"', self.feed.share_frame)

    def test_the_discount_is_one_of_the_feed_and_the_privacy_policy_an_address(self):
        offer = self._create_offer()
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._create_feed(name="Altro").share_offer_id = offer
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.feed.share_privacy_url = "javascript:alert(1)"
        self.feed.share_privacy_url = "/privacy"

    def test_only_managers_share_a_feed(self):
        with self.assertRaises(AccessError):
            self.feed.with_user(self._create_user("reader")).is_shared = True
        self.feed.with_user(self._create_user("boss", "shop_feed.group_feed_manager")).is_shared = True
