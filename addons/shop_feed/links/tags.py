"""Campaign tags on an address, which keeps all it had."""

from urllib.parse import quote, urlencode, urlsplit, urlunsplit

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")


def tagged(url, tags):
    """The address with tags, in the order of :data:`UTM`; one that it already has is replaced, its place kept.

    Whatever else stands in the query stays as it is written, letter by letter.

    >>> tagged("https://shop.example/?attr=1,2&utm_source=x#foto", {"utm_source": "meta", "utm_campaign": "estate 26"})
    'https://shop.example/?attr=1,2&utm_source=meta&utm_campaign=estate%2026#foto'
    """
    pending = {name: tags[name] for name in UTM if tags.get(name)}
    parts = urlsplit(url)
    words = []
    for word in filter(None, parts.query.split("&")):
        name = word.partition("=")[0]
        if name not in tags or name not in UTM or not tags[name]:
            words.append(word)
        elif name in pending:
            words.append(_word(name, pending.pop(name)))
    words += [_word(name, value) for name, value in pending.items()]
    return urlunsplit(parts._replace(query="&".join(words)))


def _word(name, value):
    return urlencode({name: value}, quote_via=quote, safe="")
