"""Content kept and read back: exactly, small, and never unnoticed when it was changed."""

import base64
import lzma
import random
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..freezing.content import CorruptContent, FrozenListing, PriceColumn, Unit
from ..layout.figures import NumberFormat
from ..layout.listing import Column, Company, Customer, Heading, Labels, Line, Listing
from .test_document import DocumentCommon

MEGABYTE = 1_000_000
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PRICES = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))


def source_of(blocks, *columns, price_columns=None, **head):
    """A content source as the builder is one, of columns by key."""
    columns = columns or (Column("name", "Product"), Column("untaxed_0", "Price", "price"))
    listing = Listing(head.pop("title", "Listino"), columns, **head)
    return SimpleNamespace(
        listing=lambda: listing,
        blocks=lambda: iter(blocks),
        columns=list(columns),
        price_columns=price_columns or [PriceColumn(1.0)],
        date=None,
        pricelist=None,
    )


def many(count, quantities=5, seed=1):
    """A source of many products with names, references and prices that have little in common."""
    chance = random.Random(seed)
    words = ["".join(chance.choices("abcdefghilmnoprstuvz", k=chance.randint(3, 10))) for _word in range(3000)]
    names = [Column("reference", "Reference"), Column("name", "Product"), Column("uom", "Unit")]
    columns = [*names, Column("vat", "VAT", "percent")]
    columns += [Column(f"untaxed_{place}", "Price", "price", group=f"from {place}") for place in range(quantities)]

    def blocks():
        for number in range(count):
            if not number % 40:
                yield Heading(number // 40 % 3, " ".join(chance.choices(words, k=2)))
            price = chance.randint(50, 20000) / 100
            prices = [round(price * (1 - step * chance.random() / 20), 2) for step in range(quantities)]
            name = " ".join(chance.choices(words, k=5)).capitalize()
            reference = f"{chance.choice(words)[:3].upper()}{chance.randint(0, 999999):06}"
            yield Line((reference, name, "kg", 22.0, *prices), product_id=number + 1)

    return source_of(list(blocks()), *columns, price_columns=[PriceColumn(float(q)) for q in range(quantities)])


@tagged("post_install", "-at_install")
class TestFreezing(BaseCase):
    def test_everything_comes_back_but_customer_logo_and_pictures(self):
        columns = (Column("image", "", "image"), Column("name", "Name"), Column("taxed_0", "P", "price", group="per q"))
        head = {
            "subtitle": "Rivenditori",
            "company": Company("Dispensa", ("Via Emilia 1",), b"logo"),
            "customer": Customer("Bertolini", ("Modena",)),
            "facts": (("Valuta", "EUR"),),
            "note": "a\nb",
            "contents": False,
            "lang": "it_IT",
            "labels": Labels(note="Note"),
            "numbers": NumberFormat(",", "."),
        }
        blocks = [Heading(0, "Pasta", "note", True), Line((b"picture", "Penne", 1.1), "new", 7, (8, 9))]
        source = source_of(blocks, *columns, price_columns=[PriceColumn(1.0, Unit(3, "quintale"))], **head)
        frozen = FrozenListing.of(source, "EUR")
        thawed = FrozenListing.decode(frozen.encode(), frozen.sha256)
        expected = Listing("Listino", columns[1:], **{**head, "company": Company("Dispensa", ("Via Emilia 1",))})
        self.assertEqual(thawed.listing(customer=Customer("Bertolini", ("Modena",))), expected)
        self.assertEqual(thawed.listing().customer, Customer())
        self.assertEqual(list(thawed.blocks()), [blocks[0], Line(("Penne", 1.1), "new", 7, (8, 9))])
        self.assertEqual(thawed.price_columns, [PriceColumn(1.0, Unit(3, "quintale"))])
        self.assertEqual((thawed.currency, thawed.line_count), ("EUR", 1))
        self.assertEqual(FrozenListing.of(thawed, "EUR").sha256, frozen.sha256, "what was frozen freezes the same")

    def test_the_customer_makes_no_difference_to_the_bytes(self):
        one, other = (
            FrozenListing.of(source_of([Line(("Penne", 1.1))], customer=Customer(name))) for name in ("Anna", "Bruno")
        )
        self.assertEqual(one.encode(), other.encode())

    @given(st.lists(st.tuples(TEXTS, PRICES, TEXTS, st.integers(1))))
    @settings(deadline=None, database=None, max_examples=60)
    def test_same_content_same_bytes_and_back(self, rows):
        blocks = [Line((name, price), note, number) for name, price, note, number in rows]
        frozen, again = FrozenListing.of(source_of(blocks)), FrozenListing.of(source_of(list(blocks)))
        self.assertEqual((frozen.encode(), frozen.sha256), (again.encode(), again.sha256))
        self.assertEqual(list(FrozenListing.decode(frozen.encode(), frozen.sha256).blocks()), blocks)

    def test_a_price_a_note_or_an_order_makes_another_hash(self):
        blocks = [Line(("Penne", 1.1), product_id=1), Line(("Fusilli", 1.2), product_id=2)]
        hashes = {
            FrozenListing.of(source_of(changed)).sha256
            for changed in (
                blocks,
                blocks[::-1],
                blocks[:1],
                [Line(("Penne", 1.1000000000000003), product_id=1), blocks[1]],
                [Line(("Penne", 1.1), "new", 1), blocks[1]],
                [Line(("Penne", 1.1), product_id=3), blocks[1]],
            )
        }
        self.assertEqual(len(hashes), 6)

    def test_bytes_that_were_changed_are_refused(self):
        frozen = FrozenListing.of(source_of([Line(("Penne", 1.1))]))
        data, other = frozen.encode(), FrozenListing.of(source_of([Line(("Penne", 1.0))])).encode()
        flipped = data[:40] + bytes([data[40] ^ 1]) + data[41:]
        for bad, reason in (
            (b"", "unreadable"),
            (b"PK\x03\x04", "unreadable"),
            (data[:-4], "unreadable"),
            (flipped, "unreadable"),
            (other, "changed"),
        ):
            with self.assertRaisesRegex(CorruptContent, reason):
                FrozenListing.decode(bad, frozen.sha256)
        for text, reason in ((b"[]", "unreadable"), (b"{}", "unreadable"), (b'{"format":99}', "another format")):
            with self.assertRaisesRegex(CorruptContent, reason):
                FrozenListing.decode(lzma.compress(text))

    def test_what_is_no_number_is_refused_before_it_is_kept(self):
        with self.assertRaises(ValueError):
            FrozenListing.of(source_of([Line(("Penne", float("nan")))])).encode()

    def test_ten_thousand_products_at_five_quantities_stay_under_a_megabyte(self):
        frozen = FrozenListing.of(many(10_000))
        data = frozen.encode()
        self.assertLess(len(data), MEGABYTE)
        self.assertEqual(data, FrozenListing.of(many(10_000)).encode())
        thawed = FrozenListing.decode(data, frozen.sha256)
        self.assertEqual(thawed.line_count, 10_000)


@tagged("post_install", "-at_install")
class TestFrozenDocument(DocumentCommon):
    def test_a_document_is_frozen_as_it_is_laid_out(self):
        self.document.write({"show_image": True, "tax_display": "both", "uom_ids": [Command.set(self.ton.ids)]})
        self.document.partner_id = self.env["res.partner"].create(
            {"name": "Bertolini", "lang": "en_US", "specific_property_product_pricelist": self.public_list.id}
        )
        builder = self.document._get_builder()
        frozen = FrozenListing.of(builder, builder.pricelist.currency_id.name)
        values = self.env["listino.frozen.mixin"]._prepare_frozen_vals(frozen)
        frozen = FrozenListing.decode(
            base64.b64decode(values["content"]), values["sha256"], values["price_time"], self.public_list
        )
        live = builder.listing()
        company = replace(live.company, logo=None)
        self.assertEqual(
            frozen.listing(live.customer), replace(live, columns=live.columns[1:], company=company, facts=live.facts)
        )
        lines = [replace(block, cells=block.cells[1:]) for block in builder.blocks() if isinstance(block, Line)]
        self.assertEqual([block for block in frozen.blocks() if isinstance(block, Line)], lines)
        self.assertEqual(
            [(column.quantity, column.uom and column.uom.id) for column in frozen.price_columns],
            [(1.0, None), (10.0, None), (1.0, self.ton.id)],
        )
        self.assertEqual((frozen.date, frozen.pricelist), (builder.date, builder.pricelist))
        self.assertNotIn(b"Bertolini", frozen.canonical())

    def test_one_row_for_many_variants_knows_them_all(self):
        size = self.env["product.attribute"].create(
            {"name": "Size", "value_ids": [Command.create({"name": "S"}), Command.create({"name": "L"})]}
        )
        lines = [Command.create({"attribute_id": size.id, "value_ids": [Command.set(size.value_ids.ids)]})]
        values = {"name": "Apron", "list_price": 5.0, "categ_id": self.food.id, "attribute_line_ids": lines}
        variants = self.env["product.template"].create(values)
        [line] = [block for block in self._blocks() if isinstance(block, Line) and block.cells[1] == "Apron"]
        self.assertEqual({line.product_id, *line.other_ids}, set(variants.product_variant_ids.ids))
        self.assertEqual(len(line.other_ids), 1)
