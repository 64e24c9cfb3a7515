from . import (
    lifecycle_acquisition,
    lifecycle_cohort,
    lifecycle_loss,
    lifecycle_value,
)
