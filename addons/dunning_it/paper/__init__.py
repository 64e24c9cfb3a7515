"""Letters on paper: reminders, formal notices, interest sheets, evidence lists and drafts, drawn from plain facts.

Nothing here knows Odoo. A caller gathers the facts (``facts.py``), the words (``labels.py``) and how figures are
written (``figures.py``) into one of the kinds (``kinds.py``), and :func:`draw.draw` gives the PDF.
"""
