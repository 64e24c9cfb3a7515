from . import lifecycle_demo
