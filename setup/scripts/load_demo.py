"""Odoo shell: tell the common story of the five addons, once a database.

The addons' own demo data is for each alone: five companies that know nothing of one another. Here it is left out.
"""

from demo.telling import load

load(env)
env.cr.commit()
