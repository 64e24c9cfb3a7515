"""The price list on sheets of paper: fonts, line breaking, the grid of columns, and what is drawn on each page.

Lengths are points (1/72 inch) and ``y`` grows upwards, as PDF has it. Pages are kept as drafts until the last line is
known; only then are they numbered, put behind their table of contents and handed to ReportLab (see ``..pdf``).
"""
