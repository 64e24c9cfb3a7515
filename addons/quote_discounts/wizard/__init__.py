from . import quote_free_goods_wizard
