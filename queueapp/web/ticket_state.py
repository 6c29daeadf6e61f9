"""What a ticket's owner is told, as a value that is cheap to compute and to compare.

A thousand phones follow at once: of each change the states are computed, and words are made for
those only whose state is another one.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from queueapp.domain import routing
from queueapp.domain.estimate import Estimate, Forecast, NoEstimate
from queueapp.domain.letting_pass import has_let_pass
from queueapp.domain.live import LiveBranch, candidate_of
from queueapp.domain.rating import rateable_leg
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import LegState, Outcome, Ticket
from queueapp.domain.words import ServiceCode, TicketId
from queueapp.language.standing import WORTH_A_CLOCK, opens_after_today, wait_left

MINUTE_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketState:
    """Where a ticket stands."""

    label: str
    service: ServiceCode
    state: LegState
    outcome: Outcome | None = None
    counter: int | None = None
    calls: int = 0
    """How often the number was called to this counter: each one rings."""
    place: int | None = None
    """1 for the next of its line; only while waiting."""
    is_last: bool = False
    """Nobody is behind."""
    wait: tuple[int, int] | NoEstimate | None = None
    """In whole minutes from now on, rounded outwards."""
    clock: tuple[datetime, datetime] | None = None
    """The same as times of day, to the minute."""
    opens: datetime | None = None
    """When the service is served again, if that is after the day of the ticket."""
    has_let_pass: bool = False
    is_on_the_way: bool = False
    """Joined from afar, and not called yet for that reason."""
    may_rate: bool = False
    score: int | None = None
    """What was said of the visit."""


class Places:
    """The place of everybody who waits, computed once for each line that is asked about."""

    def __init__(self, live: LiveBranch, now: datetime) -> None:
        self._live = live
        self._now = now
        self._lines: dict[ServiceCode, Mapping[TicketId, int]] = {}

    def of(self, ticket: Ticket) -> tuple[int, bool]:
        """The place of a waiting ticket, from 1, and whether it is the last."""
        service = ticket.leg.service
        line = self._lines.get(service)
        if line is None:
            line = self._lines[service] = self._line(service)
        place = line[ticket.id]
        return place, place == len(line)

    def _line(self, service: ServiceCode) -> Mapping[TicketId, int]:
        branch = self._live.branch
        waiting = self._live.waiting_for(service)
        order = sorted(
            routing.precedence(branch, candidate_of(ticket), self._now) for ticket in waiting
        )
        return {ticket: place for place, (_, _, ticket) in enumerate(order, 1)}


def ticket_state(live: LiveBranch, ticket: Ticket, now: datetime, places: Places) -> TicketState:
    """Where ``ticket`` stands in ``live`` at ``now``."""
    leg = ticket.leg
    match leg.state:
        case LegState.WAITING:
            return _waiting(live, ticket, now, places)
        case LegState.CALLED | LegState.SERVING | LegState.HELD:
            return TicketState(
                label=ticket.label,
                service=leg.service,
                state=leg.state,
                counter=leg.counter,
                calls=leg.recalls + 1,
            )
        case LegState.ENDED | LegState.WITHDRAWN:
            return _ended(live, ticket)


def _waiting(live: LiveBranch, ticket: Ticket, now: datetime, places: Places) -> TicketState:
    leg = ticket.leg
    place, is_last = places.of(ticket)
    forecast, counted_from = wait_left(live, ticket, now)
    is_on_the_way = leg.not_before is not None and leg.not_before > now
    earliest = leg.not_before if is_on_the_way else None
    wait, clock = _range(forecast, counted_from, now, earliest)
    return TicketState(
        label=ticket.label,
        service=leg.service,
        state=leg.state,
        counter=leg.for_counter,
        place=place,
        is_last=is_last,
        wait=wait,
        clock=clock,
        opens=opens_after_today(live, ticket, now),
        has_let_pass=has_let_pass(ticket),
        is_on_the_way=is_on_the_way,
    )


def _range(
    forecast: Forecast, counted_from: datetime, now: datetime, not_before: datetime | None
) -> tuple[tuple[int, int] | NoEstimate, tuple[datetime, datetime] | None]:
    """The wait in minutes from now on, and on the clock where anybody would look at one."""
    if not isinstance(forecast, Estimate):
        return forecast, None
    earliest = counted_from + timedelta(seconds=forecast.p50)
    latest = counted_from + timedelta(seconds=forecast.p80)
    if not_before is not None:
        earliest, latest = max(earliest, not_before), max(latest, not_before)
    left = max(0.0, (earliest - now).total_seconds()), max(0.0, (latest - now).total_seconds())
    minutes = math.floor(left[0] / MINUTE_S), math.ceil(left[1] / MINUTE_S)
    if left[1] < WORTH_A_CLOCK:
        return minutes, None
    return minutes, (_minute(math.floor, earliest), _minute(math.ceil, latest))


def _minute(rounded: Callable[[float], int], moment: datetime) -> datetime:
    return datetime.fromtimestamp(rounded(moment.timestamp() / MINUTE_S) * MINUTE_S, UTC)


def _ended(live: LiveBranch, ticket: Ticket) -> TicketState:
    leg = ticket.leg
    try:
        rated = live.ratings.get((ticket.id, rateable_leg(ticket)))
    except Refused:  # no part of this visit was served
        return TicketState(
            label=ticket.label, service=leg.service, state=leg.state, outcome=leg.outcome
        )
    return TicketState(
        label=ticket.label,
        service=leg.service,
        state=leg.state,
        outcome=leg.outcome,
        may_rate=True,
        score=rated.score if rated is not None else None,
    )
