"""Odoo shell: keep attachments in the database, so that copying it copies all."""

env["ir.config_parameter"].set_param("ir_attachment.location", "db")
env["ir.attachment"].force_storage()
env.cr.commit()
