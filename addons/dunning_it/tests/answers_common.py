"""A customer with a login, what he says on his page, and the page as it is read and posted."""

import re

from odoo import SUPERUSER_ID
from odoo.fields import Command, Date
from odoo.tests import HttpCase

from ..answers.form import read
from ..answers.reasons import REASONS
from ..models.dunning_answer import WAYS
from .common import DunningCommon

PDF = b"%PDF-1.7\n%receipt of a transfer"


class AnswersCommon(DunningCommon):
    """Two invoices of 1,000 and 300 are overdue, one of 200 is not due yet; 15 June 2026 is a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.business.write({"declared_days": 5, "promise_days": 15, "has_portal_disputes": True})
        cls.company.dunning_user_id = cls.user
        cls.env["res.partner.bank"].create(
            {"acc_number": "IT60X0542811101000000123456", "partner_id": cls.company.partner_id.id}
        )
        cls.joel = cls._create_portal_user("dunning_joel", cls.customer)
        cls.move = cls._create_invoice(1000)
        cls.other = cls._create_invoice(300)
        cls.later = cls._create_invoice(200, due="2026-07-31", date="2026-06-01")
        cls.case = cls._scan()
        cls.lines = cls.case.line_ids

    @classmethod
    def _create_portal_user(cls, login, customer):
        user = cls._create_user(login, "base.group_portal")
        user.partner_id.write({"parent_id": customer.id, "name": login, "type": "contact"})
        return user

    def _line(self, move):
        return self.lines.filtered(lambda line: line.move_id == move)

    def _say(self, kind, moves=None, upload=None, case=None, **form):
        """What the customer says, as the page takes it down."""
        items = [str(self._get_item(move).id) for move in moves or ()]
        said = read(
            kind, form, items, Date.context_today(self.case), ways=tuple(dict(WAYS)), reasons=tuple(dict(REASONS))
        )
        case = (case or self.case).with_user(SUPERUSER_ID)
        return case._take_answer(said, upload, self.joel.partner_id)

    def _rescan(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self._scan()


class OpenItemsCommon(AnswersCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.key = f"{self.company.id}/{self.euro.id}"
        self.link = self.case._get_open_items_url().removeprefix(self.case.get_base_url())

    @classmethod
    def _create_elsewhere(cls):
        """Another company, with a person who looks after its dunning."""
        company = cls.env["res.company"].create({"name": "Altra Srl", "email": "altra@example.com"})
        user = cls._create_user(
            "dunning_elsewhere",
            "dunning_it.group_dunning_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        return company, user

    def _post(self, path, moves=(), files=None, **data):
        """Send the form that a page shows, with its token."""
        text = self.url_open(path).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', text)
        form = {"csrf_token": token[1] if token else "", "item": [self._get_item(move).id for move in moves], **data}
        return self.url_open(path, data=form, files=files, allow_redirects=False)
