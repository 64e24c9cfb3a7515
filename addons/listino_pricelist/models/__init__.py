from . import (
    listino_audience,
    listino_document,
    listino_run,
    product_category,
    product_pricelist,
    product_pricelist_item,
    product_template,
    sale_order_line,
)
