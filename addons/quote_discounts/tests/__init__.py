from . import test_steps, test_cascade
from . import test_einvoice
from . import test_fatturapa
from . import test_free_goods
from . import test_invoice
