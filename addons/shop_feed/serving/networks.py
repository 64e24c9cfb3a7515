"""Addresses of clients, shortened: enough to tell who fetches, too little to tell a person."""

from ipaddress import IPv6Address, ip_address, ip_network

_BITS = {4: 24, 6: 48}


def network(address):
    """The network of an address: the first 24 bits of IPv4, 48 of IPv6; what is no address is nothing.

    >>> network("66.249.64.17"), network("2a03:2880:f003:c07:face:b00c::2"), network("::ffff:66.249.64.17")
    ('66.249.64.0/24', '2a03:2880:f003::/48', '66.249.64.0/24')
    >>> network("fe80::1%eth0"), network("unix:"), network(None)
    ('fe80::/48', '', '')
    """
    try:
        known = ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return str(ip_network((known, _BITS[known.version]), strict=False))
