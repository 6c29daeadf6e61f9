"""What the web part is given when it starts; a test gives it a branch of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network

from queueapp.domain.words import BranchId
from queueapp.language import Language
from queueapp.operations.operations import Operations
from queueapp.operations.ports import Feed
from queueapp.operations.web_ports import WebStore

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class WebLimits:
    """How much anybody may ask at once."""

    requests_per_second: float = 50
    """From one address, and with one key; four times as many at once after a rest."""
    tickets_per_hour: int = 60
    """Taken by phone from one address; in the branch's own network that is everybody."""
    body_bytes: int = 256 * 1024
    address_bytes: int = 4 * 1024
    """Of a request's path and query."""
    streams: int = 5_000
    """Phones that follow at once."""
    streams_of_one_ticket: int = 8
    screens: int = 200
    """TVs and tablets that follow board and wall."""
    programs: int = 200
    """That follow all that happens; each reads every event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebContext:
    """Everything that pages and API can reach."""

    branch: BranchId
    operations: Operations
    store: WebStore
    feed: Feed
    clock: Callable[[], datetime]
    """Aware, UTC: the database's clock, by the offset learned when connecting."""
    language_of: Callable[[str], Language]
    """The language with a code such as ``fa``; cached, so it may be called often."""
    language: str
    """The code of the language for whoever did not choose one."""
    trusted_proxies: tuple[Network, ...] = ()
    """Whose word about the client's address is taken."""
    limits: WebLimits = field(default_factory=WebLimits)
