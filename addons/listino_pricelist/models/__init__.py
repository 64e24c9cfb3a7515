from . import product_pricelist, sale_order_line
