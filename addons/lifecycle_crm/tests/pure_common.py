"""What the tests of plain arithmetic share: no database, and no haste."""

from hypothesis import HealthCheck, settings

from odoo.tests import BaseCase

# How fast the machine is beside other work says nothing about the code.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")


class PureCase(BaseCase):
    """A test of rules that need no database; its random cases may take the time they take."""
