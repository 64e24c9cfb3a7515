from . import (
    quote_discount_asking,
    quote_discount_refusal,
)
from . import quote_total
from . import quote_agreement_propose
from . import quote_free_goods_wizard
    quote_countersigned,
    quote_signed_difference,
)
