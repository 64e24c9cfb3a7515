from . import lifecycle_demo, lifecycle_demo_desk
