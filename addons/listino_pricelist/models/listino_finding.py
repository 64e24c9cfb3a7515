"""What the health check found in a price list."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ..health.found import Found
from ..health.kinds import ERROR, NOTE, OF_COSTS, WARNING
from .finding_repairs import REPAIRS
from .finding_words import describe_examples, explain, explain_repair

OPEN = ("state", "=", "open")


class ListinoFinding(models.Model):
    """One thing that is wrong, doubtful or superfluous in a price list.

    The check finds it anew each time and knows it again by its key: so it keeps its date, and what a person has
    ignored stays ignored. What is gone disappears; what was repaired stays for a while, with what was done.
    """

    _name = "listino.finding"
    _description = "Price List Finding"
    _order = "severity, kind, count desc, id"
    _check_company_auto = True

    pricelist_id = fields.Many2one("product.pricelist", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", ondelete="cascade", readonly=True)
    currency_id = fields.Many2one(related="pricelist_id.currency_id")
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("overlap", "Two prices for the same"),
            ("shadowed", "Rule that never wins"),
            ("duplicate", "Rule twice"),
            ("unreached", "Rule without products"),
            ("rises", "Price rises with quantity"),
            ("hidden", "Better category price hidden"),
            ("no_price", "Products without a price"),
            ("below_cost", "Price below cost"),
            ("below_margin", "Margin too low"),
            ("base_ignored", "Base list not used"),
            ("base_missing", "Base list missing"),
            ("scope", "Scope in disorder"),
            ("display", "Rules shown as something else"),
            ("circle", "Lists in a circle"),
            ("expired", "Expired rules"),
            ("unused", "List that nobody uses"),
            ("unchecked", "Prices not checked"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    severity = fields.Selection([(ERROR, "Error"), (WARNING, "Warning"), (NOTE, "Note")], required=True, readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("ignored", "Ignored"), ("repaired", "Repaired")],
        required=True,
        default="open",
        readonly=True,
    )
    rule_id = fields.Many2one("product.pricelist.item", readonly=True, index="btree_not_null", ondelete="cascade")
    other_rule_id = fields.Many2one("product.pricelist.item", readonly=True, index="btree_not_null", ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="set null", string="Example"
    )
    count = fields.Integer(readonly=True, string="Concerned", help="How many products, rules or lists.")
    figures = fields.Json(readonly=True)
    repairable = fields.Boolean(readonly=True)
    repair_note = fields.Text(string="What Was Done", readonly=True)
    explanation = fields.Text(compute="_compute_explanation")
    repair_offer = fields.Text(compute="_compute_explanation", string="What Repairing Does")
    examples = fields.Html(compute="_compute_explanation", sanitize=False)

    _unique_key = models.UniqueIndex("(pricelist_id, key)", "A finding is kept once.")

    @api.depends("kind", "pricelist_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for finding in self:
            finding.display_name = f"{finding.pricelist_id.name}: {kinds.get(finding.kind, '')}"

    @api.depends("kind", "figures", "count", "rule_id", "other_rule_id", "repairable", "repair_note")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for finding in self:
            finding.explanation = explain(finding)
            finding.repair_offer = explain_repair(finding) if finding._can_be_repaired() else False
            finding.examples = describe_examples(finding)

    # === UPDATE === #

    @api.model
    def _update(self, pricelist, found):
        """Make the records of a list say what was found: new ones, changed ones, none that is gone.

        :param found: a list of :class:`..health.found.Found`
        """
        kept = self.search([("pricelist_id", "=", pricelist.id)]).grouped("key")
        fresh = []
        for one in found:
            vals = self._prepare_vals(pricelist, one)
            finding = kept.pop(one.key, None)
            if finding:
                finding._write_changes(vals)
            else:
                fresh.append(vals)
        gone = self.union(*kept.values())
        gone.filtered(lambda finding: finding.state != "repaired").unlink()
        self.create(fresh)

    @api.model
    def _keep(self, pricelist, found):
        """Add one finding to those of the list, if it is not there yet."""
        if not self.search_count([("pricelist_id", "=", pricelist.id), ("key", "=", found.key)], limit=1):
            self.create(self._prepare_vals(pricelist, found))

    @api.model
    def _prepare_vals(self, pricelist, found: Found):
        examples = found.figures.get("examples")
        return {
            "pricelist_id": pricelist.id,
            "company_id": found.company_id or pricelist.company_id.id,
            "key": found.key,
            "kind": found.kind,
            "severity": found.severity,
            "rule_id": found.rule_id or False,
            "other_rule_id": found.other_rule_id or False,
            "product_id": examples[0]["product_id"] if examples else False,
            "count": found.count,
            "figures": found.figures,
            "repairable": found.repairable,
        }

    def _write_changes(self, vals):
        """Write what is not yet so; what was repaired and is back is open again."""
        if self.state == "repaired":
            vals = {**vals, "state": "open", "repair_note": False}
        changed = {name: value for name, value in vals.items() if self._plain(name) != value}
        if changed:
            self.write(changed)

    def _plain(self, name):
        value = self[name]
        return value.id if isinstance(value, models.BaseModel) else value

    @api.autovacuum
    def _gc_repaired(self):
        """Forget what was repaired long ago; the list's log keeps it."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=90)
        self.search([("state", "=", "repaired"), ("write_date", "<", limit)], limit=1000).unlink()

    # === ACTIONS === #

    def action_check_all(self):
        """Have all lists checked in the background; a button of the list, which names the chosen findings or none."""
        self.check_access("read")
        return self.env["product.pricelist"].action_check_health_of_all()

    def action_ignore(self):
        """Leave it as it is, also after the next check."""
        self._check_manager()
        self.filtered_domain([OPEN]).sudo().state = "ignored"  # findings are the server's to write

    def action_reopen(self):
        """Take back that it was left as it is."""
        self._check_manager()
        ignored = self.filtered_domain([("state", "=", "ignored")])
        ignored.sudo().state = "open"  # findings are the server's to write

    def action_repair(self):
        """Put right what one click can: each finding is looked at again before."""
        self._check_manager()
        wanted = self.filtered(lambda finding: finding._can_be_repaired())
        if not wanted:
            raise UserError(self.env._("None of this can be repaired with one click. Open the rules and decide."))
        for finding in wanted:
            if finding.exists():  # with its rule it goes
                finding._repair()

    def action_open_rule(self):
        """Open the rule, or the rules, where it can be changed."""
        self.ensure_one()
        rules = (self.rule_id + self.other_rule_id).ids or (self.figures or {}).get("rule_ids") or []
        action = self.env["ir.actions.act_window"]._for_xml_id("listino_pricelist.listino_finding_rules_action")
        if len(rules) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=rules[0])
        return {**action, "domain": [("id", "in", rules)]}

    def action_open_products(self):
        """Open the products that are concerned: the first hundreds of them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("product.product_normal_action_sell")
        product_ids = (self.figures or {}).get("product_ids") or []
        return {**action, "domain": [("id", "in", product_ids)], "context": {"create": False}}

    def action_open_pricelist(self):
        """Open the price list it was found in."""
        self.ensure_one()
        return self.pricelist_id.get_formview_action()

    def _check_manager(self):
        """Seeing a finding of that list, and changing lists, is what it takes."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group("listino_pricelist.group_listino_manager"):
            raise AccessError(self.env._("Only managers of price lists decide about findings."))

    # === REPAIR === #

    def _can_be_repaired(self):
        return self.state == "open" and self.repairable and self.kind in REPAIRS

    def _repair(self):
        """Repair one finding with the rights of the user, if it still holds, and note what was done in the list's log.

        :raise UserError: where it holds no longer, or somebody else is at it
        """
        self.ensure_one()
        self._lock()
        if not self._still_holds():
            raise UserError(
                self.env._(
                    "“%(finding)s” does not hold any more: the rules have changed since. Check the list again.",
                    finding=self.display_name,
                )
            )
        noted, pricelist = self.sudo(), self.pricelist_id  # findings are the server's to write
        rules = self.rule_id or self._get_rules_together()
        noted.write({"state": "repaired", "rule_id": False, "other_rule_id": False, "repairable": False})
        noted.repair_note = REPAIRS[noted.kind](rules)
        pricelist.message_post(body=plaintext2html(noted.repair_note))

    def _lock(self):
        rules = self._get_rules()
        if rules.try_lock_for_update() != rules or not self.sudo().try_lock_for_update():
            raise UserError(self.env._("Somebody else is changing these rules. Try again in a moment."))

    def _get_rules(self):
        """The rules that the finding is about, those that a repair changes and those that it relies on."""
        return self.rule_id + self.other_rule_id + self._get_rules_together()

    def _get_rules_together(self):
        """The rules of a finding about several of them, as far as they are still there."""
        return self.rule_id.browse((self.figures or {}).get("rule_ids") or []).exists()

    def _still_holds(self):
        fresh = {one.key: one for one in self.pricelist_id.sudo()._get_rule_findings()}  # whoever sees the rules
        return self.key in fresh and fresh[self.key].repairable

    # === FOR OTHERS === #

    @api.model
    def _get_domain_of_warnings(self, pricelists, *, with_costs):
        """The open findings worth a word before a list goes out; of a list shared by companies, the reader's own."""
        kinds = Domain.TRUE if with_costs else Domain("kind", "not in", list(OF_COSTS))
        grave = Domain("severity", "in", [ERROR, WARNING])
        own = Domain("company_id", "in", [False, *self.env.companies.ids])
        return Domain("pricelist_id", "in", pricelists.ids) & own & Domain(*OPEN) & grave & kinds
