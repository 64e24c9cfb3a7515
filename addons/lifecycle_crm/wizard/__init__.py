from . import lifecycle_privacy_wizard
