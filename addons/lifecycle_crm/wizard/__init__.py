from . import (  # plays
    lifecycle_intake,
    lifecycle_preview,
)
