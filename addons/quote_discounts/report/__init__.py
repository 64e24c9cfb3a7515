from . import (
    quote_approval_report,
    quote_discount_report,
    quote_discount_report_parts,
    quote_win_report,
)
