"""What is done in a database before an addon is upgraded or uninstalled, and what must hold afterwards.

``core`` fills a company's books and a second company's, ``check`` asks what core answers then; a module named after an
addon fills what that addon keeps. ``fill`` of an addon runs on its first version too: what came later it uses where
it is there.
"""
