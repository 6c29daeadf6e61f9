"""Hours of the day at which nothing is called out."""

import re
from dataclasses import dataclass
from datetime import time

QUIET_EXAMPLE = '"13:00-14:00, 20:00-08:00"'

_SPAN = re.compile(r"\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietSpan:
    """From ``starts`` to before ``ends``, over midnight if it ends earlier than it starts."""

    starts: time
    ends: time

    def holds(self, moment: time) -> bool:
        """Whether ``moment`` lies inside."""
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


def read_quiet_hours(text: str) -> tuple[QuietSpan, ...]:
    """The hours that ``text`` names, with commas between; raises :class:`ValueError`."""
    return tuple(_span(part) for part in text.split(",") if part.strip())


def _span(text: str) -> QuietSpan:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"must be hours like {QUIET_EXAMPLE}")
    try:
        starts = time(int(found[1]), int(found[2]))
        ends = time(int(found[3]) % 24, int(found[4]))
    except ValueError:
        raise ValueError(f"must be hours like {QUIET_EXAMPLE}") from None
    return QuietSpan(starts=starts, ends=ends)
