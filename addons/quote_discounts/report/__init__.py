from . import quote_report_shares

# isort: split
from . import (
    quote_approval_report,
    quote_discount_report,
    quote_win_report,
)
