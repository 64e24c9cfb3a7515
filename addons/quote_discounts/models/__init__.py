from . import (
    quote_agreement,
    quote_agreement_line,
    quote_discount_reason,
    quote_discount_step,
    quote_discount_step_header,
    quote_promotion,
    res_company,
    sale_order,
    sale_order_header,
    sale_order_line,
    sale_order_line_entry,
    sale_order_line_header,
)
