"""Where this machine listens: addresses as options name them, and what they need to be open to others."""

import secrets
import socket
from typing import Final

from lang.errors import SettingsError

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine that no other can reach it by."""

_ALL: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 (compared with, not bound to)
_HIGHEST_PORT: Final = 65_535


def host_and_port(place: str, option: str) -> tuple[str, int]:
    """PORT or HOST:PORT, an IPv6 host in brackets; this machine where there is no host. SettingsError names the option."""
    host, colon, port = place.rpartition(":")
    if not port.isdecimal() or int(port) > _HIGHEST_PORT or (colon and not host):
        raise SettingsError(f"{option} {place} names no port.", "Write it as 9000, or as 0.0.0.0:9000 for others to reach it.")
    return host.strip("[]") or "127.0.0.1", int(port)


def token_for(host: str, given: str = "") -> str:
    """What an address must have: as given, else nothing where only this machine can reach it, else made up."""
    return given or ("" if host in LOOPBACK else secrets.token_urlsafe(9))


def url_of(scheme: str, host: str, port: int, token: str) -> str:
    """The address to open, with its token; that of this machine in its network where all addresses are listened to."""
    name = socket.gethostname() if host in _ALL else host
    return f"{scheme}://{f'[{name}]' if ':' in name else name}:{port}/" + (f"?token={token}" if token else "")
