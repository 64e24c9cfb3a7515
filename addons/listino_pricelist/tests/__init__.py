from . import test_layout, test_layout_files
