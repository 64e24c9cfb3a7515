"""One company, one story: the demo data that `./setup/run` loads, told over all five addons.

It is no addon, so that nothing of it is in the Apps menu. Each module tells a theme by ordinary calls on a
:class:`demo.story.Story`; :func:`demo.telling.load` tells them in their order, once a database.
"""
