"""A listino document: a saved choice of what to print of a price list, for whom and how."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import file_path
from odoo.tools.osutil import clean_filename

from ..layout.csv_file import write_csv
from ..layout.paper.fonts import FontFiles
from ..layout.pdf import write_pdf
from ..layout.preview import preview_of
from ..layout.sheet.limits import TooManyRows
from ..layout.xlsx import write_xlsx
from ..pricing.breaks import quantity_columns
from .listing_builder import ListingBuilder
from .reader import beginning_of, quantities_of


class ListinoDocument(models.Model):
    """What to print of a price list: list or customer, products, columns and texts.

    It holds no prices: they are those of the moment, or of its date.
    """

    _name = "listino.document"
    _description = "Price List Document"
    _inherit = ["mail.thread", "listino.product.search"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="Printed as the title.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        check_company=True,
        help="His price list, his taxes and his language; leave it empty for a list for everybody.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price List",
        required=True,
        check_company=True,
        compute="_compute_from_partner",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        compute="_compute_from_partner",
        store=True,
        readonly=False,
        precompute=True,
    )
    portal_visible = fields.Boolean(
        string="On the Portal",
        tracking=True,
        copy=False,
        groups="listino_pricelist.group_listino_manager",
        help="Customers with a login find it there: the document's customer, or all of them, each with his own prices.",
    )
    price_date = fields.Date(string="Prices of", help="Leave it empty for the prices of the day it is printed.")

    # What is in it
    category_ids = fields.Many2many(
        "product.category",
        "listino_document_category_rel",
        string="Categories",
        help="With their subcategories. Leave it empty for all.",
    )
    excluded_category_ids = fields.Many2many(
        "product.category", "listino_document_excluded_category_rel", string="Except", help="With their subcategories."
    )
    product_domain = fields.Char(string="Products")
    only_priced = fields.Boolean(string="Leave Out Products Without a Price", default=True)
    merge_variants = fields.Boolean(
        string="One Row for Variants of the Same Price",
        default=True,
        help="Variants whose prices are all the same are printed as one product.",
    )
    product_order = fields.Selection(
        [("default_code, name, id", "Reference"), ("name, default_code, id", "Name")],
        string="Order in a Category",
        required=True,
        default="default_code, name, id",
    )

    # How it looks
    show_reference = fields.Boolean(string="Reference", default=True)
    show_barcode = fields.Boolean(string="Barcode")
    show_image = fields.Boolean(string="Picture")
    show_uom = fields.Boolean(string="Unit", default=True)
    show_vat_rate = fields.Boolean(string="VAT Rate", default=True)
    tax_display = fields.Selection(
        [("excluded", "Without VAT"), ("included", "With VAT"), ("both", "Without and with VAT")],
        string="Prices",
        required=True,
        default="excluded",
    )
    quantity_mode = fields.Selection(
        [("single", "One price"), ("breaks", "From the rules"), ("typed", "As typed")],
        string="Quantities",
        required=True,
        default="breaks",
        help="From the rules: a column for each minimum quantity that the list, or a list it is based on, has.",
    )
    most_columns = fields.Integer(string="At Most", default=5, help="How many quantity columns there may be.")
    typed_quantities = fields.Char(help="Quantities separated by semicolons: 1; 10; 100")
    uom_ids = fields.Many2many(
        "uom.uom", string="Prices per Other Units", help="A price for each of these units, as when one of it is bought."
    )
    show_notes = fields.Boolean(string="Notes", default=True, help="Of the list, its categories, products and rules.")
    page_break = fields.Boolean(string="Main Categories on New Pages")
    show_contents = fields.Boolean(string="Table of Contents", default=True)
    introduction = fields.Text(translate=True, help="Printed at the beginning, after the note of the price list.")
    terms = fields.Text(
        string="Closing Words",
        translate=True,
        default=lambda self: self.env._("Prices are subject to change without notice."),
    )

    @api.depends("partner_id")
    def _compute_from_partner(self):
        for document in self:
            partner = document.partner_id.with_company(document.company_id)
            if partner:
                document.pricelist_id = partner.property_product_pricelist or document.pricelist_id
            document.lang = partner.lang or document.lang or self.env.lang or self.env.user.lang

    @api.constrains("most_columns", "quantity_mode", "typed_quantities")
    def _check_quantities(self):
        for document in self:
            if not 1 <= document.most_columns <= 12:
                raise ValidationError(self.env._("There may be 1 to 12 quantity columns."))
            if document.quantity_mode == "typed" and len(document._get_typed_quantities()) > document.most_columns:
                raise ValidationError(
                    self.env._("There are more quantities than columns. Type fewer, or allow more columns.")
                )

    # === ACTIONS === #

    def action_preview(self):
        """Open the preview in the web client."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "listino_pricelist.preview",
            "name": self.name,
            "params": {"document_id": self.id},
        }

    def action_print_pdf(self):
        """Download the price list as a PDF."""
        return self._download("pdf")

    def action_export_xlsx(self):
        """Download the price list as a spreadsheet."""
        return self._download("xlsx")

    def action_export_csv(self):
        """Download the price list as a CSV file."""
        return self._download("csv")

    def action_print_for_customers(self):
        """Open the choice of customers to print the document for."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_run_new_action")
        return {**action, "context": {**self.env.context, "default_document_id": self.id}}

    def _download(self, extension):
        self.ensure_one()
        self._get_builder()  # what is wrong with the choice is said here, where a message can be shown
        return {"type": "ir.actions.act_url", "url": f"/listino/document/{self.id}/{extension}", "target": "download"}

    @api.ondelete(at_uninstall=True)
    def _unlink_runs(self):
        self.env["listino.run"].sudo().search([("document_id", "in", self.ids)]).unlink()  # with their files

    # === OUTPUT === #

    def _write_file(self, extension, stream, partner=None):
        """Write the document.

        :param str extension: pdf, xlsx or csv
        :param stream: a writable binary stream
        :param partner: another customer than the document's own
        """
        builder = self._get_builder(partner)
        self._write_listing(extension, builder.listing(), builder.blocks(), stream)

    def _write_listing(self, extension, listing, blocks, stream):
        """Write what a content source holds: the document itself, a revision of it, or a difference."""
        match extension:
            case "pdf":
                write_pdf(listing, blocks, stream, FontFiles.find(file_path("web/static/fonts")))
            case "xlsx":
                self._write_xlsx(listing, blocks, stream)
            case "csv":
                write_csv(listing, blocks, stream)
            case _:
                raise ValueError(extension)

    def _write_xlsx(self, listing, blocks, stream):
        try:
            write_xlsx(listing, blocks, stream)
        except TooManyRows as error:
            raise UserError(
                self.env._("A sheet holds %(limit)s rows. Print the list in parts, or as CSV.", limit=error.limit)
            ) from error

    def _get_file_name(self, extension):
        return clean_filename(f"{self.name}.{extension}")

    @api.readonly
    def get_preview(self):
        """What the preview in the web client shows: the head, the columns, and sections with their lines.

        :return: see :func:`..layout.preview.preview_of`; and list, date, and quantity and unit by the key of a price
            column, from which a price can be asked for its derivation
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        builder = self._get_builder()
        prices = {
            f"{tax}_{place}": {"quantity": column.quantity, "uom_id": column.uom and column.uom.id}
            for place, column in enumerate(builder.price_columns)
            for tax in ("untaxed", "taxed")
        }
        return {
            **preview_of(builder.listing(), builder.blocks()),
            "pricelist_id": builder.pricelist.id,
            "price_date": fields.Datetime.to_string(builder.date),
            "prices": prices,
        }

    # === CONTENT === #

    def _get_builder(self, partner=None, lang=None):
        """What lays the document out, for its own customer or another one, in the reader's language.

        :param partner: a ``res.partner``, whose list, taxes and language then count
        :param str lang: another language than that
        """
        self.ensure_one()
        partner = partner or self.partner_id
        pricelist = self._get_pricelist(partner)
        own_lang = partner.lang or self.lang if partner != self.partner_id else self.lang
        if not pricelist.active:
            raise UserError(self.env._("The price list %(name)s is archived. Choose another one.", name=pricelist.name))
        document = self.with_context(lang=lang or own_lang, bin_size=False).with_company(self.company_id)
        return ListingBuilder(document, document.env["product.pricelist"].browse(pricelist.id), partner)

    def _get_pricelist(self, partner):
        """The list that counts for a reader: the document's, or another customer's own."""
        if partner and partner != self.partner_id:
            return partner.with_company(self.company_id).property_product_pricelist or self.pricelist_id
        return self.pricelist_id

    def _get_product_domain(self):
        """The domain of the products to print; a hook for other choices."""
        domain = self._get_sold_domain()
        if self.category_ids:
            domain &= Domain("categ_id", "child_of", self.category_ids.ids)
        if self.excluded_category_ids:
            domain &= ~Domain("categ_id", "child_of", self.excluded_category_ids.ids)
        if part := self.env.context.get("listino_category_ids"):
            domain &= Domain("categ_id", "child_of", part)
        return domain & self._get_search_of_author()

    def _get_sold_domain(self):
        """The domain of the products that the company sells at all."""
        return (
            Domain("sale_ok", "=", True)
            & Domain("active", "=", True)
            & Domain(self.env["product.product"]._check_company_domain(self.company_id))
        )

    def _get_search_of_author(self):
        """The search; online, where all is read as superuser, with the rights of the document's author alone.

        Otherwise he could ask the database what he may not read, and see by the products online what it answers.
        """
        search = self._get_search_domain()
        if not self.env.su or search.is_true():
            return search
        author = self.env["product.product"].with_user(self.create_uid).with_company(self.company_id)
        try:
            return Domain("id", "in", author._search(search))
        except AccessError:  # he may not read it any more
            return Domain.FALSE

    def _get_quantities(self, pricelist):
        """The quantities to print prices for, in ascending order."""
        if self.quantity_mode == "typed":
            return self._get_typed_quantities()
        if self.quantity_mode == "single":
            return [1.0]
        return quantity_columns(pricelist._get_breaks(self._get_date()), self.most_columns)

    def _get_typed_quantities(self):
        return quantities_of(self.env, self.typed_quantities)

    def _get_date(self):
        """The moment of the prices as Odoo stores it: now, or the beginning of the document's day where the user is."""
        return beginning_of(self.env, self.price_date) if self.price_date else fields.Datetime.now()
