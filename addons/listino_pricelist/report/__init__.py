from . import listino_sale_report, product_pricelist_report
