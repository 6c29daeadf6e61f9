"""Whatever clerks and customers do in whatever order: nobody is lost and nobody called twice."""

from collections import Counter as Tally
from collections.abc import Callable
from uuid import uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from queueapp.domain.desk import DeskState
from queueapp.domain.refusal import Refused
from queueapp.domain.ticket import IN_HAND, UNFINISHED, Channel, LegState, Outcome
from queueapp.domain.words import (
    BranchId,
    CategoryCode,
    CounterNumber,
    ServiceCode,
    StaffCode,
    TicketId,
)
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from queueapp.store import schema
from queueapp.store.store import SqlStore
from tests.databases import PIN
from tests.domain.samples import (
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    MINA,
    NOON,
    NORMAL,
    PRIORITY,
    REZA,
    SARA,
    SECOND,
    THIRD,
    a_branch,
)
from tests.operations.office import AtDesk, MovableClock, start_office
from tests.store.simple_branch import SERVED_AT, Customer, SimpleBranch, seen

SERVICES = st.sampled_from([BILLS, LINES, COMPLAINTS])
COUNTERS = st.sampled_from([FIRST, SECOND, THIRD])
CLERKS = st.sampled_from([SARA, REZA])


CALLS_A_DAY = 3
"""Not fewer, or days would be over before anything happens in them."""


class LifeOfABranch(RuleBasedStateMachine):
    """A branch of its own in a database that many share."""

    def __init__(self, store: SqlStore, clock: MovableClock) -> None:
        super().__init__()
        clock.moment = NOON
        branch = a_branch(id=BranchId(f"branch-{uuid4().hex[:8]}"))
        self.office = start_office(store, clock, branch)
        self.model = SimpleBranch()
        self.picture = self.office.live

    # -- doing -----------------------------------------------------------------------------------

    def do(self, command: c.Command, *, allowed: bool | None) -> Receipt | None:
        """Hand a command in, twice; ``allowed`` is what the model expects, if it knows."""
        before = self.office.rows()
        try:
            receipt = self.office.do(command)
        except Refused:
            assert not allowed, "it should have been allowed"
            assert self.office.rows() == before, "a refused command changed something"
            return None
        assert allowed is not False, "it should have been refused"
        done = self.office.rows()
        assert self.office.do(command) == receipt
        assert self.office.rows() == done, "the same command was done twice"
        changes = self.office.store.changes(self.picture)
        assert changes is not None
        self.picture = self.picture.after(changes)
        return receipt

    def any_ticket(self, data: st.DataObject) -> TicketId:
        return data.draw(st.sampled_from(list(self.model.customers)), "ticket")

    def any_desk(self, data: st.DataObject) -> AtDesk:
        counter, clerk = data.draw(st.sampled_from(list(self.model.clerks.items())), "desk")
        return AtDesk(staff=clerk, counter=counter)

    def a_busy_desk(self, data: st.DataObject) -> tuple[AtDesk, Customer]:
        counter, ticket = data.draw(st.sampled_from(list(self.model.busy().items())), "busy desk")
        desk = AtDesk(staff=self.model.clerks[counter], counter=counter)
        return desk, self.model.customers[ticket]

    # -- time ------------------------------------------------------------------------------------

    @initialize(service=SERVICES)
    def the_morning(self, service: ServiceCode) -> None:
        self.signs_on(SARA, FIRST)
        self.signs_on(REZA, SECOND)
        self.customers_come(BILLS, NORMAL, people=3)
        self.customers_come(service, PRIORITY, people=1)

    @rule(seconds=st.integers(1, 900))
    def time_passes(self, seconds: int) -> None:
        self.office.later(seconds=seconds)

    @precondition(lambda self: len(self.picture.called) > CALLS_A_DAY)
    @rule()
    def the_next_day_begins(self) -> None:
        self.office.later(days=1)
        self.do(c.StartDay(), allowed=True)
        self.model.start_day()

    # -- customers -------------------------------------------------------------------------------

    @rule(service=SERVICES, category=st.sampled_from([NORMAL, PRIORITY]), people=st.integers(1, 3))
    def customers_come(self, service: ServiceCode, category: CategoryCode, people: int) -> None:
        for _ in range(people):
            issue = c.IssueTicket(
                service=service, category=category, category_reason="Elderly", language="fa"
            )
            receipt = self.do(issue, allowed=service not in self.model.closed)
            if receipt is not None:
                assert receipt.ticket is not None
                self.model.customers[receipt.ticket] = Customer(service)

    @precondition(lambda self: self.picture.called)
    @rule(data=st.data(), score=st.integers(1, 5))
    def a_customer_rates(self, data: st.DataObject, score: int) -> None:
        ticket = self.any_ticket(data)
        is_served = any(leg.outcome is Outcome.SERVED for leg in self.picture.ticket(ticket).legs)
        rate = c.RateService(ticket=ticket, score=score, channel=Channel.KIOSK)
        self.do(rate, allowed=None if is_served else False)

    # -- desks -----------------------------------------------------------------------------------

    @rule(staff=CLERKS, counter=COUNTERS)
    def signs_on(self, staff: StaffCode, counter: CounterNumber) -> None:
        sign_on = c.SignOn(staff=staff, counter=counter, pin=PIN)
        receipt = self.do(sign_on, allowed=self.model.may_sign_on(staff, counter))
        if receipt is not None:
            assert receipt.ticket == self.model.in_hand(counter)
            self.model.clerks[counter] = staff

    @precondition(lambda self: self.model.clerks)
    @rule(data=st.data())
    def pauses_or_goes_on(self, data: st.DataObject) -> None:
        desk = self.any_desk(data)
        if desk["counter"] in self.model.paused:
            self.do(c.PauseDesk(**desk, reason="tea", minutes=5), allowed=False)
            self.do(c.OpenDesk(**desk), allowed=True)
            self.model.paused.remove(desk["counter"])
        else:
            self.do(c.OpenDesk(**desk), allowed=False)
            self.do(c.PauseDesk(**desk, reason="tea", minutes=5), allowed=True)
            self.model.paused.add(desk["counter"])

    @precondition(lambda self: self.model.clerks)
    @rule(data=st.data())
    def closes(self, data: st.DataObject) -> None:
        desk = self.any_desk(data)
        is_free = desk["counter"] not in self.model.busy()
        if self.do(c.CloseDesk(**desk), allowed=is_free):
            del self.model.clerks[desk["counter"]]
            self.model.paused.discard(desk["counter"])

    @rule(staff=CLERKS, counter=COUNTERS, data=st.data())
    def somebody_tries_at_another_desk_or_with_empty_hands(
        self, staff: StaffCode, counter: CounterNumber, data: st.DataObject
    ) -> None:
        kind: Callable[..., c.DeskCommand] = data.draw(
            st.sampled_from([c.CallNext, c.StartService, c.Finish, c.Hold, c.NoShow, c.Undo])
        )
        is_own = self.model.clerks.get(counter) == staff
        if not is_own or (kind not in {c.CallNext, c.Undo} and counter not in self.model.busy()):
            self.do(kind(staff=staff, counter=counter), allowed=False)

    # -- calling ---------------------------------------------------------------------------------

    @precondition(lambda self: self.model.clerks)
    @rule()
    def everybody_calls_the_next(self) -> None:
        for counter, clerk in self.model.clerks.items():
            waiting = self.model.callable_at(counter)
            free = self.model.is_free(counter)
            call = c.CallNext(staff=clerk, counter=counter)
            receipt = self.do(call, allowed=free and bool(waiting))
            if receipt is not None:
                assert receipt.ticket in waiting
                self.model.customers[receipt.ticket].moves(LegState.CALLED, counter)

    @precondition(lambda self: self.model.clerks and self.model.customers)
    @rule(data=st.data())
    def takes_a_chosen_ticket(self, data: st.DataObject) -> None:
        desk, ticket = self.any_desk(data), self.any_ticket(data)
        customer = self.model.customers[ticket]
        allowed = self.model.is_free(desk["counter"]) and customer.state is LegState.WAITING
        if self.do(c.CallTicket(**desk, ticket=ticket), allowed=allowed):
            customer.moves(LegState.CALLED, desk["counter"])

    @precondition(lambda self: self.model.clerks and self.model.customers)
    @rule(data=st.data())
    def takes_a_held_ticket_back(self, data: st.DataObject) -> None:
        desk, ticket = self.any_desk(data), self.any_ticket(data)
        customer = self.model.customers[ticket]
        allowed = self.model.is_free(desk["counter"]) and customer.state is LegState.HELD
        if self.do(c.Resume(**desk, ticket=ticket), allowed=allowed):
            customer.moves(LegState.SERVING, desk["counter"])

    # -- serving ---------------------------------------------------------------------------------

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data())
    def recalls(self, data: st.DataObject) -> None:
        desk, customer = self.a_busy_desk(data)
        self.do(c.Recall(**desk), allowed=customer.state is LegState.CALLED)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data())
    def starts(self, data: st.DataObject) -> None:
        desk, customer = self.a_busy_desk(data)
        if customer.state is not LegState.CALLED:
            self.do(c.StartService(**desk), allowed=False)
        elif self.do(c.StartService(**desk), allowed=True):
            customer.moves(LegState.SERVING)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data())
    def finishes(self, data: st.DataObject) -> None:
        desk, customer = self.a_busy_desk(data)
        if customer.state is not LegState.SERVING:
            self.do(c.Finish(**desk), allowed=False)
        elif self.do(c.Finish(**desk), allowed=True):
            customer.ends(Outcome.SERVED)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data())
    def nobody_came(self, data: st.DataObject) -> None:
        desk, customer = self.a_busy_desk(data)
        if customer.state is not LegState.CALLED:
            self.do(c.NoShow(**desk), allowed=False)
        elif self.do(c.NoShow(**desk), allowed=True):
            customer.ends(Outcome.NO_SHOW)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data())
    def holds(self, data: st.DataObject) -> None:
        desk, customer = self.a_busy_desk(data)
        if self.do(c.Hold(**desk), allowed=True):
            customer.moves(LegState.HELD)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data(), service=SERVICES, counter=st.none() | COUNTERS)
    def sends_on(
        self, data: st.DataObject, service: ServiceCode, counter: CounterNumber | None
    ) -> None:
        desk, customer = self.a_busy_desk(data)
        allowed = customer.may_go_to(service, counter)
        send = c.Transfer(**desk, to_service=service, to_counter=counter)
        if self.do(send, allowed=allowed):
            customer.waits(service, counter)

    @precondition(lambda self: self.model.busy())
    @rule(data=st.data(), service=SERVICES, here=st.booleans())
    def adds_a_service(self, data: st.DataObject, service: ServiceCode, here: bool) -> None:
        desk, customer = self.a_busy_desk(data)
        allowed = customer.state is LegState.SERVING
        allowed = allowed and (not here or service in SERVED_AT[desk["counter"]])
        if self.do(c.AddService(**desk, service=service, here=here), allowed=allowed):
            customer.waits(service)
            if here:
                customer.moves(LegState.SERVING, desk["counter"])

    @precondition(lambda self: self.model.clerks)
    @rule(data=st.data())
    def takes_it_back(self, data: st.DataObject) -> None:
        receipt = self.do(c.Undo(**self.any_desk(data)), allowed=None)
        if receipt is not None:
            assert receipt.ticket is not None
            self.model.look_again(receipt.ticket, self.office.live)

    # -- bringing back and steering --------------------------------------------------------------

    @precondition(lambda self: self.model.customers)
    @rule(data=st.data())
    def somebody_comes_back(self, data: st.DataObject) -> None:
        ticket = self.any_ticket(data)
        customer = self.model.customers[ticket]
        missed = customer.outcome in {Outcome.NO_SHOW, Outcome.CANCELLED}
        is_of_today = self.picture.ticket(ticket).day == self.picture.day
        reinstate = c.Reinstate(staff=SARA, ticket=ticket)
        if self.do(reinstate, allowed=missed and is_of_today):
            customer.waits(customer.service, customer.sent_to)

    @precondition(lambda self: self.model.customers)
    @rule(data=st.data(), service=SERVICES, counter=st.none() | COUNTERS)
    def the_supervisor_cancels_or_moves(
        self, data: st.DataObject, service: ServiceCode, counter: CounterNumber | None
    ) -> None:
        ticket = self.any_ticket(data)
        customer = self.model.customers[ticket]
        if data.draw(st.booleans(), "cancels"):
            allowed = customer.state in UNFINISHED - {LegState.SERVING}
            if self.do(c.CancelTicket(staff=MINA, ticket=ticket), allowed=allowed):
                customer.ends(Outcome.CANCELLED)
            return
        allowed = customer.state in UNFINISHED - IN_HAND
        allowed = allowed and customer.may_go_to(service, counter)
        move = c.MoveTicket(staff=MINA, ticket=ticket, to_service=service, to_counter=counter)
        if self.do(move, allowed=allowed):
            customer.waits(service, counter)

    @precondition(lambda self: self.picture.served)
    @rule(service=SERVICES)
    def the_supervisor_opens_or_closes(self, service: ServiceCode) -> None:
        is_open = service in self.model.closed
        self.do(c.SetServiceOpen(staff=MINA, service=service, is_open=is_open), allowed=True)
        self.model.closed ^= {service}

    # -- what is always true ---------------------------------------------------------------------

    @invariant()
    def the_feed_shows_what_is(self) -> None:
        assert self.picture == self.office.live

    @invariant()
    def nobody_is_lost_and_everybody_is_in_one_place(self) -> None:
        shown = seen(self.picture)
        for ticket, facts in self.model.told().items():
            is_gone = self.model.customers[ticket].state is LegState.ENDED
            assert shown.pop(ticket, facts if is_gone else None) == facts
        assert not shown

    @invariant()
    def no_desk_has_two_customers(self) -> None:
        tally = Tally(
            leg.counter
            for ticket in self.picture.tickets.values()
            for leg in ticket.legs
            if leg.state in IN_HAND
        )
        assert all(number == 1 for number in tally.values())

    @invariant()
    def every_desk_is_as_its_clerk_left_it(self) -> None:
        assert {
            desk.counter: (desk.staff, desk.state is DeskState.PAUSED)
            for desk in self.picture.desks.values()
            if desk.state is not DeskState.CLOSED
        } == self.model.desks()

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        for letter in (BILLS, LINES, COMPLAINTS):
            numbers = sorted(
                ticket.number
                for ticket in self.picture.tickets.values()
                if ticket.letter == letter and ticket.day == self.picture.day
            )
            assert numbers == list(range(1, len(numbers) + 1))


def test_the_life_of_a_branch(database: str) -> None:
    clock = MovableClock()
    store = SqlStore(database, clock=clock)
    schema.ensure_current(store.writing)

    class InThisDatabase(LifeOfABranch):
        def __init__(self) -> None:
            super().__init__(store, clock)

    run_state_machine_as_test(
        InThisDatabase,
        settings=settings(
            max_examples=20 if database.startswith("sqlite") else 5,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        ),
    )
    store.close()
