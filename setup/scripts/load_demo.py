"""Odoo shell: tell the common story of the five addons, once a database.

The addons' own demo data is for each alone: five companies that know nothing of one another. Here it is left out.
"""

import gc

from demo.telling import load

gc.freeze()  # Odoo's registry stays: looking through it again and again cost a tenth of the time
load(env)
env.cr.commit()
