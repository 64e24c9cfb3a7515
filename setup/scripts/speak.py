"""Odoo shell: have all users and websites use the language that LANGUAGE names, and no other."""

import os

from odoo.fields import Command

language = env["res.lang"]._activate_lang(os.environ["LANGUAGE"])
env["res.users"].with_context(active_test=False).search([]).write({"lang": language.code})
env["website"].search([]).write({"default_lang_id": language.id, "language_ids": [Command.set(language.ids)]})
env.cr.commit()
