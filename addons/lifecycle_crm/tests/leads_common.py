"""Builders for the tests of leads."""

from odoo.fields import Command

from ..models.res_company_questions import question_words
from .common import LifecycleCommon


class LeadsCommon(LifecycleCommon):
    """A salesperson with an opportunity and a course that is not sold blindly."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._create_user("lifecycle_seller", "sales_team.group_sale_salesman")
        cls.course = cls.env["product.product"].create(
            {"name": "Course", "type": "service", "list_price": 500, "lifecycle_needs_questions": True}
        )
        for question in cls.company._lifecycle_get_questions():  # in the words of an Italian database
            question.name = question_words(cls.env)[question.code]
        cls.lead = cls._create_lead("Wants a course", cls.customer)

    @classmethod
    def _create_lead(cls, name, partner, **values):
        values = {"name": name, "type": "opportunity", "partner_id": partner.id, "user_id": cls.seller.id, **values}
        return cls.env["crm.lead"].create({"company_id": cls.company.id, **values})

    @classmethod
    def _create_quote(cls, lead=None, product=None, **values):
        product = product or cls.course
        return cls.env["sale.order"].create(
            {
                "partner_id": (lead or cls.lead).partner_id.id,
                "opportunity_id": lead and lead.id,
                "user_id": cls.seller.id,
                "order_line": [Command.create({"product_id": product.id})],
                **values,
            }
        )

    @classmethod
    def _answer(cls, lead, **values):
        """Answer the usual questions by their codes; text where it is not said otherwise."""
        fields = {"understands": "value_yesno", "again": "value_date"}
        for answer in lead.lifecycle_answer_ids:
            code = answer.question_id.code
            if code in values:
                answer[fields.get(code, "value_text")] = values[code]

    @classmethod
    def _answer_all(cls, lead, again):
        cls._answer(lead, why="He wants to", target="More", understands="yes", afterwards="Nothing", again=again)
