"""An import: what a person chooses, sees and presses."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..importing.matching import CRITERIA

STATES = [
    ("draft", "To map"),
    ("previewed", "Preview"),
    ("queued", "Waiting"),
    ("running", "Importing"),
    ("done", "Done"),
    ("failed", "Failed"),
]
MATCHES = [
    ("reference", "Internal reference"),
    ("barcode", "Barcode"),
    ("supplier_code", "Vendor's code"),
    ("name", "Name"),
]
# The prices that live beside the product, in records of their own.
PRICES_BESIDE_PRODUCTS = {
    "pricelist": "product.pricelist.item",
    "supplier": "product.supplierinfo",
    "competitor": "listino.competitor.price",
}
CHOICES = {"kind", "pricelist_id", "partner_id", "file", "sheet", "decimal_mark", "match_1", "match_2", "match_3"}
CHOICES |= {"create_missing", "update_details", "default_category_id", "barcode_policy", "column_ids"}
CHOICES |= {"company_id", "currency_id"}
# As whom an import is written, and whether: not for its user to say, see _write_owned.
SERVER_OWNED = (
    "state",
    "user_id",
    "plan_digest",
    "row_count",
    "create_count",
    "update_count",
    "unchanged_count",
    "refuse_count",
    "new_categories",
    "error",
    "done_date",
    "attempt_count",
)


class ListinoImport(models.Model):
    """A file of products and prices on its way into the catalogue, a price list or a vendor's list.

    Read and mapped (``draft``), compared with what is there without writing anything (``previewed``), then written in
    one transaction (``done``) or not at all (``failed``). This file holds what a person sees and presses; reading is in
    ``listino_import_reading``, comparing in ``listino_import_facts``, writing in ``listino_import_apply`` and the
    scheduled run of large files in ``listino_import_job``.
    """

    _name = "listino.import"
    _description = "Import of products and prices"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name", store=True)
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    kind = fields.Selection(
        [
            ("catalogue", "Products and sales prices"),
            ("pricelist", "Fixed prices of a price list"),
            ("supplier", "A vendor's price list"),
            ("cost", "Product costs"),
            ("competitor", "A competitor's prices"),
        ],
        string="What it holds",
        default="catalogue",
        required=True,
        help="Products and sales prices: the price becomes the sales price of the product.\n"
        "Fixed prices of a price list: the price becomes a rule of the list, for its quantity and dates.\n"
        "A vendor's price list: the price becomes the vendor's price, with code, discount, quantity and dates.\n"
        "Product costs: the price, less the discount, becomes the cost of the product.\n"
        "A competitor's prices: kept beside your own, to compare with.",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users", string="Imported by", default=lambda self: self.env.user, readonly=True, copy=False
    )
    pricelist_id = fields.Many2one("product.pricelist", string="Price list", check_company=True)
    partner_id = fields.Many2one("res.partner", string="Vendor", check_company=True)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id", store=True, readonly=False)
    file = fields.Binary(attachment=True, required=True)
    file_name = fields.Char()
    sheet = fields.Char(help="Which sheet of the workbook to read; the first that holds a table when empty.")
    decimal_mark = fields.Selection(
        [(",", "Comma: 1.234,56"), (".", "Point: 1,234.56")],
        string="Decimal mark",
        help="Needed only where a file has nothing but numbers like 1.234, which can be read both ways. Left empty, "
        "the other numbers of the column tell, and if none does, the Italian way is taken.",
    )
    match_1 = fields.Selection(MATCHES, string="Recognise products by", default="reference", required=True)
    match_2 = fields.Selection(MATCHES, string="else by", default="barcode")
    match_3 = fields.Selection(MATCHES, string="or else by")
    create_missing = fields.Boolean(string="Create missing products", default=True)
    update_details = fields.Boolean(
        string="Update names, categories and taxes too",
        help="Otherwise products that are already there only get the new price. A barcode or reference of the file "
        "fills an empty one, never replaces another; units of existing products are never changed.",
    )
    default_category_id = fields.Many2one("product.category", string="Category where the file has none")
    barcode_policy = fields.Selection(
        [("refuse", "Refuse the row"), ("drop", "Import without barcode"), ("keep", "Keep it as it is")],
        string="Wrong barcodes",
        default="refuse",
        required=True,
        help="A barcode is wrong when its length or check digit is not that of an EAN-8, UPC, EAN-13 or GTIN-14.",
    )
    column_ids = fields.One2many(
        "listino.import.column", "import_id", compute="_compute_column_ids", store=True, readonly=False
    )
    line_ids = fields.One2many("listino.import.line", "import_id", readonly=True)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    create_count = fields.Integer("To create", readonly=True, copy=False)
    update_count = fields.Integer("To change", readonly=True, copy=False)
    unchanged_count = fields.Integer("Unchanged", readonly=True, copy=False)
    refuse_count = fields.Integer("Refused", readonly=True, copy=False)
    new_categories = fields.Text("New categories", readonly=True, copy=False)
    plan_digest = fields.Char(readonly=True, copy=False)
    error = fields.Text(readonly=True, copy=False)
    done_date = fields.Datetime("Imported on", readonly=True, copy=False)
    attempt_count = fields.Integer(readonly=True, copy=False)
    progress = fields.Integer(compute="_compute_progress")

    # === COMPUTE METHODS === #

    @api.depends("file_name")
    def _compute_name(self):
        for record in self:
            record.name = record.file_name or record.env._("New import")

    @api.depends("kind", "pricelist_id", "company_id")
    def _compute_currency_id(self):
        for record in self:
            own = record.kind == "pricelist" and record.pricelist_id.currency_id
            record.currency_id = own or record.company_id.currency_id

    def _compute_progress(self):
        done = dict(
            self.env["listino.import.progress"]._read_group(
                [("import_id", "in", self.ids)], ["import_id"], ["percent:max"]
            )
        )
        for record in self:
            record.progress = 100 if record.state == "done" else done.get(record, 0)

    # === CHECKS === #

    def _check_manager(self):
        """Raise unless the user manages price lists; buttons can be called without their view."""
        self.check_access("write")
        if not self.env.user.has_group("listino_pricelist.group_listino_manager"):
            raise AccessError(self.env._("Only managers of price lists import files. Ask one of them."))

    def _check_product_rights(self):
        """Raise a clear message, before any work, when the user may not write what this import writes."""
        written = PRICES_BESIDE_PRODUCTS.get(self.kind, "product.product")
        models_needed = [written] + ["product.product"] * self._has_to_create_missing()
        for model in models_needed:
            if not self.env[model].has_access("create") or not self.env[model].has_access("write"):
                raise AccessError(
                    self.env._(
                        "You may not change records of the kind “%(model)s”, which this import writes. Ask an "
                        "administrator for the right “Products: Create”, or let somebody import who has it.",
                        model=self.env[model]._description,
                    )
                )

    def _has_to_create_missing(self):
        """Whether products that are not there are created; what a competitor sells is not in our range for that."""
        return self.create_missing and self.kind != "competitor"

    @api.model
    def _check_owned(self, names):
        """Raise where values come from outside for what the server alone says of an import.

        :param names: the fields that are to be written
        """
        owned = [name for name in SERVER_OWNED if name in names]
        if owned and not self.env.su:
            raise AccessError(
                self.env._(
                    "Odoo itself records where an import stands (%(fields)s). Use the buttons of the import instead.",
                    fields=", ".join(owned),
                )
            )

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._(
                    "The import of “%(name)s” has moved on meanwhile. Reload the page to see where it stands.",
                    name=self.name,
                )
            )

    def _check_choices(self):
        """Raise unless the choices and the mapping make an import possible."""
        fields_mapped = self.column_ids.filtered("field_name").mapped("field_name")
        if self.kind == "pricelist" and not self.pricelist_id:
            raise UserError(self.env._("Choose the price list that the prices are for."))
        if self.kind == "supplier" and not self.partner_id:
            raise UserError(self.env._("Choose the vendor whose price list this is."))
        if self.kind == "competitor" and not self.partner_id:
            raise UserError(self.env._("Choose the competitor whose prices these are."))
        if "supplier_code" in self._get_match_order() and not self.partner_id:
            raise UserError(self.env._("Choose the vendor by whose codes products are to be recognised."))
        if "price" not in fields_mapped:
            raise UserError(self.env._("No column is mapped to the price. Choose the column that holds it."))
        if not set(fields_mapped) & set(self._get_match_order()):
            raise UserError(
                self.env._(
                    "None of the columns tells which product a row is about. Map one to the reference, the barcode, "
                    "the vendor's code or the name, and choose it under “Recognise products by”."
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: an import begins as a draft of the one who creates it, whatever values, context or defaults say.
        self._check_owned(set().union(*vals_list))
        if not self.env.su:
            vals_list = [vals | self._prepare_fresh_vals() for vals in vals_list]
        return super().create(vals_list)

    @api.model
    def _prepare_fresh_vals(self):
        """The server's own fields of an import that begins, all of them: what is left out, a default would fill."""
        return dict.fromkeys(SERVER_OWNED, False) | {"state": "draft", "user_id": self.env.uid}

    def write(self, vals):
        # OVERRIDE: what was previewed, and all the more what was imported, keeps the choices it was made with; where
        # an import stands is not written from outside.
        self._check_owned(vals)
        if CHOICES.intersection(vals) and any(record.state != "draft" for record in self):
            raise UserError(self.env._("The choices of a previewed import are fixed. Press “Change settings” first."))
        return super().write(vals)

    def _write_owned(self, vals):
        """Write what the server alone says of an import.

        :param dict vals: values that the server has found, none that a user has chosen
        """
        self.sudo().write(vals)  # no user has the right to these fields

    @api.ondelete(at_uninstall=False)
    def _unlink_except_running(self):
        if any(record.state == "running" for record in self):
            raise UserError(self.env._("An import is running. Wait until it is over, then delete it."))

    # === ACTIONS === #

    def action_preview(self):
        """Compare the file with what is there; nothing but this import is written."""
        self._check_manager()
        self._check_state("draft", "previewed", "failed")
        self._check_choices()
        self._check_product_rights()
        self._store_preview(self._get_plan())
        return True

    def action_back(self):
        """Back to the choices and the mapping."""
        self._check_manager()
        self._check_state("previewed", "failed")
        self._clear_preview()
        return True

    def action_apply(self):
        """Write what the preview shows: at once, or by the scheduled action where it takes longer."""
        self._check_manager()
        self._check_state("previewed")
        self._check_product_rights()
        if not self.create_count + self.update_count:
            raise UserError(self.env._("There is nothing to write: no row creates or changes anything."))
        self._write_owned({"user_id": self.env.uid, "error": False, "attempt_count": 0})
        if self.row_count > self._get_background_threshold():
            self._enqueue()
        else:
            self._run_at_once()
        return True

    def action_cancel(self):
        """Take a waiting import back; one that runs is past that."""
        self._check_manager()
        self._check_state("queued")
        self._write_owned({"state": "previewed"})
        return True

    def action_view_lines(self):
        """The rows of the preview in a list of their own, filtered by the action in the context."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_import_line_action")
        shown = self.env.context.get("listino_import_action")
        action["domain"] = [("import_id", "=", self.id)]
        action["context"] = {f"search_default_{shown}": 1} if shown else {}
        return action

    def action_view_products(self):
        """The products this import created or changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.product_template_action")
        lines = self.line_ids.filtered(lambda line: line.action in ("create", "update"))
        action["domain"] = [("product_variant_ids", "in", lines.product_id.ids)]
        action["context"] = {}
        return action

    # === HOOKS === #

    def _get_match_order(self):
        """:return: tuple of criteria, each once, in the order they are tried"""
        chosen = [self.match_1, self.match_2, self.match_3]
        return tuple(dict.fromkeys(name for name in chosen if name in CRITERIA))

    @api.model
    def _get_background_threshold(self):
        """More rows than this are written by the scheduled action instead of the request of the button."""
        parameters = self.env["ir.config_parameter"].sudo()  # a plain number, no secret
        return int(parameters.get_param("listino_pricelist.import_background_rows", 2000))
