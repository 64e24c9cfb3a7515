from . import (
    lifecycle_acquisition,
    lifecycle_cohort,
)
