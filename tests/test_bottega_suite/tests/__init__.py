from . import (
    test_bridges,
    test_rights_fields,
    test_rights_methods,
    test_rights_models,
    test_rights_routes,
    test_rights_rpc,
    test_rights_written,
)
