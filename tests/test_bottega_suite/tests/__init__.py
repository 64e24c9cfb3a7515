from . import test_bridges, test_rights_methods, test_rights_models
