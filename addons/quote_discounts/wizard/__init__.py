from . import (
    quote_discount_asking,
    quote_discount_refusal,
)
from . import quote_total
