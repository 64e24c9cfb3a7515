from . import test_bridges, test_story
