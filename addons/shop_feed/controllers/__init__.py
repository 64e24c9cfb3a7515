from . import feed, feed_sheet
