"""Which instalments call for a courtesy note before they are due."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..patience.contacts import WRITE


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dunning_courtesy_ids = fields.One2many("dunning.courtesy", "move_line_id", groups="dunning_it.group_dunning_user")

    @api.model
    def _get_courtesy_items(self, items=None, known=None):
        """The instalments of the environment's company that call for a courtesy note today.

        :param items: look at these alone; None: at all
        :param known: notes that stand against no other one, for they are being looked at
        """
        found = self.search(self._get_courtesy_domain(items))
        noted = found.sudo().dunning_courtesy_ids.filtered(lambda note: note.state != "cancelled")  # never twice
        found -= (noted - (known or noted.browse())).move_line_id
        customers = found.partner_id.commercial_partner_id
        policies = customers._get_dunning_policies()
        found = found.filtered(lambda item: item._is_courtesy_of(policies[item.partner_id.commercial_partner_id]))
        behaviour = found.partner_id.commercial_partner_id._get_dunning_behaviour()
        resting = found._get_resting_customers()
        return found.filtered(lambda item: item._needs_courtesy(policies, behaviour, resting))

    @api.model
    def _get_courtesy_domain(self, items=None):
        """Open instalments of invoices that fall due in time; one with a date of its own is left alone; a hook."""
        today = fields.Date.context_today(self)
        most = max(
            self.env["dunning.policy"].sudo().search([("has_courtesy", "=", True)]).mapped("courtesy_days") or [0]
        )
        domain = self._get_dunning_domain(self.env.company) & Domain(
            [
                ("move_id.move_type", "=", "out_invoice"),
                ("amount_residual_currency", ">", 0),
                ("date_maturity", ">=", today),
                ("date_maturity", "<=", fields.Date.add(today, days=most)),
                ("dunning_agreed_date", "=", False),
                ("no_followup", "=", False),
            ]
        )
        return domain if items is None else domain & Domain("id", "in", items.ids)

    def _is_courtesy_of(self, policy):
        """Whether a policy wants a note about the instalment today."""
        days = (self.date_maturity - fields.Date.context_today(self)).days
        is_wanted = bool(policy) and policy.has_courtesy and days <= policy.courtesy_days
        if not is_wanted:
            return False
        least = policy._get_in_currency(policy.courtesy_min_amount, self.currency_id)
        return self.currency_id.compare_amounts(self.amount_residual_currency, least) >= 0

    def _get_resting_customers(self):
        """Customers who are left alone: a case of theirs is paused, stopped or before a court."""
        customers = self.partner_id.commercial_partner_id
        resting = [("partner_id", "in", customers.ids), ("company_id", "=", self.env.company.id)]
        Case = self.env["dunning.case"].sudo()  # the server decides
        return Case.search([*resting, ("state", "in", ("paused", "stopped", "legal"))]).partner_id

    def _needs_courtesy(self, policies, behaviour, resting):
        customer = self.partner_id.commercial_partner_id
        if customer in resting or customer.sudo().dunning_insolvency_date:  # whoever asks
            return False
        if self.move_id.line_ids.sudo().dunning_case_line_ids.filtered(lambda line: line.state == "disputed"):
            return False
        median = behaviour[customer].median_days_late
        return median is not None and median > policies[customer].courtesy_days_late

    def _as_dunning_case(self):
        """The case as it would be if the instalment were overdue, never saved: its rules on addresses, languages, quiet
        hours and contacts hold for courtesy notes too.

        :rtype: dunning.case
        """
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        policy = customer.with_company(self.company_id)._get_dunning_policies()[customer]
        return self.env["dunning.case"].new(
            {
                "company_id": self.company_id.id,
                "partner_id": customer.id,
                "currency_id": self.currency_id.id,
                "policy_id": policy.id,
            }
        )

    def _get_courtesy_words(self):
        """Subject and body of the note, in the language of who pays.

        :rtype: dict
        """
        item = self.with_context(lang=self._as_dunning_case()._in_mail_language().env.lang)
        template = self.env.ref("dunning_it.mail_template_before_due").sudo()  # the server's words
        return template._generate_template(item.ids, ("subject", "body_html"))[item.id]

    def _get_courtesy_link(self):
        """Where the customer sees the invoice and may pay it; no other entry has a page, nor gets a key to one.

        Odoo tries a new template on any item there is.
        """
        move = self.move_id
        return move.is_sale_document() and move.get_base_url() + move.get_portal_url()

    def _prepare_courtesy_preview_vals(self):
        """A line of the preview."""
        case = self._as_dunning_case()
        problem = case._get_mail_problem()
        return {
            "item_id": self.id,
            "partner_id": case.partner_id.id,
            "email": case._get_email(),
            "lang": case._in_mail_language().env.lang,
            "currency_id": self.currency_id.id,
            "amount": self.amount_residual_currency,
            "can_go": not problem,
            "is_chosen": not problem,
            "remark": problem or case._tell_answer(case._may_contact(WRITE)),
        }
