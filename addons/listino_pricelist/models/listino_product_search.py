"""A search for products, typed by a person and kept."""

import ast

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ListinoProductSearch(models.AbstractModel):
    """Something that chooses products by a search, which may have been written by hand or by another version."""

    _name = "listino.product.search"
    _description = "Search for Products"

    product_domain = fields.Char(string="Search", default="[]", help="A search that the products have to meet.")

    @api.constrains("product_domain")
    def _check_product_domain(self):
        """Try the search: what reads well may still compare a price with a word."""
        for record in self:
            try:
                with self.env.cr.savepoint():
                    self.env["product.product"].search(record._get_search_domain(), limit=1)
            except (ValueError, TypeError, psycopg2.Error) as error:
                raise record._unreadable_search() from error

    def _get_search_domain(self):
        """The search as a domain.

        :raise ValidationError: where it can't be read
        """
        try:
            return Domain(ast.literal_eval(self.product_domain or "[]"))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError) as error:
            raise self._unreadable_search() from error

    def _unreadable_search(self):
        return ValidationError(
            self.env._("The search for products of %(name)s can't be read. Choose it anew.", name=self.name)
        )
