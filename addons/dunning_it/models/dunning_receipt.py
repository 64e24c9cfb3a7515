"""Receipts of certified mail, as they came."""

import base64
import hashlib
import logging
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.fields import Domain

from ..outbox.outcome import words_of
from ..pec.receipts import STUMBLES, Receipt, read_receipt

_logger = logging.getLogger(__name__)

TRIED_FOR = 7  # days in which a receipt is matched again and again
KINDS = [
    ("acceptance", "Acceptance"),
    ("non_acceptance", "Not accepted"),
    ("taken_in_charge", "Taken in charge"),
    ("delivery", "Delivery"),
    ("delivery_failed", "Delivery failed"),
    ("delivery_delayed", "Delivery is late"),
    ("virus", "Virus found"),
]
PROBLEM_WORDS = [
    ("unreadable", "It can't be read"),
    ("no_receipt_header", "It comes from a provider and is neither a receipt nor a message"),
    ("unknown_kind", "Its kind is unknown"),
    ("anomaly", "An ordinary mail dressed up as a receipt"),
    ("not_from_provider", "It does not come from a provider"),
    ("unsigned", "The provider has not signed it"),
    ("no_certificate", "The file daticert.xml is missing"),
    ("several_certificates", "It has several files daticert.xml"),
    ("certificate_too_large", "The file daticert.xml is too large"),
    ("malformed_certificate", "The file daticert.xml can't be read"),
    ("invalid_date", "Its date can't be right"),
    ("no_identifier", "The provider's identifier is missing"),
    ("no_reference", "It does not say which message it is about"),
    ("no_recipient", "It does not say which address it is about"),
    ("no_receipt_type", "It does not say how complete it is"),
    ("contradiction", "Its parts contradict each other"),
]


class DunningReceipt(models.Model):
    """A mail that a provider of PEC sent back, or that claims to be one.

    What is about a notice is matched by the Message-ID; the rest waits for a person, and nothing is lost.
    """

    _name = "dunning.receipt"
    _description = "PEC Receipt"
    _order = "id desc"
    _rec_name = "subject"

    company_id = fields.Many2one("res.company", readonly=True, index=True)
    notice_id = fields.Many2one("dunning.notice", readonly=True, index="btree_not_null", ondelete="restrict")
    state = fields.Selection(
        [("open", "To look at"), ("matched", "Matched"), ("settled", "Settled by a person")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    kind = fields.Selection(KINDS, readonly=True)
    problem = fields.Selection(PROBLEM_WORDS, readonly=True, help="Why nothing was concluded from it.")
    remark = fields.Char(readonly=True)
    reference = fields.Char(string="About Message-ID", readonly=True, index="btree_not_null")
    certified_on = fields.Datetime(readonly=True)
    recipient = fields.Char(readonly=True)
    provider = fields.Char(readonly=True)
    subject = fields.Char(readonly=True)
    content = fields.Binary(string="Mail", readonly=True, attachment=True)
    content_name = fields.Char(compute="_compute_content_name")
    fingerprint = fields.Char(required=True, readonly=True)

    _once = models.UniqueIndex("(fingerprint)", "This receipt is there already.")

    @api.depends("kind")
    def _compute_content_name(self):
        for receipt in self:
            receipt.content_name = f"{receipt.kind or 'receipt'}-{receipt.id}.eml"

    # === IN === #

    @api.model
    def _take(self, found, message):
        """Keep a receipt that came by mail, and have its notice know.

        :param found: a ``Receipt`` or ``Problem``, see :mod:`..pec.receipts`
        :param message: the mail, as an :class:`email.message.EmailMessage`
        """
        raw = self._get_bytes(message)
        mark = self._get_fingerprint(found, raw)
        if self.search_count([("fingerprint", "=", mark)], limit=1):
            return
        vals = self._prepare_receipt_vals(found) if isinstance(found, Receipt) else self._prepare_problem_vals(found)
        subject = " ".join(str(message.get("Subject") or "").split())
        receipt = self.create(
            {
                **vals,
                "fingerprint": mark,
                "content": base64.b64encode(raw),
                "subject": subject or self.env._("PEC receipt"),
            }
        )
        if isinstance(found, Receipt):
            receipt._match_safely()

    @staticmethod
    def _get_bytes(message):
        """The mail as it came: headers are not folded anew, so that the provider's signature stays valid."""
        try:
            return message.as_bytes(policy=message.policy.clone(refold_source="none"))
        except STUMBLES:
            return str(message.items()).encode(errors="replace")

    @staticmethod
    def _get_fingerprint(found, raw):
        """The same for one receipt that came twice, through two mailboxes or two fetches."""
        if isinstance(found, Receipt):
            parts = (found.kind, found.identifier, found.reference, found.recipient or "", found.when.isoformat())
            raw = "\n".join(parts).encode()
        return hashlib.sha256(raw).hexdigest()

    @api.model
    def _prepare_receipt_vals(self, found):
        return {
            "kind": found.kind,
            "reference": found.reference,
            "certified_on": found.when.astimezone(timezone.utc).replace(tzinfo=None),
            "recipient": found.recipient,
            "provider": found.provider,
            "remark": found.error_text or False,
            "company_id": self.env["res.company"]._get_by_pec(found.sender).id,
        }

    @api.model
    def _prepare_problem_vals(self, found):
        return {"problem": found.code, "remark": found.detail or False, "reference": found.reference or False}

    # === MATCH === #

    def _match_safely(self):
        """Match it, and keep it for a person whatever may go wrong: a mail that fails is not fetched again."""
        try:
            with self.env.cr.savepoint():
                self._match()
        except Exception as error:  # noqa: BLE001 - the receipt is kept, with what went wrong
            _logger.info("Receipt %s was not matched", self.id, exc_info=True)
            self.remark = words_of(error)

    def _match(self):
        """Have the notice that the receipt is about know of it.

        What can't be matched, or taken by its notice, stays to be looked at.
        """
        notice = self.env["dunning.notice"].search([("message_uid", "=", self.reference)], limit=1)
        if not notice:
            return
        self.write({"notice_id": notice.id, "company_id": notice.company_id.id})
        locked = notice.try_lock_for_update() and notice.case_id.try_lock_for_update()
        if not locked:
            self.env.ref("dunning_it.ir_cron_dunning_notice")._trigger()  # somebody works on it: once more
            return
        notice.invalidate_recordset()
        raw = base64.b64decode(self.content)
        found = read_receipt(raw)
        problem = notice._take_receipt(found, self.content_name, raw)
        self.write({"remark": problem} if problem else {"state": "matched", "remark": found.error_text or False})

    # === ACTIONS === #

    def action_settle(self):
        """A person has looked at it."""
        self.check_access("read")  # who may see them may settle them
        receipts = self.sudo().filtered(lambda receipt: receipt.state == "open")  # receipts are the server's to write
        receipts.write({"state": "settled"})

    @api.model
    def _get_waiting_domain(self):
        """Receipts of the last days that were read well: their notice may have been busy."""
        since = fields.Datetime.now() - timedelta(days=TRIED_FOR)
        return Domain("state", "=", "open") & Domain("problem", "=", False) & Domain("create_date", ">=", since)
