"""A branch in memory for screens under test: picture, operations that remember, a still feed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from queueapp.domain.branch import (
    Branch,
    Category,
    Counter,
    OutcomeChoice,
    Service,
    Shift,
    Span,
    Weekday,
)
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.estimate import Estimate, Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import ContactWish
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission, Role, Staff
from queueapp.domain.ticket import Channel, Leg, LegState, Outcome, Ticket
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    OutcomeCode,
    Revision,
    ServiceCode,
    StaffCode,
    Text,
    TicketId,
)
from queueapp.language import Language, load_language
from queueapp.operations.commands import Command
from queueapp.operations.ports import Receipt, StoreUnavailable
from queueapp.tui.context import TerminalContext

NOW = datetime(2026, 10, 7, 7, 12, tzinfo=UTC)
"""10:42 in Tehran, on a Wednesday."""

BILLS, LINES, INTERNET = ServiceCode("A"), ServiceCode("B"), ServiceCode("ک")
NORMAL, PRIORITY = CategoryCode("normal"), CategoryCode("priority")
SARA, OMID, MINA = StaffCode("sara"), StaffCode("omid"), StaffCode("mina")
PINS = {SARA: "1111", OMID: "2222", MINA: "3333"}


def text(en: str, fa: str) -> Text:
    return Text({"fa": fa, "en": en})


def fake_branch() -> Branch:
    """Three services, two categories, three counters."""

    def service(code: ServiceCode, en: str, fa: str, minutes: int) -> Service:
        return Service(
            code=code,
            name=text(en, fa),
            target=timedelta(minutes=minutes),
            mean=timedelta(minutes=5),
            spread=timedelta(minutes=2),
        )

    return Branch(
        id=BranchId("vanak"),
        name=text("Vanak office", "شعبهٔ ونک"),
        time_zone="Asia/Tehran",
        languages=("en", "fa"),
        public_url="https://queue.example",
        services=(
            service(BILLS, "Bill payment", "پرداخت قبض", 10),
            service(LINES, "New line", "خط جدید", 20),
            service(INTERNET, "Internet", "اینترنت", 15),
        ),
        categories=(
            Category(code=NORMAL, name=text("Normal", "عادی")),
            Category(
                code=PRIORITY,
                name=text("Priority", "اولویت‌دار"),
                weight=2.0,
                head_start=timedelta(minutes=5),
                needs_reason=True,
                reasons=(text("Elderly", "سالمند"), text("Disabled", "معلول")),
            ),
        ),
        counters=(
            Counter(number=CounterNumber(1), services=(BILLS, LINES)),
            Counter(number=CounterNumber(2), services=(LINES, INTERNET)),
            Counter(number=CounterNumber(3), services=(BILLS, INTERNET)),
        ),
        outcomes=(
            OutcomeChoice(code=OutcomeCode("done"), name=text("Done", "انجام شد")),
            OutcomeChoice(code=OutcomeCode("papers"), name=text("Papers missing", "نقص مدارک")),
        ),
    )


def fake_ticket(
    letter: ServiceCode,
    number: int,
    *,
    waited: timedelta,
    category: CategoryCode = NORMAL,
    state: LegState = LegState.WAITING,
    counter: int | None = None,
    staff: StaffCode | None = None,
    taken: timedelta = timedelta(0),
    now: datetime = NOW,
) -> Ticket:
    """A ticket that waited for ``waited``; in hand, held or served: since ``taken`` ago."""
    arrived = now - waited - taken
    called = None if state is LegState.WAITING else now - taken
    working = state in {LegState.SERVING, LegState.HELD, LegState.ENDED}
    leg = Leg(
        ordinal=1,
        service=letter,
        category=category,
        state=state,
        accrues_from=arrived,
        waiting_since=arrived,
        called_at=called,
        started_at=called if working else None,
        held_at=now if state is LegState.HELD else None,
        ended_at=now if state is LegState.ENDED else None,
        counter=CounterNumber(counter) if counter else None,
        staff=staff,
        outcome=Outcome.SERVED if state is LegState.ENDED else None,
    )
    return Ticket(
        id=TicketId(UUID(int=ord(letter) * 1000 + number)),
        day=now.date(),
        letter=letter,
        number=number,
        language="en",
        channel=Channel.KIOSK,
        token=f"token-{letter}-{number}",
        arrived_at=arrived,
        legs=(leg,),
    )


def fake_live(
    *tickets: Ticket, revision: int = 1, branch: Branch | None = None, now: datetime = NOW
) -> LiveBranch:
    """The sample branch in the middle of a morning, or with ``tickets`` in place of its own."""
    branch = branch or fake_branch()
    shown = tickets or sample_tickets(now)
    return LiveBranch(
        branch=branch,
        revision=Revision(revision),
        day=branch.day(now),
        staff={
            SARA: Staff(code=SARA, name="Sara", role=Role.CLERK),
            OMID: Staff(code=OMID, name="Omid", role=Role.CLERK),
            MINA: Staff(code=MINA, name="Mina", role=Role.SUPERVISOR),
        },
        tickets={ticket.id: ticket for ticket in shown},
        desks={
            CounterNumber(1): Desk(
                counter=CounterNumber(1),
                state=DeskState.OPEN,
                staff=SARA,
                since=now - timedelta(hours=2),
            ),
            CounterNumber(2): Desk(
                counter=CounterNumber(2),
                state=DeskState.PAUSED,
                staff=OMID,
                since=now - timedelta(minutes=4),
                reason="Tea",
                expected_end=now + timedelta(minutes=6),
            ),
        },
        estimates=Estimates(
            made_at=now,
            revision=Revision(revision),
            waiting={
                ticket.id: Estimate(p10=60, p50=240, p80=480, p90=600)
                for ticket in shown
                if ticket.leg.state is LegState.WAITING
            },
            arriving={
                (service.code, category.code): Estimate(p10=120, p50=480, p80=840, p90=1080)
                for service in branch.services
                for category in branch.categories
            },
        ),
    )


def after_the_last_shift(live: LiveBranch) -> LiveBranch:
    """``live`` without hours, with counters that were planned until ten, and are all closed."""
    shifts = tuple(
        Shift(weekday=day, span=Span(starts=time(8), ends=time(10)))
        for day in (Weekday.WEDNESDAY, Weekday.THURSDAY)
    )
    counters = tuple(replace(each, roster=shifts) for each in live.branch.counters)
    return replace(live, branch=replace(live.branch, counters=counters), desks={})


def sample_tickets(now: datetime = NOW) -> tuple[Ticket, ...]:
    """Three who wait (one of them too long), one in hand at counter 1, one on hold, one served."""

    def minutes(count: int) -> timedelta:
        return timedelta(minutes=count)

    return (
        fake_ticket(BILLS, 43, waited=minutes(12), now=now),
        fake_ticket(BILLS, 44, waited=minutes(3), category=PRIORITY, now=now),
        fake_ticket(LINES, 11, waited=minutes(14), now=now),
        fake_ticket(
            BILLS,
            42,
            waited=minutes(14),
            state=LegState.SERVING,
            counter=1,
            staff=SARA,
            taken=minutes(3),
            now=now,
        ),
        fake_ticket(
            INTERNET,
            5,
            waited=minutes(9),
            state=LegState.HELD,
            counter=1,
            staff=SARA,
            taken=minutes(8),
            now=now,
        ),
        fake_ticket(
            BILLS,
            41,
            waited=minutes(6),
            state=LegState.ENDED,
            counter=1,
            staff=SARA,
            taken=minutes(7),
            now=now,
        ),
    )


@dataclass
class RecordingOperations:
    """Remembers every command; answers with ``answers`` in turn, then with plain receipts.

    An answer is a receipt, or a ``Refused`` to raise. ``away``: that many times unavailable first.
    """

    answers: list[Receipt | Refused] = field(default_factory=list)
    away: int = 0
    commands: list[Command] = field(default_factory=list)
    """Carried out, in order."""
    tried: list[Command] = field(default_factory=list)
    """Every try, those that found no database too."""

    def handle(self, command: Command) -> Receipt:
        self.tried.append(command)
        if self.away:
            self.away -= 1
            raise StoreUnavailable
        self.commands.append(command)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Refused):
            raise answer
        return answer or Receipt(revision=Revision(2), at=NOW)

    def sign_in(self, staff: StaffCode, pin: str, permission: Permission) -> Staff:
        person = fake_live().staff.get(staff)
        if person is None or PINS[staff] != pin:
            raise Refused(Reason.STAFF_UNKNOWN)
        person.require(permission)
        return person


class StillFeed:
    """A feed that moves only when the test says so; it starts with ``live``."""

    def __init__(self, live: LiveBranch | None = None) -> None:
        self.live = live
        self.stopped = False

    def start(
        self, on_change: Callable[[LiveBranch], None], on_connection: Callable[[bool], None]
    ) -> None:
        self._on_change, self._on_connection = on_change, on_connection
        if self.live is not None:
            on_change(self.live)

    def stop(self) -> None:
        self.stopped = True

    def move(self, live: LiveBranch) -> None:
        """The branch is ``live`` now."""
        self.live = live
        self._on_change(live)

    def lose(self) -> None:
        """The database goes away."""
        self._on_connection(False)

    def return_(self) -> None:
        """The database is back."""
        self._on_connection(True)


@dataclass
class FakeClock:
    """Stands still until the test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


@cache
def language_of(code: str) -> Language:
    return load_language(code, zone=ZoneInfo("Asia/Tehran"))


def fake_context(
    *,
    live: LiveBranch | None = None,
    feed: StillFeed | None = None,
    operations: RecordingOperations | None = None,
    clock: Callable[[], datetime] | None = None,
    language: str = "en",
    theme: str = "queue-dark",
    contact_wishes: Callable[[], Sequence[ContactWish]] = tuple,
) -> TerminalContext:
    """A context around ``live``, or around the sample branch."""
    return TerminalContext(
        operations=operations or RecordingOperations(),
        feed=feed or StillFeed(live or fake_live()),
        clock=clock or FakeClock(),
        language_of=language_of,
        contact_wishes=contact_wishes,
        language=language,
        theme=theme,
    )
