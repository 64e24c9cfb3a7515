from . import quote_total
