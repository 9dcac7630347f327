"""Which network a session began in, without knowing it: a keyed digest that only tells networks apart (ACC-10)."""

import hashlib
import hmac
from ipaddress import IPv4Address, ip_address

from chalicelib.core import config, ids

# What providers give to one place: single addresses change within it.
_IPV4_PREFIX = 24
_IPV6_PREFIX = 48


def digest_of(address: str) -> str:
    """16 letters for the /24 or /48 of an address; empty for what is none. Nobody without the key can try networks."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    bits, prefix = (32, _IPV4_PREFIX) if isinstance(found, IPv4Address) else (128, _IPV6_PREFIX)
    network = f"network {found.version} {int(found) >> (bits - prefix)}"
    key = config.current().cursor_key.encode()
    return ids.digest(hmac.new(key, network.encode(), hashlib.sha256).hexdigest())[:16]
