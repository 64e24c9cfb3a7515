from . import test_delivery_notes, test_portal
