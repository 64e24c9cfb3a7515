from . import (
    lifecycle_cohort,
)
