from . import test_cascade, test_einvoice, test_fatturapa, test_free_goods, test_invoice, test_steps
