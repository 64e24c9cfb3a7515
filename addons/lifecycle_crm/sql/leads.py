"""Leads in SQL: where customers came from, and when something last happened to a lead."""

from odoo.tools import SQL


def first_touches(company, partners):
    """The earliest lead or order of each commercial partner that says where he came from.

    :param int company: its id
    :param SQL partners: a query of the ids of commercial partners; None: everybody
    """
    return SQL(
        """
        SELECT DISTINCT ON (partner_id) *
          FROM (
            SELECT contact.commercial_partner_id AS partner_id, lead.create_date AS moment, lead.id AS lead_id,
                   NULL::integer AS order_id, lead.campaign_id, lead.medium_id, lead.source_id, lead.referred
              FROM crm_lead lead
              JOIN res_partner contact ON contact.id = lead.partner_id
             WHERE (lead.company_id = %(company)s OR lead.company_id IS NULL)
               AND (COALESCE(lead.campaign_id, lead.medium_id, lead.source_id) IS NOT NULL OR lead.referred <> '')
               %(among)s
         UNION ALL
            SELECT contact.commercial_partner_id, LEAST(sale.date_order, sale.create_date), NULL, sale.id,
                   sale.campaign_id, sale.medium_id, sale.source_id, NULL
              FROM sale_order sale
              JOIN res_partner contact ON contact.id = sale.partner_id
             WHERE sale.company_id = %(company)s AND sale.state <> 'cancel'
               AND COALESCE(sale.campaign_id, sale.medium_id, sale.source_id) IS NOT NULL %(among)s
          ) touch
      ORDER BY partner_id, moment, lead_id NULLS LAST, order_id
        """,
        company=company,
        among=SQL() if partners is None else SQL("AND contact.commercial_partner_id IN (%s)", partners),
    )


def last_moves(condition, done_subtype):
    """When something last happened to each open lead, and what: ``lead_id``, ``moment``, ``what``.

    :param SQL condition: on ``lead``, which of them are wanted
    :param int done_subtype: the id of the subtype of messages about activities that are done
    """
    return SQL(
        """
        SELECT DISTINCT ON (lead_id) lead_id, moment, what
          FROM (
            SELECT lead.id AS lead_id, lead.create_date AS moment, 'create' AS what FROM crm_lead lead WHERE %(which)s
         UNION ALL
            SELECT lead.id, lead.date_last_stage_update, 'stage' FROM crm_lead lead WHERE %(which)s
         UNION ALL
            SELECT lead.id, message.date, 'message'
              FROM crm_lead lead
              JOIN mail_message message ON message.model = 'crm.lead' AND message.res_id = lead.id
             WHERE (message.message_type IN ('comment', 'email', 'email_outgoing')
                    OR message.subtype_id = %(done)s) AND %(which)s
         UNION ALL
            SELECT lead.id, talk.moment, 'talk'
              FROM crm_lead lead JOIN lifecycle_conversation talk ON talk.lead_id = lead.id WHERE %(which)s
         UNION ALL
            SELECT lead.id, sale.create_date, 'quote'
              FROM crm_lead lead JOIN sale_order sale ON sale.opportunity_id = lead.id WHERE %(which)s
          ) move
         WHERE moment IS NOT NULL
      ORDER BY lead_id, moment DESC, what
        """,
        which=condition,
        done=done_subtype,
    )
