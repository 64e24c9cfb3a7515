"""Where the story's customers came from, who asked and did not buy, and what was asked before."""

from odoo import api, models

from .lifecycle_story import ANSWERS, COMPETITORS, LOST, REFUSED, SOURCES, TALKS


class LifecycleDemo(models.AbstractModel):
    _inherit = "lifecycle.demo"

    @api.model
    def _tell_story(self):
        # OVERRIDE: everybody came from somewhere, and some went elsewhere.
        result = super()._tell_story()
        self._tell_sources()
        self._talk()
        self._lose()
        return result

    @api.model
    def _get_customer(self, key):
        return self.env.ref(f"lifecycle_crm.partner_{key}")

    @api.model
    def _tell_sources(self):
        """The source is on the first lead or order of each customer, as a link would have left it there."""
        for name, keys in SOURCES.items():
            source = self.env["utm.source"].create({"name": name})
            for key in keys:
                about = [("partner_id", "=", self._get_customer(key).id)]
                leads = self.env["crm.lead"].search(about, order="create_date", limit=1)
                orders = self.env["sale.order"].search(about, order="date_order", limit=1)
                (leads or orders).source_id = source
        self.env["lifecycle.first.source"]._fill(self.env.company)

    @api.model
    def _talk(self):
        """What was said to leads, and what one of them answered."""
        leads = {
            lead.partner_id: lead
            for lead in self.env["crm.lead"].search([("type", "=", "opportunity")], order="id desc")
        }
        for key, days, human, channel, about in TALKS:
            lead = leads[self._get_customer(key)]
            lead._lifecycle_conversation(channel, about, human, self._get_moment(days))
        key, said = ANSWERS
        for answer in leads[self._get_customer(key)].lifecycle_answer_ids:
            value = said.get(answer.question_id.code)
            if value:
                answer["value_yesno" if answer.kind == "yesno" else "value_text"] = value

    @api.model
    def _lose(self):
        """Leads that went elsewhere, and a customer who says so in a call."""
        rivals = self.env["lifecycle.competitor"].create([{"name": name} for name in COMPETITORS])
        for key, subject, days, open_days, revenue, reason, rival in LOST:
            lead = self.env["crm.lead"].create(
                {
                    "name": subject,
                    "type": "opportunity",
                    "partner_id": self._get_customer(key).id,
                    "user_id": self.env.ref("base.user_admin").id,
                    "expected_revenue": revenue,
                }
            )
            competitor = rivals[rival] if rival is not None else rivals.browse()
            lead.action_set_lost(lost_reason_id=self.env.ref(reason).id, lifecycle_competitor_id=competitor.id)
            self._date_lead(lead, days + open_days, days)
        key, reason, rival, note = REFUSED
        self.env["lifecycle.call"]._log(
            "refused",
            self._get_customer(key),
            self.env.company,
            note=note,
            lost_reason_id=self.env.ref(reason).id,
            competitor_id=rivals[rival].id,
        )

    @api.model
    def _date_lead(self, lead, opened, closed):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s, date_open = %s, date_closed = %s WHERE id = %s",
            [self._get_moment(opened), self._get_moment(opened), self._get_moment(closed), lead.id],
        )
        lead.invalidate_recordset()
