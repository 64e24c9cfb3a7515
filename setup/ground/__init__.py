"""From a bare machine to a running Odoo 19: what the commands of setup/ share."""
