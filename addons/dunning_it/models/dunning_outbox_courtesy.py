"""A friendly word before the due date, where the customer's real behaviour says that it is needed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import generate_tracking_message_id

from ..patience.contacts import WEEK
from .dunning_case_contact import to_italy


class DunningCourtesy(models.Model):
    """A note about an instalment that is not due yet: one an instalment, by the way of reminders through the outbox."""

    _name = "dunning.courtesy"
    _description = "Courtesy Note"
    _inherit = ["dunning.mail"]
    _order = "id desc"
    _check_company_auto = True
    _outbox_cron = "dunning_it.ir_cron_dunning_courtesy"

    move_line_id = fields.Many2one(
        "account.move.line", string="Instalment", required=True, readonly=True, index=True, ondelete="cascade"
    )
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, readonly=True, index=True)
    policy_id = fields.Many2one("dunning.policy", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    due_date = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(readonly=True)

    _once = models.UniqueIndex("(move_line_id) WHERE state != 'cancelled'", "An instalment has one courtesy note.")

    @api.depends("move_line_id", "due_date")
    def _compute_display_name(self):
        for note in self:
            note.display_name = note.move_line_id.move_name or note.move_line_id.display_name

    # === OUTBOX === #

    @api.model
    def _cron_courtesy(self):
        """Write the notes of the day where the company has it so, and send what is in the outbox."""
        self._settle_lost()
        companies = self.env["res.company"].search([("dunning_is_automatic", "=", True)])
        items = self.env["account.move.line"].union(*map(self._get_items, companies))
        self.env["ir.cron"]._commit_progress(remaining=len(items) + self.search_count(self._get_work_domain()))
        for item in items:
            self._claim(item)
            if not self.env["ir.cron"]._commit_progress(1):
                return
        self._send_waiting()

    @api.model
    def _get_items(self, company):
        """The instalments of a company that call for a note now and can have one."""
        items = self.env["account.move.line"].with_company(company)._get_courtesy_items()
        return items.filtered(lambda item: not item._as_dunning_case()._get_mail_problem())

    @api.model
    def _claim(self, item, user=None):
        """Put a note in the outbox, as of now; what another worker holds, or calls for none any more, is left alone.

        :param item: the ``account.move.line``
        :param user: who sends it; empty: the scheduled action
        """
        notes = self.sudo().browse()  # the outbox is the server's
        item = item.sudo().try_lock_for_update()  # whoever looks after dunning
        item.invalidate_recordset()
        item = item.with_company(item.company_id)._get_courtesy_items(item)
        if not item or item._as_dunning_case()._get_mail_problem():
            return notes
        note = notes.create(self._prepare_vals(item, user))
        return note if note._prepare_safely() else notes

    @api.model
    def _prepare_vals(self, item, user=None):
        """Values of the note about an instalment that is not due yet."""
        case = item._as_dunning_case()
        return {
            "move_line_id": item.id,
            "company_id": item.company_id.id,
            "partner_id": case.partner_id.id,
            "policy_id": case.policy_id.id,
            "due_date": item.date_maturity,
            "amount": item.amount_residual_currency,
            "user_id": user.id if user else False,
            "email": case._get_email(),
        }

    def _prepare(self):
        # OVERRIDE: the words of a note, in the language of who pays.
        words = self.move_line_id._get_courtesy_words()
        uid = generate_tracking_message_id(f"{self.move_line_id.id}-{self._name}")
        self.write({"subject": words["subject"], "body": words["body_html"], "message_uid": uid})

    def _renew(self):
        # OVERRIDE: a payment in between makes a note anew, on newer figures, or needless.
        super()._renew()
        item = self.move_line_id
        item.invalidate_recordset()
        is_same = self.currency_id.compare_amounts(item.amount_residual_currency, self.amount) == 0
        if is_same and item.with_company(self.company_id)._get_courtesy_items(item, known=self):
            return self
        self._cancel(self.env._("It is needed no more, or not as it was written."))
        return self._claim(item, self.user_id)

    # === THE MAIL === #

    def _get_case(self):
        # OVERRIDE: none is open, but its rules hold.
        return self.move_line_id._as_dunning_case()

    def _get_thread(self):
        # OVERRIDE: the invoice shows it.
        return self.move_id

    def _check_may_settle(self):
        # OVERRIDE: who looks after dunning.
        self.env["dunning.case"].check_access("write")
        self.check_access("read")

    @api.model
    def _add_contacts(self, found):
        """Add the notes of the last seven days to the contacts with customers, see ``dunning.case._get_contacts``."""
        since = fields.Datetime.now() - WEEK
        customers = self.env["res.partner"].union(*(partner for partner, _company in found))
        for note in self.search([("partner_id", "in", customers.ids), ("state", "=", "done"), ("done_on", ">", since)]):
            found.setdefault((note.partner_id, note.company_id), []).append(to_italy(note.done_on))
        return found

    # === ACTIONS === #

    @api.model
    def action_preview(self):
        """Look at the notes of today before they are sent."""
        self.env["dunning.case"].check_access("write")
        items = self.env["account.move.line"].sudo()._get_courtesy_items()  # who looks after dunning
        if not items:
            raise UserError(self.env._("No courtesy note is called for today: see the policies for when one is."))
        vals_list = [item._prepare_courtesy_preview_vals() for item in items]
        return self.env["dunning.preview"]._open(vals_list, self.env._("Send Courtesy Notes"))

    @api.model
    def _send_items(self, items):
        """Put the notes about instalments in the outbox for a person."""
        self.env["dunning.case"].check_access("write")
        items.check_access("read")
        notes = self.sudo().browse()  # the outbox is the server's
        for item in items:
            notes |= self._claim(item, self.env.user)
        self.env.ref(self._outbox_cron).sudo()._trigger()  # the server sends
        return self.env["dunning.case"]._tell_reminders(len(items), len(notes))


class DunningCase(models.Model):
    _inherit = "dunning.case"

    def _get_contacts(self):
        # OVERRIDE: a courtesy note is a contact too.
        found = super()._get_contacts()
        return self.env["dunning.courtesy"].sudo()._add_contacts(found)  # no right to notes is needed
