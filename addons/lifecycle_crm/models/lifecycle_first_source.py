"""Where a customer came from the first time."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..sql import leads

UTM = ("campaign_id", "medium_id", "source_id", "referred")
SOURCES = {
    "crm.lead": ["company_id", "partner_id", *UTM],
    "res.partner": ["commercial_partner_id"],
    "sale.order": ["campaign_id", "company_id", "date_order", "medium_id", "partner_id", "source_id", "state"],
}


class LifecycleFirstSource(models.Model):
    """Set once, from the earliest lead or order that says so: later campaigns do not take the credit."""

    _name = "lifecycle.first.source"
    _description = "First Source of a Customer"
    _inherit = ["lifecycle.guarded"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Customer", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    date = fields.Datetime(required=True, readonly=True, index=True)
    campaign_id = fields.Many2one("utm.campaign", readonly=True, index="btree_not_null", ondelete="set null")
    medium_id = fields.Many2one("utm.medium", readonly=True, index="btree_not_null", ondelete="restrict")
    source_id = fields.Many2one("utm.source", readonly=True, index="btree_not_null", ondelete="restrict")
    referred = fields.Char(string="Referred by", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True, index="btree_not_null", ondelete="set null")
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null")
    note = fields.Char(string="How We Know", readonly=True, help="Where it was entered by hand.")
    user_id = fields.Many2one("res.users", string="Entered by", readonly=True, ondelete="set null")
    words = fields.Char(string="In Words", compute="_compute_words")

    _partner_unique = models.Constraint("unique(partner_id, company_id)", "A customer has one first source a company.")

    @api.depends(*UTM)
    def _compute_words(self):
        for source in self:
            named = (source.source_id.name, source.medium_id.name, source.campaign_id.title, source.referred)
            source.words = ", ".join(name for name in named if name)

    @api.model
    def _fill(self, company, partners=None):
        """Give the source to customers who have none yet, in one statement; those known stay as they are.

        :param partners: commercial partners; None: all of the company, as a backfill
        """
        for model, names in SOURCES.items():
            self.env[model].flush_model(names)
        self.flush_model()
        among = None if partners is None else SQL("SELECT unnest(%s)", partners.ids)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO lifecycle_first_source (partner_id, company_id, date, lead_id, order_id, campaign_id,
                                                    medium_id, source_id, referred, create_date, write_date,
                                                    create_uid, write_uid)
                SELECT touch.partner_id, %(company)s, touch.moment, touch.lead_id, touch.order_id, touch.campaign_id,
                       touch.medium_id, touch.source_id, touch.referred, %(now)s, %(now)s, %(user)s, %(user)s
                  FROM (%(touches)s) touch
                 WHERE NOT EXISTS (SELECT FROM lifecycle_first_source known
                                    WHERE known.partner_id = touch.partner_id AND known.company_id = %(company)s)
                    ON CONFLICT DO NOTHING
                """,
                company=company.id,
                now=fields.Datetime.now(),
                user=self.env.uid,
                touches=leads.first_touches(company.id, among),
            )
        )
        self.invalidate_model()

    @api.model
    def _set_by_hand(self, partner, company, values, note):
        """Enter or correct the source of a customer, once, with how it is known.

        :param dict values: of :data:`UTM`
        :return: the ``lifecycle.first.source``
        """
        source = self.sudo().search(  # the server keeps it; who may edit the customer says so
            [("partner_id", "=", partner.commercial_partner_id.id), ("company_id", "=", company.id)]
        )
        if source.note:
            raise UserError(
                self.env._(
                    "%(user)s has already entered where %(customer)s comes from: it is set by hand once only.",
                    user=source.user_id.name,
                    customer=partner.commercial_partner_id.name,
                )
            )
        if not note or not note.strip():
            raise UserError(self.env._("Say how you know where the customer comes from."))
        values = {name: values.get(name, False) for name in UTM}
        if not any(values.values()):
            raise UserError(self.env._("Say where the customer comes from: campaign, medium, source or who referred."))
        values |= {"note": note, "user_id": self.env.uid, "lead_id": False, "order_id": False}
        if source:
            source.write(values)
        else:
            about = {"partner_id": partner.commercial_partner_id.id, "company_id": company.id}
            source = source.create({**about, "date": fields.Datetime.now(), **values})
        return source.with_env(self.env)

    def _join(self, partner):
        """Of several contacts that are one customer, the earliest source is the first."""
        for sources in self.grouped("company_id").values():
            kept = sources.sorted(lambda source: (source.date, source.id))[0]
            (sources - kept).unlink()
            self.flush_model()
            kept.partner_id = partner
        self.flush_model()
