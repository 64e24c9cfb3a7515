"""Price lists know their current revision, and are not deleted once it was published."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        # Lists of companies that the user does not see are published all the same.
        publications = self.env["listino.publication"].sudo()
        if published := publications.search([("pricelist_id", "in", self.ids)], limit=1).pricelist_id:
            raise UserError(
                self.env._(
                    "%(name)s was published; its revisions prove what the prices were. Archive it instead.",
                    name=published.name,
                )
            )

    def _get_current_revision(self, date=None):
        """The revision of this list that was the last one at a moment, or an empty recordset.

        :param date: a datetime; default: now
        """
        self.ensure_one()
        return self._get_current_revisions(date).get(self, self.env["listino.publication"])

    def _get_current_revisions(self, date=None):
        """The last revision of each list for everybody, of whichever document; in one query.

        :param date: a datetime; default: now
        :return: ``listino.publication`` by ``product.pricelist``; lists without one are missing
        :rtype: dict
        """
        Publication = self.env["listino.publication"]
        domain = [
            ("pricelist_id", "in", self.ids),
            ("partner_id", "=", False),
            ("date", "<=", date or fields.Datetime.now()),
        ]
        found = Publication._read_group(domain, ["pricelist_id"], ["id:max"])
        return {pricelist: Publication.browse(publication_id) for pricelist, publication_id in found}
