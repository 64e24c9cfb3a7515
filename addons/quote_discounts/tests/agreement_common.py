"""Builders of customer agreements and promotions."""

from odoo.fields import Command

from .common import QuoteCommon


class AgreementCommon(QuoteCommon):
    """Builders of agreements, for the customer, from the first of January 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref("quote_discounts.quote_agreement_cron")

    @classmethod
    def _create_agreement(cls, *conditions, activate=True, **values):
        values = {
            "partner_id": cls.customer.id,
            "company_id": cls.company.id,
            "date_start": "2026-01-01",
            "date_end": "2026-12-31",
            "user_id": cls.seller.id,
            "line_ids": [Command.create(condition) for condition in conditions],
        } | values
        agreement = cls.env["quote.agreement"].with_user(cls.manager).create(values)
        if activate:
            agreement.action_activate()
        return agreement

    @classmethod
    def _for_product(cls, product=None, **values):
        return {"applied_on": "product", "product_id": (product or cls.machine).id, **values}

    @classmethod
    def _create_promotion(cls, discount, **values):
        values = {"name": "Promo", "discount_text": discount, "date_start": "2026-01-01", **values}
        return cls.env["quote.promotion"].create({"company_id": cls.company.id, **values})
