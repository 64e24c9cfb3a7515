"""What of a quote is for employees alone: the limits, who negotiated, what was approved, how fast one replies."""

from odoo import api, models

OF_ORDERS = frozenset(
    {
        "agreement_count",
        "agreement_ids",
        "discount_notice",
        "discount_notice_status",
        "discount_request_count",
        "discount_request_ids",
        "discount_status",
        "has_offers",
        "has_unrecharged_gift",
        "header_kind",
        "header_notice",
        "header_reached",
        "header_reason_id",
        "header_status",
        "header_value",
        "limit_notice",
        "missing_answer_count",
        "offer_notice",
        "open_question_count",
        "question_count",
        "replied_on",
        "reply_deadline",
        "reply_hours",
        "reply_missed_on",
        "reply_requested_on",
        "reply_status",
        "reply_warned_on",
        "reply_warning_on",
    }
)
OF_LINES = frozenset(
    {
        "agreement_line_id",
        "agreement_price",
        "agreement_replaces",
        "beyond_limit",
        "discount_reason_id",
        "discount_step_ids",
        "limit_allowed",
        "limit_given",
        "limit_hint",
        "limit_label",
        "limit_left",
        "list_discount",
        "negotiator_id",
        "offer_explanation",
        "offer_summary",
        "promotion_id",
        "quote_effect_id",
    }
)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _get_internal_fields(self):
        # OVERRIDE: a customer reads his quote, not what was weighed about it.
        return super()._get_internal_fields() | OF_ORDERS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _get_internal_fields(self):
        # OVERRIDE: a customer reads his discount, not how much more he might have got.
        return super()._get_internal_fields() | OF_LINES
