"""Whether a payload is another one: the SHA-256 of its JSON, written one way only."""

import hashlib
import json


def canonical(payload):
    """A payload as JSON: names in order, no blanks, empty values left out.

    >>> canonical({"b": "è", "a": ["1"], "c": ""})
    '{"a":["1"],"b":"è"}'
    """
    kept = {name: value for name, value in payload.items() if value not in ("", None, [], {})}
    return json.dumps(kept, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def content_hash(payload):
    """64 hexadecimal digits that change when anything in the payload does.

    >>> content_hash({"a": "1", "b": ""}) == content_hash({"a": "1"}) != content_hash({"a": "2"})
    True
    """
    return hashlib.sha256(canonical(payload).encode()).hexdigest()
