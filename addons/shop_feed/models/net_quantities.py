"""How much a piece is of what is sold by weight, volume, length or area: for the price of a kilo, a litre and so on."""

from decimal import Decimal

from ..channels.amounts import Measure
from ..pricing.unit_price import SCALES

# The units of law, by Odoo's unit of the same size.
UNITS_OF_LAW = {
    "uom.product_uom_kgm": "kg",
    "uom.product_uom_litre": "l",
    "uom.product_uom_meter": "m",
    "uom.product_uom_square_meter": "sqm",
}
PIECE = "uom.product_uom_unit"
DIGITS = Decimal("0.000001")


class NetQuantities:
    """Reads the net quantity of products: goods sold by the kilo, quintal or litre are what their unit says, others
    what their product page says (as many times as the unit holds pieces), or the shop's own unit price says."""

    def __init__(self, env):
        self._of_law = [(env.ref(xml_id, raise_if_not_found=False), unit) for xml_id, unit in UNITS_OF_LAW.items()]
        self._piece = env.ref(PIECE, raise_if_not_found=False)
        self._known = {}

    def of(self, product):
        """The :class:`..channels.amounts.Measure` of one unit of a variant; None where it is not sold so."""
        template = product.product_tmpl_id
        by_unit = self._by_unit(template.uom_id)
        if by_unit:
            return by_unit
        if template.feed_quantity > 0 and template.feed_unit:
            quantity = _exact(template.feed_quantity * self._pieces(template.uom_id))
            return Measure(quantity, template.feed_unit)
        unit = (product.base_unit_id.name or "").strip().lower()
        if product.base_unit_count > 0 and unit in SCALES:
            return Measure(_exact(product.base_unit_count), unit)
        return None

    def _by_unit(self, uom):
        if uom.id not in self._known:
            self._known[uom.id] = next(
                (
                    Measure(_exact(uom.factor / law.factor), unit)
                    for law, unit in self._of_law
                    if law and uom._has_common_reference(law)
                ),
                None,
            )
        return self._known[uom.id]

    def _pieces(self, uom):
        """How many pieces one unit is: six of a pack of six."""
        if self._piece and uom._has_common_reference(self._piece):
            return uom.factor / self._piece.factor
        return 1.0


def _exact(number):
    return Decimal(repr(number)).quantize(DIGITS).normalize()
