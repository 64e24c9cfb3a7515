from . import listino_report_shares

# isort: split
from . import listino_line_report

# isort: split
from . import listino_sale_report, product_pricelist_report
