from . import base_partner_merge, lifecycle_privacy_wizard
