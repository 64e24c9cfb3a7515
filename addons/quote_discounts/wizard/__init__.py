from . import (
    base_partner_merge,
    portal_share,
    quote_agreement_propose,
    quote_countersigned,
    quote_discount_asking,
    quote_discount_refusal,
    quote_free_goods_wizard,
    quote_signed_difference,
    quote_total,
    sale_advance_payment_inv,
    sale_order_discount,
)
