"""Who asks: the client's address, from a proxy's word only where that proxy is trusted."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from queueapp.web.context import Network

NOBODY = "unknown"
"""For a client without an address, as on a socket file."""


class ClientAddress:
    """Puts the true client's address and scheme into the scope."""

    def __init__(self, app: ASGIApp, trusted: tuple[Network, ...]) -> None:
        self._app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look behind a trusted proxy; anybody else's headers are not read."""
        if scope["type"] == "http" and self._trusted and self._is_trusted(address_of(scope)):
            headers = dict(scope["headers"])
            chain = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
            client = self._first_stranger(chain)
            if client is not None:
                scope["client"] = (client, 0)
            scheme = headers.get(b"x-forwarded-proto", b"").decode("latin-1").strip().lower()
            if scheme in {"http", "https"}:
                scope["scheme"] = scheme
        await self._app(scope, receive, send)

    def _first_stranger(self, chain: Iterable[str]) -> str | None:
        """The last address that no trusted proxy added; what stands before it is hearsay."""
        for written in reversed([part.strip() for part in chain]):
            if _parsed(written) is None:
                return None
            if not self._is_trusted(written):
                return written
        return None

    def _is_trusted(self, written: str) -> bool:
        address = _parsed(written)
        return address is not None and any(address in network for network in self._trusted)


def address_of(scope: Scope) -> str:
    """The address of whoever asks."""
    client = scope.get("client")
    return str(client[0]) if client else NOBODY


def neighbourhood_of(scope: Scope) -> str:
    """The address that limits count: of IPv6 the part that one household has."""
    written = address_of(scope)
    if ":" not in written:
        return written
    address = _parsed(written)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return written


def is_this_machine(scope: Scope) -> bool:
    """Whether a program on this very machine asks."""
    address = _parsed(address_of(scope))
    return address is not None and address.is_loopback


def _parsed(written: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(written)
    except ValueError:
        return None
