from . import test_formats
