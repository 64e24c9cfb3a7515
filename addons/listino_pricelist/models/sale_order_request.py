"""Quotes that readers of a price list asked for online."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import plaintext2html

LONGEST_NOTE = 2000
LONGEST_KEY = 64


class SaleOrder(models.Model):
    _inherit = "sale.order"

    listino_share_id = fields.Many2one(
        "listino.share",
        string="Asked Through",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="listino_pricelist.group_listino_user",
        help="The link to a price list through which the quote was asked for.",
    )
    listino_request_key = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)

    _unique_listino_request_key = models.UniqueIndex(
        "(listino_request_key) WHERE listino_request_key IS NOT NULL", "This request has been sent already."
    )

    @api.model
    def _has_listino_request(self, key):
        """Whether a form has been sent already; a second click makes no second quote."""
        return bool(
            self.sudo().search_count([("listino_request_key", "=", key)], limit=1)
        )  # the reader reads no orders

    @api.model
    def _create_from_listing(self, online, lines, partner, *, note="", key=None, share=None):
        """A draft quote for the salesperson of what a reader asked for; its prices are the database's own.

        :param online: the :class:`.online_listing.OnlineListing` that the reader saw
        :param lines: a list of :class:`.online_listing.RequestLine`
        :param partner: for whom
        :param str note: what he wrote beside it
        :param str key: of the form, see :meth:`_has_listino_request`
        :param share: the link through which he asked
        :return: the order, as superuser
        """
        document = online.document
        orders = self.sudo().with_company(document.company_id)  # the reader creates nothing but this draft
        orders = orders.with_context(lang=partner.lang or document.lang, mail_create_nosubscribe=True)
        order = orders.create(self._prepare_vals_from_listing(online, lines, partner, key, share))
        order._announce_request(online, note)
        return order

    @api.model
    def _prepare_vals_from_listing(self, online, lines, partner, key, share):
        return {
            "partner_id": partner.id,
            "company_id": online.document.company_id.id,
            "pricelist_id": online.builder.pricelist.id,
            "user_id": self._get_responsible(partner, online.document, share).id,
            "origin": online.env._("Price list %(name)s", name=online.document.name),
            "listino_share_id": share.id if share else False,
            "listino_request_key": key,
            "order_line": [
                Command.create({"product_id": line.product.id, "product_uom_qty": line.quantity}) for line in lines
            ],
        }

    @api.model
    def _get_responsible(self, partner, document, share=None):
        """Who answers a request: the customer's salesperson, or whoever made the link or the document."""
        candidates = [partner.user_id, partner.commercial_partner_id.user_id, share and share.create_uid]
        for user in filter(None, [*candidates, document.create_uid]):
            if user.active and not user.share and document.company_id in user.company_ids:
                return user
        return self.env["res.users"]

    def _announce_request(self, online, note):
        """Tell the salesperson what was asked for, and what he has to look at."""
        self.ensure_one()
        env = self.with_context(lang=self.user_id.lang or self.env.lang).env
        words = [env._("Quote request from the price list %(name)s.", name=online.document.name)]
        if online.publication:
            words.append(env._("The customer saw revision %(number)s.", number=online.publication.number))
        if not online.is_of_today:
            words.append(env._("The prices of the quote are those of today: compare them with what he saw."))
        if twins := self._get_contacts_of_same_email():
            words.append(
                env._("Other contacts have this e-mail: %(names)s.", names=", ".join(twins.mapped("display_name")))
            )
        body = Markup("<br/>").join(words)
        if note:
            body += Markup("<blockquote>%s</blockquote>") % plaintext2html(note[:LONGEST_NOTE])
        self.message_post(body=body, author_id=self.partner_id.id, subtype_xmlid="mail.mt_note")
        if self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=env._("Quote request from the price list"),
                user_id=self.user_id.id,
            )

    def _get_contacts_of_same_email(self):
        """Further contacts of the company with the same e-mail, for the salesperson to merge; few are enough."""
        partner = self.partner_id
        if not self.listino_share_id or self.listino_share_id.partner_id or not partner.email_normalized:
            return partner.browse()
        domain = Domain("email_normalized", "=", partner.email_normalized) & Domain("id", "!=", partner.id)
        return partner.search(domain & Domain(partner._check_company_domain(self.company_id)), limit=5)
