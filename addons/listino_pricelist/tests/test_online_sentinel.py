"""What must never show: recognisable words and numbers are put into everything secret, and every page, search, file and
picture that a reader can reach is read to the last byte."""

import html
import io
import re
import zipfile

import pypdf

from odoo.fields import Command
from odoo.tests import tagged

from .online_common import OnlineHttpCommon

PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
COST, SUPPLIER_PRICE, HIS_PRICE, HER_PRICE, DRAFT_PRICE = 77123.45, 66123.45, 8123.77, 9321.55, 4321.99
ALWAYS_SECRET = [
    "SENTINEL-NOTE-INTERNAL",
    "SENTINEL-NOTE-PURCHASE",
    "SENTINEL-SUPPLIER",
    "SENTINEL-ARCHIVED",
    "SENTINEL-UNSOLD",
    "SENTINEL-EXCLUDED",
    "SENTINEL-OTHER-COMPANY",
    "SENTINEL-HIDDEN-DOCUMENT",
    "SENTINEL-LIST-NOBODY",
    "SENTINEL-CUSTOMER-COMMENT",
    COST,
    SUPPLIER_PRICE,
    DRAFT_PRICE,
]
HIS = ["SENTINEL-LIST-GINO", "SENTINEL-LIST-NOTE-GINO", "SENTINEL-RULE-NOTE-GINO", "SENTINEL-DOCUMENT-GINO", HIS_PRICE]
HERS = ["SENTINEL-LIST-GINA", "SENTINEL-LIST-NOTE-GINA", "SENTINEL-DOCUMENT-GINA", HER_PRICE]


def written(secret):
    """The ways in which a secret may be written, as bytes."""
    if isinstance(secret, str):
        return [secret.encode()]
    plain = f"{secret:.2f}"
    grouped = f"{secret:,.2f}"
    italian = grouped.translate(str.maketrans(",.", ".,"))
    return [text.encode() for text in (plain, plain.replace(".", ","), grouped, italian, f"{secret:.1f}")]


def opened(content):
    """The content with what is compressed in it laid open."""
    parts = [content]
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        parts += ["\n".join(page.extract_text() for page in reader.pages).encode(), str(reader.metadata).encode()]
        parts += [str(reader.outline).encode()]
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(parts)


@tagged("post_install", "-at_install")
class TestNothingSecretShows(OnlineHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["listino.document"].search([("id", "!=", cls.document.id)]).portal_visible = False
        cls._hide_in_products()
        cls._hide_in_lists()
        cls.his = cls._create_document(
            name="SENTINEL-DOCUMENT-GINO", partner_id=cls.gino.partner_id.commercial_partner_id.id, portal_visible=True
        )
        cls.hers = cls._create_document(
            name="SENTINEL-DOCUMENT-GINA", partner_id=cls.gina.partner_id.commercial_partner_id.id, portal_visible=True
        )
        (cls.his + cls.hers).excluded_category_ids = cls.document.excluded_category_ids
        cls.hidden = cls._create_document(name="SENTINEL-HIDDEN-DOCUMENT", pricelist_id=cls.nobodys.id)

    @classmethod
    def _hide_in_products(cls):
        other = cls.env["res.company"].create({"name": "Other"})
        tools = cls._create_category("SENTINEL-EXCLUDED", cls.food)
        cls.document.excluded_category_ids = tools
        cls.secret = cls.env["product.product"].concat(
            cls._create_product("SENTINEL-ARCHIVED", DRAFT_PRICE, cls.pasta, default_code="QX1", active=False),
            cls._create_product("SENTINEL-UNSOLD", DRAFT_PRICE, cls.pasta, default_code="QX2", sale_ok=False),
            cls._create_product("SENTINEL-EXCLUDED", DRAFT_PRICE, tools, default_code="QX3"),
            cls._create_product(
                "SENTINEL-OTHER-COMPANY", DRAFT_PRICE, cls.pasta, default_code="QX4", company_id=other.id
            ),
        )
        shown = cls.penne + cls.ravioli + cls.flour + cls.barolo
        supplier = cls.env["res.partner"].create({"name": "SENTINEL-SUPPLIER"})
        shown.write(
            {
                "standard_price": COST,
                "description": "<p>SENTINEL-NOTE-INTERNAL</p>",
                "description_purchase": "SENTINEL-NOTE-PURCHASE",
                "seller_ids": [Command.create({"partner_id": supplier.id, "price": SUPPLIER_PRICE})],
            }
        )
        (shown + cls.secret).write({"image_1920": PNG})

    @classmethod
    def _hide_in_lists(cls):
        for user, pricelist, name, price in (
            (cls.gino, cls.resellers, "GINO", HIS_PRICE),
            (cls.gina, cls._create_list("Hers"), "GINA", HER_PRICE),
        ):
            rule = {
                "applied_on": "1_product",
                "product_tmpl_id": cls.barolo.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": price,
                "listino_note": f"SENTINEL-RULE-NOTE-{name}",
            }
            pricelist.write({"name": f"SENTINEL-LIST-{name}", "listino_note": f"SENTINEL-LIST-NOTE-{name}"})
            pricelist.item_ids = [Command.create(rule)]
            company = user.partner_id.commercial_partner_id
            company.write({"specific_property_product_pricelist": pricelist.id, "comment": "SENTINEL-CUSTOMER-COMMENT"})
        cls.nobodys = cls._create_list("SENTINEL-LIST-NOBODY")

    def _crawl(self, *starts):
        """Everything that a reader reaches from some addresses, as bytes by address."""
        found, waiting = {}, list(starts)
        while waiting:
            address = waiting.pop()
            if address in found:
                continue
            answer = self._get(address)
            found[address] = str(dict(answer.headers)).encode() + opened(answer.content)
            if "text/html" in answer.headers["Content-Type"]:
                links = re.findall(r'(?:href|src|action)="([^"]+)"', answer.text)
                waiting += [link for link in map(html.unescape, links) if "/listino" in link and "/request" not in link]
        return found

    def _probe(self, url):
        """What a curious reader tries besides: searches for what he guesses, pictures, requests, other documents."""
        token = {"csrf_token": self._csrf()} if url.startswith("/my") else {}
        found = self._crawl(
            *(f"{url}?search={word}" for word in ("QX1", "QX2", "QX3", "QX4", "QX", "77123", "x' OR 1=1")),
            *(f"{url}?category={category.id}" for category in self.secret.categ_id),
            *(f"{url}/image/{product.id}" for product in self.secret),
            *(f"/my/listino/{document.id}{path}" for document in self.hidden for path in ("", "/pdf", "/csv")),
        )
        for product in self.secret + self.barolo:
            answer = self._post(f"{url}/request", {**token, f"qty_{product.id}": "3"})
            found[f"request {product.name}"] = opened(answer.content)
        return found

    def _assert_secret(self, found, secrets):
        self.assertGreater(len(found), 20)
        for address, content in found.items():
            for secret in secrets:
                for text in written(secret):
                    self.assertFalse(text in content, f"{secret} shows at {address}")

    def _assert_seen(self, found, words):
        """The crawl has eyes: what may be seen is seen, in pages and files."""
        for word in words:
            self.assertTrue(any(text in content for text in written(word) for content in found.values()), word)
        for extension in ("pdf", "xlsx", "csv"):
            files = [content for address, content in found.items() if address.endswith(f"/{extension}")]
            self.assertTrue(any(b"Ravioli" in content for content in files), extension)

    def _read_as(self, user):
        self.authenticate(user.login, user.login)
        return {**self._crawl("/my", "/my/listino"), **self._probe(self.url)}

    def test_customer_a_sees_nothing_of_b(self):
        found = self._read_as(self.gino)
        self._assert_seen(found, HIS)
        self._assert_secret(found, [*ALWAYS_SECRET, *HERS])

    def test_customer_b_sees_nothing_of_a(self):
        found = self._read_as(self.gina)
        self._assert_seen(found, HERS)
        self._assert_secret(found, [*ALWAYS_SECRET, *HIS])

    def test_a_prospect_sees_nothing_of_either(self):
        self.authenticate(None, None)
        url = self._create_share()._get_path()
        found = {**self._crawl(url), **self._probe(url)}
        self._assert_seen(found, [30.0])
        self._assert_secret(found, [*ALWAYS_SECRET, *HIS, *HERS])

    def test_a_revision_shows_what_is_still_sold_alone(self):
        late = self._create_product("SENTINEL-DISCONTINUED", 55123.45, self.pasta, default_code="QX5", image_1920=PNG)
        publication = self.document._publish("Spring")
        late.active = False
        self.barolo.list_price = 31.0
        self.authenticate(None, None)
        url = self._create_share(publication_id=publication.id)._get_path()
        found = {**self._crawl(url, f"{url}/image/{late.id}", f"{url}?search=QX5"), **self._probe(url)}
        self._assert_seen(found, [30.0, "Revision 1"])
        self._assert_secret(found, [*ALWAYS_SECRET, *HIS, *HERS, "SENTINEL-DISCONTINUED", 55123.45])
        self.assertIn(b"31.00", found["request Barolo"], "a quote has the price of today")

    def test_the_salesperson_finds_no_secret_written_into_the_quote(self):
        self.authenticate(self.gina.login, self.gina.login)
        self._post(f"{self.url}/request/send", {"csrf_token": self._csrf(), f"qty_{self.barolo.id}": "1"})
        order = self._orders()
        self.assertEqual(order.order_line.price_unit, HER_PRICE)
        self.assertNotIn("SENTINEL-NOTE", order.order_line.name + "".join(order.message_ids.mapped("body")))
