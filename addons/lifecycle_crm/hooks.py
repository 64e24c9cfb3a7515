"""What is done once, when the addon is installed."""


def post_init_hook(env):
    """Each company begins with stages and rules."""
    env["res.company"].search([])._lifecycle_ensure_rules()
