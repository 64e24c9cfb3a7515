"""What changed between two revisions of a price list, or since one of them."""

from collections import namedtuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.osutil import clean_filename

from ..freezing.difference import DifferentCurrencies, compare
from ..models.difference_listing import DifferenceListing, words_of_difference

Comparison = namedtuple("Comparison", "old new difference")
MOST_SHOWN = 20_000  # changes in the web client; the files hold all


class ListinoDifference(models.TransientModel):
    """Two contents of a document to compare: two revisions, or one and the prices of now."""

    _name = "listino.difference"
    _description = "What Changed in a Price List"

    document_id = fields.Many2one("listino.document", required=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="cascade",
        help="Whose prices are compared; empty: as the document says.",
    )
    old_publication_id = fields.Many2one(
        "listino.publication",
        string="Old Revision",
        domain="[('document_id', '=', document_id)]",
        ondelete="cascade",
        help="Empty: what the customer got last.",
    )
    new_publication_id = fields.Many2one(
        "listino.publication",
        string="New Revision",
        domain="[('document_id', '=', document_id)]",
        ondelete="cascade",
        help="Empty: the prices of now.",
    )

    @api.depends("document_id.name")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("What changed: %(name)s", name=wizard.document_id.name or "")

    # === ACTIONS === #

    @api.model
    def _open(self, document, partner, values):
        """Open the difference in the web client.

        :param document: the ``listino.document``
        :param partner: the reader, or none
        :param dict values: the revisions to compare
        """
        wizard = self.create({"document_id": document.id, "partner_id": partner.id, **values})
        return wizard.action_show()

    def action_show(self):
        """Show the difference."""
        self.ensure_one()
        self._compare()  # what is wrong with the choice is said here, where a message can be shown
        return {
            "type": "ir.actions.client",
            "tag": "listino_pricelist.difference",
            "name": self.display_name,
            "params": {"difference_id": self.id},
        }

    # === BUSINESS === #

    def _get_old(self):
        """The record with the older content."""
        return self.old_publication_id or self.document_id._get_last_frozen(self.partner_id)

    def _compare(self):
        """Both contents and their difference.

        :rtype: Comparison
        """
        self.check_access("read")
        self.document_id.check_access("read")  # a form may be about a document that its user may not see
        if not (record := self._get_old()):
            raise UserError(self.env._("There is nothing to compare with yet. Publish the price list first."))
        old = record._get_frozen()
        newer = self.new_publication_id
        new = newer._get_frozen() if newer else self.document_id._get_frozen_now(self.partner_id)
        try:
            return Comparison(old, new, compare(old, new))
        except DifferentCurrencies as error:
            raise UserError(
                self.env._(
                    "Prices in %(old)s can't be compared with prices in %(new)s.",
                    old=error.args[0],
                    new=error.args[1],
                )
            ) from error

    def _get_captions(self):
        """What the two columns of prices are called: the revision and its date, or that it is now."""
        now = self.env._("now")
        return self._caption(self._get_old()), self._caption(self.new_publication_id) or now

    def _caption(self, record):
        if not record:
            return ""
        if record._name == "listino.publication":
            day = format_date(self.env, fields.Datetime.context_timestamp(self, record.date).date())
            return self.env._("revision %(number)s of %(date)s", number=record.number, date=day)
        return record.display_name

    @api.readonly
    def get_difference(self):
        """What the web client shows: captions, the summary, and sections with their changes.

        :return: ``changes`` as lists of kind, reference, name, what the price is for, old, new, amount, percent
        :rtype: dict
        """
        self.ensure_one()
        old, new, difference = self._compare()
        captions = self._get_captions()
        listing = DifferenceListing(self.env, old, new, difference, captions)
        shown = difference.changes[:MOST_SHOWN]
        return {
            "title": new.listing().title,
            "customer": self.partner_id.display_name or "",
            "captions": captions,
            "summary": words_of_difference(self.env, difference),
            "counts": dict(difference.counts()),
            "remarks": listing.remarks(),
            "has_labels": listing.has_labels,
            "left_out": len(difference) - len(shown),
            "sections": listing.sections(shown),
        }

    def _write_file(self, extension, stream):
        """Write the difference as a file, in the language of the price list.

        :param str extension: pdf, xlsx or csv
        """
        self.ensure_one()
        old, new, difference = self._compare()
        wizard = self.with_context(lang=new.listing().lang or self.env.lang)
        customer = self.document_id._get_builder(self.partner_id).listing().customer if self.partner_id else None
        listing = DifferenceListing(wizard.env, old, new, difference, wizard._get_captions())
        self.document_id._write_listing(extension, listing.listing(customer), listing.blocks(), stream)

    def _get_file_name(self, extension):
        return clean_filename(f"{self.display_name}.{extension}")
