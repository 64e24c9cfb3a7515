from . import product_pricelist_report
