"""Evidence files: names, archives, mails and the draft petition, from plain facts; nothing here knows Odoo."""
