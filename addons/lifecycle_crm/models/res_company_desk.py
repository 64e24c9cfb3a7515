"""Settings of the desk: who looks after cases and calls, and how soon customers are answered."""

from odoo import api, fields, models

USER = "lifecycle_crm.group_lifecycle_user"


class ResCompany(models.Model):
    _inherit = "res.company"

    lifecycle_case_user_id = fields.Many2one(
        "res.users",
        string="Owner of Cases",
        help="Where neither the order nor the customer has a salesperson.",
        groups="base.group_user",
    )
    lifecycle_manager_id = fields.Many2one(
        "res.users",
        string="Told of What Is Overdue",
        help="Else the leader of the sales team of whoever owns it.",
        groups="base.group_user",
    )
    lifecycle_case_days = fields.Integer(string="Days for a Case", default=5, groups="base.group_user")
    lifecycle_case_alias_id = fields.Many2one("mail.alias", copy=False, ondelete="set null", groups="base.group_user")
    lifecycle_case_alias_name = fields.Char(
        string="E-Mail of Cases",
        compute="_compute_lifecycle_case_alias_name",
        inverse="_inverse_lifecycle_case_alias_name",
        groups="base.group_user",
    )
    lifecycle_reply_hours = fields.Float(
        string="Answer Within",
        default=4,
        help="Working hours in which customers' mails are answered.",
        groups="base.group_user",
    )
    lifecycle_caller_id = fields.Many2one(
        "res.users",
        string="Calls Customers without Salesperson",
        help="Else they are on the list of everybody.",
        groups="base.group_user",
    )
    lifecycle_call_quota = fields.Integer(
        string="Calls a Day",
        default=20,
        help="Of a salesperson; what exceeds them stays for tomorrow. 0: no limit.",
        groups="base.group_user",
    )
    lifecycle_call_attempts = fields.Integer(
        string="Attempts", default=3, help="Before a call is given up.", groups="base.group_user"
    )

    _lifecycle_desk_numbers = models.Constraint(
        "CHECK(lifecycle_case_days >= 0 AND lifecycle_complaint_days >= 0 AND lifecycle_reply_hours > 0"
        " AND lifecycle_call_quota >= 0 AND lifecycle_call_attempts > 0)",
        "Days, hours and calls are not negative; there is at least one attempt and some time to answer.",
    )

    @api.depends("lifecycle_case_alias_id.alias_name")
    def _compute_lifecycle_case_alias_name(self):
        for company in self:
            company.lifecycle_case_alias_name = company.sudo().lifecycle_case_alias_id.alias_name  # anybody may know

    def _inverse_lifecycle_case_alias_name(self):
        """The alias is made when it gets a name."""
        for company in self.sudo():  # aliases are the system's
            name = company.lifecycle_case_alias_name
            if company.lifecycle_case_alias_id:
                company.lifecycle_case_alias_id.alias_name = name
            elif name:
                company.lifecycle_case_alias_id = (
                    self.env["mail.alias"]
                    .sudo()
                    .create(  # likewise
                        {
                            "alias_name": name,
                            "alias_model_id": self.env["ir.model"]._get_id("lifecycle.case"),
                            "alias_defaults": {"company_id": company.id},
                            "alias_contact": "everyone",
                        }
                    )
                )

    def _lifecycle_get_case_days(self, kind):
        """Days until a case of a kind is to be solved: a hook."""
        return self.lifecycle_complaint_days if kind == "complaint" else self.lifecycle_case_days

    def _lifecycle_pick_owner(self, *users):
        """Who is given a case: the first who can see it; a salesperson need not be a user of the lifecycle.

        :param users: ``res.users``, in the order in which they are asked; each may be empty
        :return: one of them, possibly none
        """
        return next(
            (user for user in users if user.active and self in user.company_ids and user.has_group(USER)),
            self.env["res.users"],
        )

    def _lifecycle_pick_reader(self, record, *users):
        """Who is given something to do about a record: the first who works in the company and can open it.

        :param users: ``res.users``, in the order in which they are asked; each may be empty
        :return: one of them, possibly none
        """
        here = record.with_context(allowed_company_ids=self.ids)  # a user of another company may not even ask
        return next(
            (
                user
                for user in users
                if user.active and self in user.company_ids and here.with_user(user).has_access("read")
            ),
            self.env["res.users"],
        )

    def _lifecycle_get_manager_of(self, user, record):
        """Who is told of what somebody has left lying.

        :param record: what it is
        :return: a ``res.users``, possibly none
        """
        leader = (
            self.env["crm.team.member"]
            .sudo()
            .search(  # teams of others may be hidden
                [("user_id", "=", user.id), ("crm_team_id.company_id", "in", [False, self.id])], limit=1
            )
            .crm_team_id.user_id
        )
        return self._lifecycle_pick_reader(record, self.lifecycle_manager_id, leader, user)


class ResUsers(models.Model):
    _inherit = "res.users"

    lifecycle_call_quota = fields.Integer(
        string="Calls a Day", groups="lifecycle_crm.group_lifecycle_manager", help="0: as the company says."
    )
