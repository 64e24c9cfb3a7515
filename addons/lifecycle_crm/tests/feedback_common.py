"""A delivered order, the mail that asks how it was, and whoever answers."""

import re

from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from .plays_common import NOW, PlaysCommon


class FeedbackCommon(PlaysCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("lifecycle_seller", "lifecycle_crm.group_lifecycle_user")
        cls.anna = cls.env["res.partner"].create(
            {"name": "Anna Rossi", "parent_id": cls.customer.id, "email": "anna@example.com", "lang": "en_US"}
        )
        cls.order = cls._create_delivered(cls.anna, user_id=cls.seller.id)

    @classmethod
    def _create_delivered(cls, partner, **values):
        order = cls._create_order(partner, NOW, **values)
        order.picking_ids.move_ids.write({"quantity": 1, "picked": True})
        order.picking_ids.lifecycle_courier = "Lumaca Express"
        order.picking_ids.button_validate()
        return order

    @classmethod
    def _create_touch(cls, order=None, partner=None, asks=False, **values):
        """A mail that was sent for a step of a play."""
        partner = partner or order.partner_id
        play = cls.env["lifecycle.play"].search([("code", "=", "test_ask")]) or cls._create_play(code="test_ask")
        play.step_ids.asks = asks
        entry = cls.env["lifecycle.entry"].create(
            {
                "play_id": play.id,
                "company_id": play.company_id.id,
                "partner_id": partner.commercial_partner_id.id,
                "contact_id": partner.id,
                "key": f"test:{cls.env['lifecycle.entry'].search_count([])}",
                "entered_on": NOW,
                "trigger_date": NOW,
                "order_id": order and order.id,
            }
        )
        return cls.env["lifecycle.touch"].create(
            {
                "entry_id": entry.id,
                "step_id": play.step_ids[0].id,
                "contact_id": partner.id,
                "purpose_id": play.step_ids[0].purpose_id.id,
                "channel": "email",
                "address": partner.email_normalized,
                "due_on": NOW,
                "state": "done",
                **values,
            }
        )


class FeedbackHttp(FeedbackCommon, HttpCase):
    def _path(self, touch):
        return f"/lifecycle/feedback/{touch.id}/{touch.token}"

    def _answer(self, path, **form):
        """Send the form of a page, as a browser would."""
        page = self.url_open(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(path, data={"csrf_token": token, **form})

    def _get_feedback(self):
        self.env.invalidate_all()
        return self.env["lifecycle.feedback"].search([])

    def _get_no_page(self):
        with mute_logger("odoo.http"):
            return self.url_open("/lifecycle/feedback/0/nonsense").content

    def _create_portal_user(self, login, partner):
        return new_test_user(self.env, login, groups="base.group_portal", lang="en_US", partner_id=partner.id)
