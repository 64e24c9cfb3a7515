from . import (
    test_import_apply,
    test_import_job,
    test_import_plan,
    test_import_preview,
    test_import_reading,
    test_import_scenario,
    test_import_tour,
)
