"""Price lists checked for mistakes."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..health.circles import chain
from ..health.found import Found
from ..health.kinds import UNUSED
from .list_uses import unused_lists
from .price_checkup import PriceCheckup
from .rule_checkup import RuleCheckup

MANAGER = "listino_pricelist.group_listino_manager"


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    margin_floor = fields.Float(
        string="Margin at Least",
        groups=MANAGER,
        help="Percent of the price without VAT to be left after the cost. The health check tells what is below.",
    )
    finding_ids = fields.One2many("listino.finding", "pricelist_id", groups=MANAGER)
    finding_count = fields.Integer(compute="_compute_finding_count", groups=MANAGER, string="Open Findings")

    @api.depends("finding_ids.state")
    def _compute_finding_count(self):
        counts = dict(
            self.env["listino.finding"]._read_group(
                [("pricelist_id", "in", self.ids), ("state", "=", "open")], ["pricelist_id"], ["__count"]
            )
        )
        for pricelist in self:
            pricelist.finding_count = counts.get(pricelist, 0)

    @api.constrains("margin_floor")
    def _check_margin_floor(self):
        if any(not 0 <= pricelist.margin_floor < 100 for pricelist in self):
            raise ValidationError(self.env._("The margin wanted of a list is between 0 and less than 100 percent."))

    # === ACTIONS === #

    def action_check_health(self):
        """Check the lists now and open what was found."""
        self._check_may_change()
        self._check_health()
        return self.action_open_findings()

    def action_open_findings(self):
        """Open the findings of the lists."""
        self.check_access("read")
        self.env["listino.finding"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_finding_action")
        context = {"search_default_open": 1, "search_default_group_by_severity": 1}
        return {**action, "domain": [("pricelist_id", "in", self.ids)], "context": context}

    @api.model
    def action_check_health_of_all(self):
        """Have all lists that the user sees checked in the background."""
        self._check_may_change()
        pricelists = self.search([("active", "=", True)])
        self.env["listino.checkup"].sudo()._request(pricelists)  # checkups are the server's to keep
        message = self.env._("The lists are being checked one by one. Reload the page in a moment.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "info", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def _check_may_change(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of price lists check their health."))

    # === BUSINESS METHODS === #

    def _check_health(self):
        """Check the lists at once, whoever asks; findings are written by the server.

        :return: the findings of the lists, ignored ones too
        """
        checkups = self.env["listino.checkup"].sudo()  # checkups and findings are the server's to keep
        for checkup in checkups._of(self.sudo()):
            checkup._run()
        Finding = self.env["listino.finding"].sudo()  # who may read them is asked when they are read
        return Finding.search([("pricelist_id", "in", self.ids), ("state", "!=", "repaired")]).with_env(self.env)

    def _get_health_warnings(self):
        """What is wrong enough to say before a list goes out: of the lists, and of those they are based on.

        As the last check found it; :meth:`_check_health` makes a new one. Only managers are told about costs.

        :return: sentences in the reader's language
        :rtype: list[str]
        """
        bases = self.sudo()._get_bases()  # whichever lists the reader may see
        concerned = self.browse({list_id for pricelist in self for list_id in chain(bases, pricelist.id)})
        Finding = self.env["listino.finding"].sudo()  # salespeople get the sentences, not the records
        domain = Finding._get_domain_of_warnings(concerned, with_costs=self.env.user.has_group(MANAGER))
        return [f"{finding.display_name}. {finding.explanation}" for finding in Finding.search(domain)]

    def _get_findings(self):
        """All that is found in one list.

        :return: a list of :class:`..health.found.Found`
        """
        self.ensure_one()
        found = self._get_rule_findings()
        for company in self.company_id or self.env["res.company"].search([("active", "=", True)]):
            pricelist = self.with_company(company)
            found += PriceCheckup(pricelist).findings()
        if unused_lists(self):
            found.append(Found(UNUSED))
        return found

    def _get_rule_findings(self):
        """What the rules say without pricing anything: quick enough to be asked again before a repair."""
        self.ensure_one()
        return RuleCheckup(self).findings()
