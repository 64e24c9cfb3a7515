"""The trail of approvals: what happened, once and for all."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

SEALED = ("request_id", "kind", "user_id", "date", "level_id", "on_behalf_of_id", "digest", "order_name", "comment")
FIGURES = ("discount", "margin", "amount")


class QuoteDiscountEvent(models.Model):
    """One thing that happened to a request: who, when, what was asked, why. Nobody changes or deletes it.

    The seal is taken of the seal before too, so that it shows where somebody changed the table by other means.
    """

    _name = "quote.discount.event"
    _description = "Trail of Approvals"
    _order = "id desc"
    _check_company_auto = True
    _log_access = False

    request_id = fields.Many2one(
        "quote.discount.request", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_name = fields.Char(string="Quotation", readonly=True)
    kind = fields.Selection(
        [
            ("asked", "Asked"),
            ("approved", "Approved"),
            ("rejected", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("escalated", "Passed on"),
            ("expired", "Not answered"),
            ("superseded", "Overtaken by a change"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Who", required=True, readonly=True, ondelete="restrict")
    on_behalf_of_id = fields.Many2one("res.users", string="In Place of", readonly=True, ondelete="restrict")
    level_id = fields.Many2one("quote.discount.level", readonly=True, ondelete="restrict")
    discount = fields.Float(string="Discount Asked", digits="Discount", readonly=True, aggregator="avg")
    margin = fields.Float(digits="Discount", readonly=True, groups=fields.NO_ACCESS)
    amount = fields.Monetary(string="Value", readonly=True)
    comment = fields.Text(string="Why", readonly=True)
    digest = fields.Char(string="Digest of the Content", readonly=True)
    seal = fields.Char(required=True, readonly=True, help="SHA-256 of this entry, and of the seal before.")

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: only what really happened is written down.
        if not self.env.su:
            raise AccessError(self.env._("The trail of approvals is written by the server alone."))
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: nobody changes what happened, not even the server.
        raise UserError(self.env._("The trail of approvals is never changed, for it proves who approved what."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The trail of approvals is never deleted, for it proves who approved what."))

    @api.model
    def _note(self, request, kind, comment=False, on_behalf_of=None, user=None):
        """Write down what happened to a request, with its figures of now."""
        before = self.sudo().search([("request_id", "=", request.id)], limit=1)  # the trail is the server's
        vals = {
            "request_id": request.id,
            "company_id": request.company_id.id,
            "order_name": request.order_name,
            "kind": kind,
            "date": fields.Datetime.now(),
            "user_id": (user or self.env.user).id,
            "on_behalf_of_id": on_behalf_of.id if on_behalf_of else False,
            "level_id": request.level_id.id,
            "comment": comment or False,
            "digest": request.digest,
            **{name: request[name] for name in FIGURES},
        }
        return self.sudo().create({**vals, "seal": self._seal_of(vals, before.seal or "")})  # likewise

    @api.model
    def _seal_of(self, values, before):
        """SHA-256 of an entry's values, and of the seal before it."""
        plain = {name: str(values[name] or "") for name in SEALED}
        plain.update({name: f"{values[name] or 0:.4f}" for name in FIGURES}, before=before)
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()

    def _is_intact(self):
        """Whether entry after entry is as it was written."""
        for entries in self.grouped("request_id").values():
            before = ""
            for entry in entries.sorted("id"):
                values = {name: entry[name].id if self._fields[name].relational else entry[name] for name in SEALED}
                if entry.seal != self._seal_of({**values, **{name: entry[name] for name in FIGURES}}, before):
                    return False
                before = entry.seal
        return True
