"""What is done when the addon goes."""


def uninstall_hook(env):
    """The addon's foreign keys go before its records, which they would hold back one by one; Odoo leaves their rows."""
    env["ir.model.constraint"].search([("module.name", "=", "quote_discounts"), ("type", "=", "f")]).unlink()
