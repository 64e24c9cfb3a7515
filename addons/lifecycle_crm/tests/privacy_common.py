"""A row about a customer in every model that has to do with people."""

from .feedback_common import FeedbackCommon
from .plays_common import NOW


class PrivacyCommon(FeedbackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "+39 02 5550 1234"
        cls.other = cls._create_customer("Osteria Bianchi", phone="+39 02 5550 9876")
        cls.rows = cls._create_rows(cls.customer, cls.anna, NOW)

    @classmethod
    def _create_rows(cls, partner, person, moment):
        """One row a model.

        :return: dict of records by the name of their model
        """
        touch = cls._create_touch(partner=person, settled_on=moment)
        touch.entry_id.state = "done"
        about = {"partner_id": partner.id, "company_id": cls.company.id}
        Status = cls.env["lifecycle.status"]
        rows = {"lifecycle.touch": touch, "lifecycle.entry": touch.entry_id}
        for model, vals in cls._prepare_rows(person, about, moment).items():
            known = Status.search([(name, "=", about[name]) for name in about]) if model == Status._name else None
            rows[model] = known or cls.env[model].create(vals)
        cls.env.flush_all()
        return rows

    @classmethod
    def _prepare_rows(cls, person, about, moment):
        """Values of one row a model, by its name.

        :param dict about: customer and company
        """
        stage, key = cls.lost.id, f"k{about['partner_id']}"
        purpose = cls.env.ref("lifecycle_crm.lifecycle_purpose_marketing").id
        scored = {"kind": "check_up", "score": 2, "good": "The oil", "better": "My knee hurts"}
        lead = cls.env["crm.lead"].create(
            {"name": "Asked", "type": "lead", **about, "date_closed": moment, "user_id": cls.user.id}
        )
        question = cls.company._lifecycle_get_questions()[:1] or cls.env["lifecycle.question"].create({"name": "Why?"})
        return {
            "lifecycle.answer": {"lead_id": lead.id, "question_id": question.id, "value_text": "A bad back"},
            "lifecycle.conversation": {**about, "human": "Marta", "about": "The price", "moment": moment},
            "lifecycle.first.source": {**about, "date": moment, "referred": "A neighbour"},
            "lifecycle.status": about,
            "lifecycle.mark": {**about, "cause": "order"},
            "lifecycle.transition": {**about, "to_stage_id": stage, "moment": moment, "cause": "order"},
            "lifecycle.consent": {**about, "purpose_id": purpose, "state": "granted", "moment": moment},
            "lifecycle.information": {**about, "purpose_id": purpose, "moment": moment},
            "lifecycle.register.check": {**about, "date": moment.date()},
            "lifecycle.event": {**about, "code": "not_used", "key": key, "moment": moment},
            "lifecycle.feedback": {**about, **scored, "key": key, "answered_on": moment},
            "lifecycle.call": {**about, "outcome": "interested", "user_id": cls.user.id, "date": moment},
            "lifecycle.claim": {**about, "user_id": cls.user.id, "until": moment},
            "lifecycle.case": {**about, "name": "Broken bottle", "contact_id": person.id},
            "lifecycle.reply": {
                **about,
                "res_model": "sale.order",
                "res_id": cls.order.id,
                "received_on": moment,
                "answered_on": moment,
            },
        }

    def _privacy(self):
        return self.env["lifecycle.privacy"].with_user(self.manager)
