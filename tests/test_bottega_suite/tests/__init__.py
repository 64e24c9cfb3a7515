from . import test_bridges, test_flow_to_the_last_euro
