from . import quote_offer

# isort: split
from . import (
    agreement_settings,
    product_pricelist_item_promotion,
    quote_agreement,
    quote_agreement_life,
    quote_agreement_line,
    quote_discount_reason,
    quote_discount_step,
    quote_discount_step_names,
    quote_promotion,
    res_company,
    res_partner_agreements,
    sale_order,
    sale_order_line,
    sale_order_line_entry,
    sale_order_offers,
)
