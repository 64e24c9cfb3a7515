from . import lifecycle_demo, lifecycle_demo_desk, lifecycle_demo_leads
