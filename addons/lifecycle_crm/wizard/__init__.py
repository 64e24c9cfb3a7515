from . import (
    base_partner_merge,
    lifecycle_intake,
    lifecycle_preview,
    lifecycle_privacy_wizard,
)
