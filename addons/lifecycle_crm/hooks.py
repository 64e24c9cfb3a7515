"""What is done once, when the addon is installed, and when it goes."""


def post_init_hook(env):
    """Each company begins with stages and rules."""
    env["res.company"].search([])._lifecycle_ensure_rules()


def uninstall_hook(env):
    """The tags of stages go with the stages; those that people made stay.

    The addon's foreign keys go before its records, which they would hold back one by one; Odoo leaves their rows.
    """
    stages = env["lifecycle.stage"].with_context(active_test=False).search([("tag_id", "!=", False)])
    tags = stages.tag_id | stages.tag_id.parent_id
    stages.tag_id = False
    tags.unlink()
    env["ir.model.constraint"].search([("module.name", "=", "lifecycle_crm"), ("type", "=", "f")]).unlink()
