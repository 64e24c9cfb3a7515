"""What proves that a customer accepted a quote: the content he saw, the file he signed, who, when and from where."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.listino_pricelist.freezing.content import sha256_of

from ..evidence.content import digest_of, short

PINNED_ONCE = {"attachment_id", "sha256"}


class QuoteEvidence(models.Model):
    """A signature as it was given, never changed and never deleted, not even by the server.

    The portal's signatures and countersigned copies that came on paper are kept alike: the canonical text of what was
    signed with its SHA-256, and the file with its own. Only the file is added a moment later, once.
    """

    _name = "quote.evidence"
    _description = "Signed Quote"
    _order = "id desc"
    _rec_name = "signed_by"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="order_id.company_id", store=True)
    kind = fields.Selection(
        [("portal", "Signed online"), ("countersigned", "Countersigned copy")], required=True, readonly=True
    )
    content = fields.Text(required=True, readonly=True, help="The canonical text of what was signed.")
    digest = fields.Char(
        string="Digest of the Content", required=True, readonly=True, help="SHA-256 of the canonical text."
    )
    attachment_id = fields.Many2one("ir.attachment", string="Signed Paper", readonly=True, ondelete="restrict")
    sha256 = fields.Char(string="SHA-256 of the Paper", readonly=True)
    signed_by = fields.Char(required=True, readonly=True)
    signed_on = fields.Datetime(required=True, readonly=True)
    address = fields.Char(string="IP Address", readonly=True, help="From where it was signed online.")
    user_agent = fields.Char(string="Browser", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Received By",
        readonly=True,
        ondelete="restrict",
        help="Who took in the countersigned copy.",
    )
    short_digest = fields.Char(compute="_compute_short_digest")

    @api.depends("digest")
    def _compute_short_digest(self):
        for evidence in self:
            evidence.short_digest = short(evidence.digest)

    # === CRUD === #

    def write(self, vals):
        # OVERRIDE: nobody changes what was signed, not even the server; only its file is added, once.
        self.check_access("write")
        if not (self.env.su and vals.keys() <= PINNED_ONCE and not any(self.mapped("sha256"))):
            raise UserError(self.env._("What a customer signed is never changed, for it proves what was agreed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What a customer signed is never deleted, for it proves what was agreed."))

    # === ACTIONS === #

    def action_download(self):
        """Give the signed file to whoever may see the order."""
        self.ensure_one()
        if not self.attachment_id:
            raise UserError(self.env._("There is no file of this signature."))
        url = f"/web/content/{self.attachment_id.id}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def action_verify(self):
        """Take the hashes anew and say whether all is as it was signed."""
        self.check_access("read")
        damaged = [part for evidence in self.sudo() for part in evidence._get_damage()]  # the file is the evidence's
        message = self.env._("Content and file are those that were signed.")
        if damaged:
            message = self.env._("Not as it was signed: %(parts)s", parts=", ".join(damaged))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Changed since it was signed") if damaged else self.env._("As it was signed"),
                "message": message,
                "type": "danger" if damaged else "success",
                "sticky": bool(damaged),
            },
        }

    def action_compare(self):
        """Show what is different today from what was signed."""
        self.ensure_one()
        return self.order_id.action_compare_signed(self)

    # === BUSINESS === #

    def _get_damage(self):
        """The names of the parts that are not any more what was signed; empty: all is intact."""
        self.ensure_one()
        damage = []
        if digest_of(self.content) != self.digest:
            damage.append(self.env._("content"))
        if self.sha256 and sha256_of(self.attachment_id.raw or b"") != self.sha256:
            damage.append(self.env._("file"))
        return damage

    def _pin(self, name, raw):
        """Keep the signed file with its hash; a second call is refused.

        :param str name: of the file
        :param bytes raw: its content
        """
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": raw, "res_model": self._name, "res_id": self.id}
        )
        self.write({"attachment_id": attachment.id, "sha256": sha256_of(raw)})

    def _describe(self):
        """Who signed, when and from where, as a sentence for the chatter."""
        self.ensure_one()
        return Markup("%s<br/>%s") % (
            self.env._("Signed paper of %(name)s kept.", name=self.signed_by),
            self.env._("SHA-256 %(sha256)s", sha256=self.sha256 or ""),
        )
