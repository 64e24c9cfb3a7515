"""Levels of approval: who may say yes to how much."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..approval.asked import Asked, covers


class QuoteDiscountLevel(models.Model):
    """How far the approvers of a level may go beyond the limits of those who negotiate.

    A quote asks the lowest level that suffices, and goes on to the next one when nobody answers in time.
    """

    _name = "quote.discount.level"
    _description = "Level of Approval"
    _order = "company_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, required=True, help="Lower levels are asked first.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    max_discount = fields.Float(
        string="Up to a Discount of", digits="Discount", required=True, help="Percentage off the list price."
    )
    min_margin = fields.Float(
        string="Down to a Margin of",
        digits="Discount",
        help="Percentage of the net price, against the product's cost; below zero allows a loss.",
    )
    max_amount = fields.Monetary(string="Up to an Amount of", help="Value of the order without taxes. Zero: any.")
    user_ids = fields.Many2many("res.users", string="Approvers", domain=[("share", "=", False)])
    group_ids = fields.Many2many("res.groups", string="Approvers by Group")
    deadline_hours = fields.Float(
        string="Answer Within",
        default=24.0,
        help="Hours until the next level is asked. Zero: the request waits for as long as it takes.",
    )

    @api.constrains("max_discount", "min_margin", "max_amount", "deadline_hours")
    def _check_figures(self):
        for level in self:
            if not 0 <= level.max_discount <= 100:
                raise ValidationError(self.env._("The discount of a level is between 0 and 100 percent."))
            if level.min_margin > 100:
                raise ValidationError(
                    self.env._("No margin is above 100 percent. Write the lowest one to be approved.")
                )
            if level.max_amount < 0 or level.deadline_hours < 0:
                raise ValidationError(self.env._("Amount and hours of a level can't be below zero."))

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        requests = self.env["quote.discount.request"].sudo()  # of whichever company
        if requests.search_count([("level_id", "in", self.ids)], limit=1):
            raise ValidationError(self.env._("This level has been asked already. Archive it instead."))

    def _covers(self, asked):
        """Whether the level may approve it; see :func:`..approval.asked.covers`."""
        self.ensure_one()
        return covers(Asked(self.max_discount, self.min_margin, self.max_amount), asked)

    def _get_approvers(self):
        """The people of the level, without those who may stand in for them."""
        users = (self.user_ids | self.group_ids.all_user_ids).filtered(lambda user: user.active and not user.share)
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def _get_deadline(self):
        """Until when an answer is expected from now on."""
        self.ensure_one()
        return self.deadline_hours and fields.Datetime.add(fields.Datetime.now(), hours=self.deadline_hours)

    @api.model
    def _get_levels(self, company):
        return self.sudo().search([("company_id", "=", company.id)])  # who negotiates need not read the levels

    @api.model
    def _find_level(self, company, asked, excluded, above=None):
        """The lowest level that may approve something and has somebody to do it.

        :param asked: see :class:`..approval.asked.Asked`
        :param excluded: users who may not decide, since they asked or negotiated
        :param above: only levels that come after this one
        """
        levels = self._get_levels(company)
        if above:
            levels = levels.filtered(lambda level: (level.sequence, level.id) > (above.sequence, above.id))
        return next(
            (level for level in levels if level._covers(asked) and level._get_approvers() - excluded), levels[:0]
        )
