"""How a service takes appointments, as ``branch.toml`` says."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRules:
    """What may be booked, how far ahead, and when whoever has booked may check in."""

    length: timedelta = timedelta(minutes=30)
    """A slot begins every so often, from the beginning of the opening hours on."""
    places: int = 1
    """How many may have one slot."""
    ahead: timedelta = timedelta(days=14)
    """How long before its day a slot may be taken."""
    early: timedelta = timedelta(minutes=30)
    """How long before its time somebody may check in."""
    late: timedelta = timedelta(minutes=15)
    """And how long after it."""
    on_page: bool = True
    """Whether customers may take one on the branch's page."""
