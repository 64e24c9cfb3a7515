"""The themes in their order, told once a database."""

import logging
import time

from . import company, customers, due, goods, life, listino, lists, money, people, quotes, sales, shop, site_words
from .story import Story

THEMES = (company, people, goods, lists, customers, sales, quotes, money, due, life, listino, site_words, shop)
MARK = "bottega.story"  # a parameter: the day on which the story was told

_logger = logging.getLogger(__name__)


def load(env, scale=1.0):
    """Tell the story where it has not been told yet.

    :return: whether it was told now
    """
    parameters = env["ir.config_parameter"].sudo()  # the shell's user may
    if parameters.get_param(MARK):
        return False
    story = Story(env, scale)
    for theme in THEMES:
        start, used = time.monotonic(), time.process_time()
        theme.tell(story)
        story.env.flush_all()
        name = theme.__name__.rpartition(".")[2]
        _logger.info("%s: %.1f s, %.1f s of CPU", name, time.monotonic() - start, time.process_time() - used)
    story.env["mail.mail"].search([("state", "=", "outgoing")]).cancel()  # mails of days that are long past
    parameters.set_param(MARK, str(story.today))
    return True
