"""Signatures that are bound to what was signed.

The digest of the content is taken when the customer signs; a change of anything that he signed for makes the signature
void, and everybody sees it: whoever opens the order, the customer on his page, the paper.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import consteq

from ..evidence.content import short
from ..evidence.difference import compare
from .sale_order import QUOTE_STATES

KEY = "quote_discounts_unsigning"
A_REQUEST = timedelta(minutes=1)  # what is made in one bears the time at which it began
BOUND = ("signed_digest", "signed_address", "signed_user_agent")
SERVER_FIELDS = {"signature", "signed_by", "signed_on", "block_snapshot", *BOUND}
CONTENT = (  # what usually changes it
    "amount_total",
    "order_line.name",
    "order_line.product_uom_qty",
    "order_line.price_unit",
    "order_line.discount",
    "order_line.tax_ids",
    "order_line.sequence",
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "payment_term_id",
    "note",
    "validity_date",
    "quote_block_ids",
)


class Unsigning:
    """In the context, the mark of a quote being set back to draft: a client can name the key but never make it."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    signed_digest = fields.Char(
        string="Signed Content", readonly=True, copy=False, help="SHA-256 of the content that the customer signed."
    )
    signed_address = fields.Char(string="Signed From", readonly=True, copy=False, help="IP address of the signer.")
    signed_user_agent = fields.Char(string="Signed With", readonly=True, copy=False, help="Browser of the signer.")
    evidence_ids = fields.One2many("quote.evidence", "order_id", string="Signed Papers", readonly=True, copy=False)
    acceptance = fields.Selection(
        [
            ("none", "Not signed"),
            ("valid", "Signed"),
            ("void", "Signed, changed since"),
            ("unbound", "Signed, content not recorded"),
        ],
        compute="_compute_acceptance",
        compute_sudo=True,
        help="Whether the customer signed what the order says now.",
    )
    content_digest = fields.Char(string="Digest", compute="_compute_content_digest", compute_sudo=True)

    @api.depends("signature", "signed_digest", "evidence_ids", *CONTENT)
    def _compute_acceptance(self):
        """Not stored, since what it depends on is more than what is named: the customer's address, a tax."""
        for order in self:
            accepted = order._get_evidence_in_force()
            if accepted:
                order.acceptance = "valid" if accepted.digest == order._get_content_digest() else "void"
            else:
                order.acceptance = "unbound" if order.signature else "none"

    @api.depends(*CONTENT)
    def _compute_content_digest(self):
        for order in self:
            order.content_digest = order.partner_id and order._get_content_digest()

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: a signature comes from the customer's page, from nowhere else.
        return super()._get_server_fields() | SERVER_FIELDS

    @api.model
    def _get_released_fields(self, creating):
        # OVERRIDE: but for the quote that is set back to draft, which Odoo takes the signature off.
        released = super()._get_released_fields(creating)
        is_unsigning = not creating and isinstance(self.env.context.get(KEY), Unsigning)
        return released | SERVER_FIELDS if is_unsigning else released

    def write(self, vals):
        # OVERRIDE: a signature is bound to the content it is given for.
        result = super().write(vals)
        if vals.get("signature") and not all(order.signature for order in self.with_context(bin_size=True)):
            raise UserError(self.env._("The signature can't be read. Please draw it again."))
        if "signature" in vals:
            self.sudo()._bind_signature()  # server-owned
        return result

    # === ACTIONS === #

    def action_draft(self):
        # OVERRIDE: core takes the signature off a quote that goes back to draft; what was signed stays in its evidence,
        # and a copy on paper stays in force.
        done = super(SaleOrder, self.with_context(**{KEY: Unsigning()})).action_draft()
        self._note_countersigned()
        return done

    def action_verify_signed(self):
        """Check the signed papers of the order against their hashes."""
        return self.evidence_ids.action_verify()

    def action_compare_signed(self, evidence=None):
        """Show what the order says now beside what was signed."""
        self.ensure_one()
        self.check_access("read")
        evidence = evidence or self._get_evidence_in_force()
        return self.env["quote.signed.difference"]._open(self, evidence)

    def action_countersigned(self):
        """Take in a copy that the customer signed on paper."""
        self.ensure_one()
        self.check_access("read")
        self.env["quote.countersigned"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Countersigned copy received"),
            "res_model": "quote.countersigned",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    # === SIGNATURE === #

    def _bind_signature(self):
        """Note of each order what its signature was given for, and from where; nothing, where it was taken away."""
        for order in self:
            if not order.signature:
                order.write(dict.fromkeys(BOUND, False))
                continue
            order.write({"signed_digest": order._get_content_digest(), **self._prepare_origin_vals()})
            order.env["quote.evidence"].create(order._prepare_evidence_vals())

    @api.model
    def _prepare_origin_vals(self):
        """From where the request comes that signs."""
        if not request:
            return {"signed_address": False, "signed_user_agent": False}
        agent = request.httprequest.user_agent.string[:500]
        return {"signed_address": request.httprequest.remote_addr, "signed_user_agent": agent}

    def _prepare_evidence_vals(self):
        """The values of the evidence of the signature that stands on the order."""
        self.ensure_one()
        content = self._get_paper_content()
        return {
            "order_id": self.id,
            "kind": "portal",
            "content": content.text,
            "digest": content.digest,
            "signed_by": self.signed_by or self.partner_id.display_name,
            "signed_on": self.signed_on or fields.Datetime.now(),
            "address": self.signed_address,
            "user_agent": self.signed_user_agent,
        }

    def _note_countersigned(self):
        """Say of orders that are signed on paper by whom and when, where Odoo and other apps look for it."""
        for order in self.sudo().filtered(lambda order: not order.signature):  # the server's to note
            evidence = order._get_evidence_in_force()
            if evidence:
                order.write({"signed_by": evidence.signed_by, "signed_on": evidence.signed_on})

    def _get_evidence_in_force(self):
        """The last acceptance that was not taken back, of whatever content."""
        self.ensure_one()
        return self.evidence_ids.sorted("id", reverse=True).filtered(
            lambda evidence: evidence.kind == "countersigned"
            or (self.signature and evidence.digest == self.signed_digest)
        )[:1]

    def _is_signature_void(self):
        """Whether the content is not any more what was signed."""
        self.ensure_one()
        return self.acceptance == "void"

    def _get_signed_changes(self, evidence=None):
        """What changed since it was signed.

        :rtype: list[..evidence.difference.Change]
        """
        self.ensure_one()
        evidence = (evidence or self._get_evidence_in_force()).sudo()
        return compare(evidence.content, self.sudo()._get_paper_content().text) if evidence else []

    # === ON THE CUSTOMER'S PAGE === #

    def _get_shown_digest(self):
        """The digest that the page carries and gives back when it is signed."""
        return self._get_content_digest()

    def _get_signing_error(self, digest):
        """Why the customer can't sign what he saw; empty: he can.

        :param str digest: of the content that his page showed
        """
        self.ensure_one()
        if not self._is_offer_allowed():
            return self.env._("This quote is still being prepared. We will write to you as soon as it is ready.")
        if not self.try_lock_for_update():
            return self.env._("The quote is being changed just now. Please load the page again in a moment.")
        if not consteq((digest or "").encode(), self._get_content_digest().encode()):
            return self.env._("The quote has changed. Please load the page again and read it before you sign.")
        return ""

    def _pin_signed_paper(self):
        """Keep the PDF that the customer got with his signature."""
        self.ensure_one()
        evidence = self.evidence_ids.sorted("id")[-1:]
        if evidence.sha256 or not evidence:
            return
        paper = self._find_signed_paper()
        name, raw = (paper.name, paper.raw) if paper else (f"{self.name}.pdf", self._print_paper())
        evidence._pin(name, raw)

    def _find_signed_paper(self):
        """The file that core put into the chatter when it was signed just now."""
        message = self.message_ids.sorted("id", reverse=True).filtered("attachment_ids")[:1]
        return message.attachment_ids.filtered(
            lambda file: file.mimetype == "application/pdf" and file.create_date >= self.signed_on - A_REQUEST
        )[:1]

    def _print_paper(self):
        report = self.env["ir.actions.report"].sudo()  # the customer may not print by himself
        return report._render_qweb_pdf("sale.action_report_saleorder", self.ids)[0]

    def _has_to_be_signed(self):
        # OVERRIDE: a void signature is none; a countersigned copy of the same content is one.
        needed = super()._has_to_be_signed()
        if needed:
            return self.acceptance != "valid"
        return bool(
            self.signature
            and self.require_signature
            and self.state in QUOTE_STATES
            and not self.is_expired
            and self._is_offer_allowed()
            and self._is_signature_void()
        )

    def _get_short_digest(self):
        """The beginning of the digest of what the order says now, for the paper."""
        self.ensure_one()
        return short(self.sudo()._get_content_digest())
