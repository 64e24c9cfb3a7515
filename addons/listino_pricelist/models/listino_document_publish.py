"""Publishing a listino document: its prices of today become a revision."""

import base64
import contextlib
import io
from dataclasses import replace
from itertools import islice

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.misc import clean_context

from ..freezing.content import FrozenListing
from ..layout.listing import IMAGE, Column, Heading

PICTURES_AT_ONCE = 500


def decode(picture):
    """The bytes of a picture that a binary field holds, None without one."""
    return base64.b64decode(picture) if picture else None


class ListinoDocument(models.Model):
    _inherit = "listino.document"

    publication_ids = fields.One2many("listino.publication", "document_id", string="Revisions", copy=False)
    publication_count = fields.Integer(string="Published Revisions", compute="_compute_publication_count")

    @api.depends("publication_ids")
    def _compute_publication_count(self):
        counts = dict(
            self.env["listino.publication"]._read_group([("document_id", "in", self.ids)], ["document_id"], ["__count"])
        )
        for document in self:
            document.publication_count = counts.get(document._origin, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for document in self:
            if document.publication_count:
                raise UserError(
                    self.env._(
                        "%(name)s was published; its revisions prove what the prices were. Archive it instead.",
                        name=document.name,
                    )
                )

    # === ACTIONS === #

    def action_publish(self):
        """Check the list, and open the dialog that publishes the document."""
        self.ensure_one()
        self.check_access("read")
        with contextlib.suppress(UserError):  # another worker checks it just now
            self._get_pricelist(self.partner_id)._check_health()
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_publish_action")
        return {**action, "context": {**self.env.context, "default_document_id": self.id}}

    def action_open_publications(self):
        """Open the revisions of the document."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_publication_action")
        return {**action, "domain": [("document_id", "=", self.id)], "context": {}}

    def action_what_changed(self):
        """Show what changed since the last revision, or since what the document's customer got last."""
        self.ensure_one()
        return self._open_what_changed(self.partner_id)

    def _open_what_changed(self, partner):
        if not self._get_last_frozen(partner):
            if partner:
                raise UserError(
                    self.env._("%(name)s has not got this price list yet. Publish it for him first.", name=partner.name)
                )
            raise UserError(self.env._("%(name)s was never published yet. Publish it first.", name=self.name))
        return self.env["listino.difference"]._open(self, partner, {})

    # === BUSINESS === #

    def _publish(self, reason, partner=None):
        """Freeze the prices of now as the next revision, with the PDF and the Excel file made of the frozen content.

        :param str reason: why, kept with the revision
        :param partner: whose prices; default: the document's own customer
        :return: the ``listino.publication``
        """
        self.ensure_one()
        context = {**clean_context(self.env.context), "bin_size": False}  # a client's defaults reach no file
        return self.with_context(context)._publish_clean(reason, partner)  # pylint: disable=context-overridden

    def _publish_clean(self, reason, partner):
        self._check_may_publish()
        number = self._allocate_revision()
        builder = self._get_builder(partner)
        frozen = FrozenListing.of(builder, builder.pricelist.currency_id.name)
        if not frozen.line_count:
            raise UserError(
                self.env._("No product meets the choice of %(name)s: there is nothing to publish.", name=self.name)
            )
        customer = builder.listing().customer
        files = {extension: self._print_frozen(frozen, extension, number, customer) for extension in ("pdf", "xlsx")}
        Publication = self.env["listino.publication"].sudo()  # nobody has the right to create one by hand
        values = {
            **Publication._prepare_frozen_vals(frozen),
            **self._prepare_publication_vals(number, reason, builder),
        }
        publication = Publication._keep(values, files).sudo(self.env.su)
        self._note_publication(publication)
        return publication

    def _check_may_publish(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("listino_pricelist.group_listino_manager"):
            raise AccessError(self.env._("Only managers of price lists publish them."))

    def _allocate_revision(self):
        """The next number; whoever publishes the document at the same time waits here, then begins anew.

        Writing the row is what makes PostgreSQL refuse the second transaction, which then Odoo runs once more.
        """
        self.flush_recordset()
        self.env.cr.execute(SQL("UPDATE listino_document SET id = id WHERE id = %s", self.id))
        Publication = self.env["listino.publication"].sudo()  # numbers count in companies one does not see, too
        [[last]] = Publication._read_group([("document_id", "=", self.id)], [], ["number:max"])
        return (last or 0) + 1

    def _prepare_publication_vals(self, number, reason, builder):
        """The values of a revision besides its prices and files; relations by id."""
        return {
            "name": builder.document.name,
            "document_id": self.id,
            "company_id": self.company_id.id,
            "number": number,
            "partner_id": builder.partner.id,
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "reason": (reason or "").strip(),
        }

    def _note_publication(self, publication):
        """Leave a note on the document."""
        text = self.env._("Revision %(number)s published.", number=publication.number)
        self.message_post(body=f"{text} {publication.reason}" if publication.reason else text)

    def _print_frozen(self, frozen, extension, number, customer):
        """The file of a revision as bytes, with its number on it."""
        document = self.with_context(lang=frozen.listing().lang or self.env.lang)
        listing = frozen.listing(customer, decode(self.company_id.logo))
        facts = (*listing.facts, (document.env._("Revision"), str(number)))
        listing, blocks = document._add_pictures(replace(listing, facts=facts), frozen.blocks())
        with io.BytesIO() as stream:
            self._write_listing(extension, listing, blocks, stream)
            return stream.getvalue()

    def _add_pictures(self, listing, blocks):
        """The same with the pictures of the products, which are not kept in frozen content."""
        if not self.show_image:
            return listing, blocks
        column = Column("image", self.env._("Picture"), IMAGE)
        return replace(listing, columns=(column, *listing.columns)), self._read_pictures(blocks)

    def _read_pictures(self, blocks):
        blocks = iter(blocks)
        while chunk := list(islice(blocks, PICTURES_AT_ONCE)):
            lines = [block for block in chunk if not isinstance(block, Heading)]
            products = self.env["product.product"].browse([line.product_id for line in lines])
            pictures = {product.id: product.image_128 for product in products}
            for block in chunk:
                if isinstance(block, Heading):
                    yield block
                else:
                    yield replace(block, cells=(decode(pictures[block.product_id]), *block.cells))
            products.invalidate_recordset()

    # === HOOKS === #

    def _get_publishing_warnings(self, partner=None):
        """What a manager should know before publishing: what is wrong in the list; a hook for more.

        :param partner: the reader, whose list counts
        :return: sentences
        :rtype: list[str]
        """
        return self._get_pricelist(partner)._get_health_warnings()

    def _get_last_frozen(self, partner=None):
        """What the customer got last of this document (of any, where self is empty); a hook for other ways to get one.

        :param partner: a ``res.partner``; none: the document's own customer, or everybody
        :return: a record with ``_get_frozen()``, or an empty recordset
        """
        partner = partner or self.partner_id
        own = [("partner_id", "=", partner.id)]
        if self:
            own.append(("document_id", "in", self.ids))
        return self.env["listino.publication"].search(own, order="date desc, id desc", limit=1)

    def _get_frozen_now(self, partner=None):
        """The content of now, in memory: what a revision is compared with.

        :rtype: ..freezing.content.FrozenListing
        """
        builder = self._get_builder(partner)
        return FrozenListing.of(builder, builder.pricelist.currency_id.name)
