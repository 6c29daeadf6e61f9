"""Simulated clerks: they sign on, call, serve, pause – whatever their desk and hand ask for.

A clerk decides from the picture alone, so a supervisor may close the desk, move the customer or
begin a new day: the clerk finds it so and goes on.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from queueapp.domain.branch import Branch
from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.ticket import LegState, Ticket
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode, TicketId
from queueapp.operations.commands import (
    AddService,
    CallNext,
    DeskCommand,
    Finish,
    Hold,
    NoShow,
    OpenDesk,
    PauseDesk,
    Recall,
    Resume,
    SignOn,
    StartService,
    Transfer,
)
from queueapp.simulator.behaviour import Behaviour, Duration
from queueapp.simulator.branch_view import BranchView
from queueapp.simulator.customers import Raters
from queueapp.simulator.luck import Luck


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkAtCounter:
    """Somebody on the staff, and where they work."""

    staff: StaffCode
    pin: str = field(repr=False)
    counter: CounterNumber


class Clerk:
    """One clerk at work."""

    def __init__(
        self,
        person: ClerkAtCounter,
        *,
        behaviour: Behaviour,
        view: BranchView,
        raters: Raters,
        luck: Luck,
    ) -> None:
        self._person = person
        self._staff, self._counter = person.staff, person.counter
        self._behaviour = behaviour
        self._view = view
        self._raters = raters
        self._luck = luck
        self._pace = luck.factor(behaviour.clerks.pace)
        self._next_step: dict[LegKey, datetime] = {}
        """When the customer in hand will have come, or will have been served."""
        self._held_until: dict[TicketId, datetime] = {}
        self._was_held: set[TicketId] = set()

    def work(self, now: datetime) -> datetime:
        """Do what is due now; when to look again."""
        live = self._view.look()
        desk = live.desk(self._counter)
        if desk.state is DeskState.CLOSED:
            return self._sign_on(now)
        if desk.staff != self._staff:
            return now + self._behaviour.clerks.looks_every
        in_hand = live.in_hand(self._counter)
        if in_hand is None:
            self._next_step.clear()
            return (
                self._rest(desk, now) if desk.state is DeskState.PAUSED else self._call(live, now)
            )
        if in_hand.leg.state is LegState.CALLED:
            return self._wait_for(in_hand, now)
        return self._serve(live.branch, in_hand, now)

    # -- the desk --------------------------------------------------------------------------------

    def _sign_on(self, now: datetime) -> datetime:
        self._view.do(SignOn(staff=self._staff, counter=self._counter, pin=self._person.pin))
        return now + self._luck.duration(self._behaviour.clerks.settles)

    def _rest(self, desk: Desk, now: datetime) -> datetime:
        if desk.expected_end is not None and now < desk.expected_end:
            return min(desk.expected_end, now + timedelta(minutes=1))
        self._view.do(OpenDesk(staff=self._staff, counter=self._counter))
        return self._soon(now)

    def _after_customer(self, now: datetime) -> datetime:
        clerks = self._behaviour.clerks
        if self._luck.happens(clerks.pauses):
            pause = self._luck.one_of(clerks.pause_for)
            self._view.do(
                PauseDesk(
                    staff=self._staff,
                    counter=self._counter,
                    reason=pause.reason,
                    minutes=pause.minutes,
                )
            )
        return self._soon(now)

    # -- the customer ----------------------------------------------------------------------------

    def _call(self, live: LiveBranch, now: datetime) -> datetime:
        back = [t for t, until in self._held_until.items() if until <= now]
        for ticket in back:
            del self._held_until[ticket]
            if self._did(Resume(staff=self._staff, counter=self._counter, ticket=ticket)):
                return now
        if not live.next_for(self._counter, now):
            return now + self._behaviour.clerks.looks_every
        return self._at_once(CallNext(staff=self._staff, counter=self._counter), now)

    def _wait_for(self, called: Ticket, now: datetime) -> datetime:
        leg, clerks = called.leg, self._behaviour.clerks
        called_at = leg.called_at or now
        if (called.id, leg.ordinal) not in self._next_step:
            stays_away = self._luck.happens(self._behaviour.customers.stays_away)
            walk = self._luck.duration(self._behaviour.customers.walk)
            never = clerks.gives_up_after * 2
            self._next_step[called.id, leg.ordinal] = called_at + (never if stays_away else walk)
        comes_at = self._next_step[called.id, leg.ordinal]
        if comes_at <= now:
            del self._next_step[called.id, leg.ordinal]
            return self._at_once(StartService(staff=self._staff, counter=self._counter), now)
        if now >= called_at + clerks.gives_up_after:
            self._did(NoShow(staff=self._staff, counter=self._counter))
            return self._soon(now)
        if leg.recalls:
            return min(comes_at, called_at + clerks.gives_up_after)
        if now >= called_at + clerks.calls_again_after:
            return self._at_once(Recall(staff=self._staff, counter=self._counter), now)
        return min(comes_at, called_at + clerks.calls_again_after)

    def _serve(self, branch: Branch, served: Ticket, now: datetime) -> datetime:
        leg = served.leg
        if (served.id, leg.ordinal) not in self._next_step:
            service = branch.service(leg.service)
            takes = self._luck.duration(Duration(mean=service.mean, spread=service.spread))
            self._next_step[served.id, leg.ordinal] = now + takes * self._pace
        ready_at = self._next_step[served.id, leg.ordinal]
        if now < ready_at:
            return ready_at
        del self._next_step[served.id, leg.ordinal]
        self._let_go(branch, served, now)
        return self._after_customer(now)

    def _let_go(self, branch: Branch, served: Ticket, now: datetime) -> None:
        clerks = self._behaviour.clerks
        draw = self._luck.share()
        other = self._other_service(branch, served.leg.service)
        is_first = served.leg.ordinal == 1
        if is_first and draw < clerks.holds and served.id not in self._was_held:
            self._was_held.add(served.id)
            self._held_until[served.id] = now + self._luck.duration(clerks.held)
            self._did(Hold(staff=self._staff, counter=self._counter, note=""))
        elif is_first and other and draw > 1 - clerks.transfers:
            self._did(Transfer(staff=self._staff, counter=self._counter, to_service=other))
        elif is_first and other and draw > 1 - clerks.transfers - clerks.adds_service:
            self._did(
                AddService(staff=self._staff, counter=self._counter, service=other, here=False)
            )
        else:
            self._finish(branch, served, now)

    def _finish(self, branch: Branch, served: Ticket, now: datetime) -> None:
        codes = [choice.code for choice in branch.outcomes]
        usual = self._behaviour.clerks.usual_outcome
        outcome = self._luck.usually_first(codes, usual) if codes else None
        if self._did(Finish(staff=self._staff, counter=self._counter, outcome_code=outcome)):
            self._raters.ask(served.id, self._counter, now)

    def _other_service(self, branch: Branch, service: ServiceCode) -> ServiceCode | None:
        others = [other.code for other in branch.services if other.code != service]
        return self._luck.one_of(others) if others else None

    def _soon(self, now: datetime) -> datetime:
        return now + self._luck.duration(self._behaviour.clerks.between)

    def _at_once(self, command: DeskCommand, now: datetime) -> datetime:
        """Go on at once after ``command``; refused, for the branch moved, look again later."""
        return now if self._did(command) else now + self._behaviour.clerks.looks_every

    def _did(self, command: DeskCommand) -> bool:
        return self._view.do(command) is not None
