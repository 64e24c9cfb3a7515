from . import (
    dunning_legal_value,
    dunning_legal_value_reminder,
)
