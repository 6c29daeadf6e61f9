"""A log played from its first event to its last, with everybody's estimates on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import Estimate, Forecast
from queueapp.domain.words import CounterNumber, StaffCode, TicketId
from queueapp.forecast.bookings import Booking
from queueapp.forecast.replay.contestant import Contestant
from queueapp.forecast.replay.log import BookedSlot, DeskChange, Ending, Log, Visit
from queueapp.forecast.replay.picture import Move, Picture
from queueapp.forecast.replay.plan import Plan
from queueapp.forecast.replay.predictors.arrival import arrival_of
from queueapp.forecast.replay.predictors.panel import Panel
from queueapp.forecast.replay.timeline import Event, Kind, timeline_of

STALE_BOOKING = timedelta(hours=1)
"""After its slot, an appointment whose holder has not come is not reckoned with any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one predictor said to somebody about a wait, and what it came to."""

    visit: Visit
    at: datetime
    predictor: str
    forecast: Forecast
    actual: float
    """Seconds from ``at`` to the call."""
    hour: int
    """Of the arrival, on the branch's clock."""

    @property
    def at_issue(self) -> bool:
        """Whether this was said as the ticket was issued."""
        return self.at == self.visit.arrived_at


@dataclass(slots=True)
class Played:
    """What came out of a replay."""

    told: list[Told] = field(default_factory=list)
    days: int = 0
    visits: int = 0
    """Visits that came on scored days."""
    never_called: int = 0


@dataclass(slots=True)
class _Waiting:
    visit: Visit
    place: int
    hour: int
    said: list[tuple[datetime, str, Forecast]] = field(default_factory=list)


class Replay:
    """One log, one plan, and the contestants who are told it event by event.

    ``score_from``: what is said on this day and later is kept. ``ask_from``: from which day on a
    contestant is asked at all, by name. ``look_every``: those who wait ask the contestants again so
    often. ``with_panel``: whether established predictors are asked.
    """

    def __init__(
        self,
        log: Log,
        plan: Plan,
        contestants: Mapping[str, Contestant],
        *,
        score_from: date | None = None,
        ask_from: Mapping[str, date] | None = None,
        look_every: timedelta | None = None,
        with_panel: bool = True,
    ) -> None:
        self._log = log
        self._plan = plan
        self._contestants = contestants
        self._look_every = look_every
        self._panel = Panel(plan.branch) if with_panel else None
        self._staffing_known = log.desks is not None
        self._score_from = self._midnight_before(score_from)
        asked = ask_from or {}
        self._ask_from = {name: self._midnight_before(asked.get(name)) for name in contestants}
        self._midnight = datetime.min.replace(tzinfo=UTC)
        self._picture = Picture(plan.branch, date.min)
        self._timeline = timeline_of(log)
        self._bookings: list[Booking] = []
        self._waiting: dict[TicketId, _Waiting] = {}
        self._tickets: dict[int, TicketId] = {}
        self._ids: dict[str, TicketId] = {}
        self.played = Played()

    def play(self, progress: Callable[[int], None] = lambda _count: None) -> Played:
        """Everything from the first event to the last; ``progress`` is told each visit's end."""
        while (event := self._timeline.take()) is not None:
            self._happens(event)
            if event.kind in (Kind.END, Kind.END_AT_ONCE):
                progress(1)
        return self.played

    def _midnight_before(self, day: date | None) -> datetime:
        """When ``day`` begins at the branch; long ago for no day."""
        if day is None:
            return datetime.min.replace(tzinfo=UTC)
        return self._plan.branch.moment(day)

    def _happens(self, event: Event) -> None:
        if event.kind is Kind.BOOKED:
            self._book(self._log.bookings[event.place])
            return
        if event.at >= self._midnight:
            self._begin_day(event.at)
        match event.kind:
            case Kind.END | Kind.END_AT_ONCE:
                self._end(event.place, event.at)
            case Kind.DESK:
                assert self._log.desks is not None
                self._change_desk(self._log.desks[event.place])
            case Kind.ARRIVAL:
                self._arrive(event.place, event.at)
            case Kind.LOOK:
                self._look(event.place, event.at)
            case Kind.CALL:
                self._call(event.place, event.at)
            case Kind.START:
                self._moved(self._picture.start(self._tickets[event.place], at=event.at), event.at)

    # -- days and desks --------------------------------------------------------------------------

    def _begin_day(self, now: datetime) -> None:
        branch = self._plan.branch
        day = branch.day(now)
        self._midnight = branch.moment(day + timedelta(days=1))
        self.played.days += now >= self._score_from
        for move in self._picture.begin_day(day, now):
            self._moved(move, now)
            self._waiting.pop(move.after.id, None)
        self._ids.clear()
        self._bookings = [booking for booking in self._bookings if booking.at >= now]
        for desk in self._picture.forgotten_desks(now):
            self._desk_is(desk, now)
        if self._panel is not None:
            self._panel.day_began()
        if self._plan.day_begins(day):
            self._plan_changed(now)

    def _plan_changed(self, now: datetime) -> None:
        branch = self._plan.branch
        self._picture.branch = branch
        if self._panel is not None:
            self._panel.plan_changed(branch)
        for contestant in self._contestants.values():
            contestant.plan_changed(branch, now)

    def _change_desk(self, change: DeskChange) -> None:
        counter = self._plan.counter(change.counter)
        assert counter is not None
        state = DeskState(change.state)
        is_there = state is not DeskState.CLOSED
        expected = change.at + change.expected if change.expected is not None else None
        self._desk_is(
            Desk(
                counter=counter,
                state=state,
                staff=StaffCode(change.staff or str(counter)) if is_there else None,
                since=change.at,
                expected_end=expected if state is DeskState.PAUSED else None,
            ),
            change.at,
        )

    def _desk_is(self, desk: Desk, now: datetime) -> None:
        self._picture.desks[desk.counter] = desk
        if self._staffing_known:
            for contestant in self._contestants.values():
                contestant.desk_changed(desk, now)

    def _open_for_call(self, counter: CounterNumber, staff: StaffCode, now: datetime) -> None:
        """Whoever calls is there, whatever was recorded."""
        desk = self._picture.desks.get(counter)
        if desk is None or desk.state is not DeskState.OPEN:
            self._desk_is(Desk(counter=counter, state=DeskState.OPEN, staff=staff, since=now), now)
        elif desk.staff != staff:
            self._desk_is(replace(desk, staff=staff, since=now), now)

    # -- visits ----------------------------------------------------------------------------------

    def _book(self, slot: BookedSlot) -> None:
        service = self._plan.service(slot.service)
        assert service is not None
        booking = Booking(service=service, at=slot.appointment_at)
        self._bookings.append(booking)
        for contestant in self._contestants.values():
            contestant.booked(booking)

    def _bookings_ahead(self, now: datetime) -> list[Booking]:
        """Today's appointments, but for those that are long past."""
        oldest = now - STALE_BOOKING
        return [booking for booking in self._bookings if oldest <= booking.at < self._midnight]

    def _arrive(self, place: int, now: datetime) -> None:
        visit = self._log.visits[place]
        service, category = self._plan.service(visit.service), self._plan.category(visit.category)
        assert service is not None
        assert category is not None
        known = self._ids.get(visit.ticket)
        move = known and self._picture.go_on(known, service, category, at=now)
        if not move:
            move = self._picture.issue(
                service, category, at=now, appointment_at=visit.appointment_at
            )
        ticket = move.after.id
        self._ids[visit.ticket] = self._tickets[place] = ticket
        self._waiting[ticket] = _Waiting(
            visit=visit, place=place, hour=self._plan.branch.local(now).hour
        )
        if now >= self._score_from:
            self.played.visits += 1
        self._moved(move, now)
        self._ask(ticket, now)
        if self._panel is not None:
            live = self._picture.live()
            arrival = arrival_of(move.after, live, now, staffing_known=self._staffing_known)
            said = self._panel.estimates(ticket, arrival)
            self._waiting[ticket].said += [(now, name, told) for name, told in said.items()]
        self._look_again(place, now)

    def _ask(self, ticket: TicketId, now: datetime) -> None:
        live, bookings = self._picture.live(), self._bookings_ahead(now)
        said = self._waiting[ticket].said
        for name, contestant in self._contestants.items():
            if now >= self._ask_from[name]:
                said.append((now, name, contestant.estimate(ticket, live, now, bookings)))

    def _look_again(self, place: int, now: datetime) -> None:
        if self._look_every is not None:
            self._timeline.add(Event(now + self._look_every, Kind.LOOK, place))

    def _look(self, place: int, now: datetime) -> None:
        ticket = self._tickets[place]
        waiting = self._waiting.get(ticket)
        if waiting is not None and waiting.place == place:
            self._ask(ticket, now)
            self._look_again(place, now)

    def _call(self, place: int, now: datetime) -> None:
        visit, ticket = self._log.visits[place], self._tickets[place]
        counter = self._plan.counter(visit.counter)
        assert counter is not None
        staff = StaffCode(visit.staff or str(counter))
        self._open_for_call(counter, staff, now)
        self._moved(self._picture.put_aside(counter, at=now), now)
        starts = visit.started_at == visit.called_at
        move = self._picture.call(ticket, counter, staff, at=now, start=starts)
        if move is None:
            return
        waited = self._waiting.pop(ticket)
        self._plan.was_called(visit, [other.visit for other in self._waiting.values()])
        self._moved(move, now)
        if self._panel is not None:
            self._panel.was_called(ticket, counter, now)
        if visit.arrived_at >= self._score_from:
            self._keep(waited, now)

    def _keep(self, waited: _Waiting, now: datetime) -> None:
        self.played.told += [
            Told(
                visit=waited.visit,
                at=at,
                predictor=predictor,
                forecast=forecast,
                actual=(now - at).total_seconds(),
                hour=waited.hour,
            )
            for at, predictor, forecast in waited.said
        ]

    def _end(self, place: int, now: datetime) -> None:
        visit, ticket = self._log.visits[place], self._tickets[place]
        waiting = self._waiting.pop(ticket, None)
        ending = visit.outcome or (Ending.LEFT if waiting is not None else Ending.SERVED)
        move = self._picture.end(ticket, ending, at=now)
        if move is None:
            return
        self._moved(move, now)
        if waiting is not None:
            if self._panel is not None:
                self._panel.has_left(ticket, now)
            self.played.never_called += visit.arrived_at >= self._score_from
            return
        if ending is Ending.SERVED:
            self._plan.was_served(visit)
        leg = move.after.leg
        if self._panel is not None and leg.counter is not None and visit.called_at is not None:
            self._panel.was_freed(leg.service, leg.counter, called=visit.called_at, now=now)

    def _moved(self, move: Move | None, now: datetime) -> None:
        if move is not None:
            for contestant in self._contestants.values():
                contestant.ticket_changed(move.before, move.after, now)


def in_numbers(told: Told) -> Estimate | None:
    """What was said, if it was a number."""
    return told.forecast if isinstance(told.forecast, Estimate) else None
