from . import (
    quote_countersigned,
    quote_signed_difference,
)
