"""One build of a feed against the last: what changed, and whether it may be published by itself."""
