"""The share page in a browser, as narrow as a phone and as wide as a desk."""

from odoo.tests import tagged

from .test_share_page import SharePageCommon

# Nothing is wider than the window, and whatever is to be touched is large enough for a thumb.
FITS = """
    const page = document.documentElement;
    const problems = [];
    if (page.scrollWidth > window.innerWidth) problems.push(`as wide as ${page.scrollWidth}`);
    const touched = ".button, .chips a, form input:not([type=hidden]):not([id=website])";
    for (const node of document.querySelectorAll(touched)) {
        if (node.matches(".search *") && node.getBoundingClientRect().height > 50) problems.push("a broken word");
        if (node.getBoundingClientRect().height < 40) problems.push(`${node.className || node.name} is too low`);
    }
    if (!document.querySelector(%r)) problems.push("nothing is shown");
    if (problems.length) console.error(problems.join("; ")); else console.log("test successful");
"""


@tagged("post_install", "-at_install", "tour")
class TestSharePhone(SharePageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number in range(9):
            name = f"Supercalifragilistichespiralidoso{'x' * 60} {number}"
            path = f"Alimentari > Categoria dal nome che non finisce mai {number}"
            cls.item = cls._create_item(cls._create_product(name), sent={"product_type": path, "image_link": ""})

    def _check(self, path, shown, size):
        self.browser_size = size
        self.browser_js(path, FITS % shown, ready="document.readyState === 'complete'", timeout=60)

    def test_the_page_fits_a_phone(self):
        self._check("/catalogo/frantoio", ".goods li", "390x844")

    def test_the_form_fits_a_phone(self):
        self._check(f"/catalogo/frantoio/{self.item.id}", "#ask textarea", "390x844")

    def test_the_page_fits_a_desk(self):
        self._check("/catalogo/frantoio", ".goods li", "1400x900")
