"""Programs that open a link which no fan has clicked: previews of posts, search engines, tools."""

ROBOTS = (
    "bot",
    "crawl",
    "spider",
    "slurp",
    "facebookexternalhit",
    "facebookcatalog",
    "meta-external",
    "preview",
    "curl/",
    "wget/",
    "python-",
    "headless",
)
PREVIEWERS = ("whatsapp/", "snapchat", "skypeuripreview", "vkshare")  # at the start: browsers name them further on


def is_robot(agent):
    """Whether a program asked rather than a person. The browsers inside Instagram, Facebook and Pinterest are persons'.

    :param str agent: as the request names it

    >>> is_robot("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"), is_robot("WhatsApp/2.23")
    (True, True)
    >>> is_robot("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Instagram 300.0 (iPhone14,5)")
    False
    >>> is_robot("")
    True
    """
    agent = agent.strip().lower()
    return not agent or agent.startswith(PREVIEWERS) or any(word in agent for word in ROBOTS)
