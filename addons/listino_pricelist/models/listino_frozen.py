"""Records that keep the content of a price list as a reader got it."""

import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..freezing.content import CorruptContent, FrozenListing


class ListinoFrozenMixin(models.AbstractModel):
    """Keeps prices as they were: compressed, without the customer's name, proven by a hash.

    Equal contents are equal bytes, so that the filestore keeps them once. The hash is that of the canonical JSON, see
    :mod:`..freezing.content`.
    """

    _name = "listino.frozen.mixin"
    _description = "Frozen Prices"

    content = fields.Binary(attachment=True, readonly=True, copy=False)
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False, help="Of the prices as they were.")
    line_count = fields.Integer(string="Lines", readonly=True, copy=False)
    price_time = fields.Datetime(string="Prices of", readonly=True, copy=False)
    pricelist_id = fields.Many2one("product.pricelist", string="Price List", readonly=True, copy=False)

    def _prepare_frozen_vals(self, frozen):
        """The values that keep a :class:`..freezing.content.FrozenListing`."""
        return {
            "content": base64.b64encode(frozen.encode()),
            "sha256": frozen.sha256,
            "line_count": frozen.line_count,
            "price_time": frozen.date,
            "pricelist_id": frozen.pricelist.id,
        }

    def _get_frozen(self):
        """The content as it was kept.

        :rtype: ..freezing.content.FrozenListing
        :raise UserError: where it is not any more what was kept
        """
        self.ensure_one()
        content = base64.b64decode(self.with_context(bin_size=False).content or b"")
        try:
            return FrozenListing.decode(content, self.sha256, self.price_time, self.pricelist_id)
        except CorruptContent as error:
            raise UserError(
                self.env._(
                    "The kept prices of “%(name)s” are damaged: they are not those of which the SHA-256 was taken. "
                    "Restore them from a backup.",
                    name=self.display_name,
                )
            ) from error
