"""What happens to desks, who may do what there, and how PINs are checked."""

import pytest

from queueapp.domain.desk import Desk, DeskState
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.staff import Permission, Role
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.operations import commands as c
from queueapp.operations.operations import Operations
from tests.databases import PIN, QuickHasher
from tests.domain.samples import (
    BILLS,
    FIRST,
    LINES,
    MINA,
    REZA,
    SARA,
    SECOND,
    THIRD,
    a_ticket_id,
    at,
)
from tests.operations.office import AtDesk, Office

WRONG = "9999"


def pause(staff: StaffCode = SARA, counter: CounterNumber = FIRST) -> c.PauseDesk:
    return c.PauseDesk(counter=counter, staff=staff, reason="tea", minutes=10)


# -- signing on -----------------------------------------------------------------------------------


def test_signing_on_opens_the_desk(office: Office) -> None:
    desk = office.desk()
    assert (desk.state, desk.staff, desk.since) == (DeskState.OPEN, SARA, at(0))


def test_a_counter_has_one_clerk_and_a_clerk_one_counter(office: Office) -> None:
    with office.refuses(Reason.COUNTER_TAKEN):
        office.sign_on(REZA, FIRST)
    with office.refuses(Reason.STAFF_ELSEWHERE):
        office.sign_on(SARA, SECOND)
    with office.refuses(Reason.COUNTER_UNKNOWN):
        office.sign_on(REZA, CounterNumber(9))
    office.sign_on(REZA, SECOND)
    assert office.desk(SECOND).staff == REZA


def test_a_clerk_whose_terminal_died_finds_the_customer_still_in_hand(office: Office) -> None:
    issued = office.issue()
    office.serve()
    office.later(minutes=3)
    again = office.sign_on()
    assert (again.ticket, again.label) == (issued.ticket, "A001")
    assert office.desk().since == at(0)
    office.finish()
    assert office.sign_on().ticket is None


def test_a_closed_desk_is_free_for_somebody_else(office: Office) -> None:
    office.do(c.CloseDesk(counter=FIRST, staff=SARA))
    office.sign_on(REZA, FIRST)
    office.sign_on(SARA, SECOND)
    assert office.desk(FIRST).staff == REZA
    assert office.desk(SECOND).staff == SARA


def test_a_desk_does_not_close_on_a_customer(office: Office) -> None:
    office.issue()
    office.call()
    with office.refuses(Reason.TICKET_IN_HAND):
        office.do(c.CloseDesk(counter=FIRST, staff=SARA))


def test_a_supervisor_frees_the_customer_of_a_clerk_who_went_home(office: Office) -> None:
    issued = office.issue()
    office.serve()
    closed = office.do(c.CloseDesk(counter=FIRST, staff=MINA))
    assert (closed.ticket, office.desk().state) == (issued.ticket, DeskState.CLOSED)
    office.sign_on(REZA, FIRST)
    with office.refuses(Reason.NOTHING_TO_UNDO):
        office.do(c.Undo(counter=FIRST, staff=REZA))
    assert issued.ticket is not None
    office.do(c.Resume(counter=FIRST, staff=REZA, ticket=issued.ticket))
    office.finish(REZA, FIRST)


def sent_for(staff: StaffCode, counter: CounterNumber) -> c.SendForClerk:
    return c.SendForClerk(staff=MINA, counter=counter, clerk=staff, minutes=3)


def test_who_was_sent_for_may_sign_on_elsewhere_and_the_counter_is_kept_no_longer(
    office: Office,
) -> None:
    office.do(sent_for(REZA, SECOND))
    with office.refuses(Reason.COUNTER_TAKEN):
        office.sign_on(REZA, FIRST)
    office.later(minutes=60)
    office.sign_on(REZA, THIRD)
    assert (office.desk(THIRD).state, office.desk(THIRD).staff) == (DeskState.OPEN, REZA)
    assert office.desk(SECOND) == Desk(counter=SECOND, since=at(60))
    assert {"freed": SECOND} in office.rows()["event"][-1]
    with office.refuses(Reason.STAFF_ELSEWHERE):
        office.sign_on(REZA, SECOND)


def test_a_kept_counter_is_not_left_with_a_customer_who_came_back_to_it(office: Office) -> None:
    office.issue()
    office.sign_on(REZA, SECOND)
    office.call(REZA, SECOND)
    office.do(c.NoShow(counter=SECOND, staff=REZA))
    office.do(c.CloseDesk(counter=SECOND, staff=REZA))
    office.do(sent_for(REZA, SECOND))
    office.do(c.Undo(counter=SECOND, staff=REZA))
    with office.refuses(Reason.STAFF_ELSEWHERE):
        office.sign_on(REZA, THIRD)


# -- pausing --------------------------------------------------------------------------------------


def test_a_paused_desk_calls_nobody_but_finishes_whom_it_has(office: Office) -> None:
    office.issue()
    waiting = office.issue()
    office.serve()
    office.later(minutes=2)
    office.do(pause())
    desk = office.desk()
    assert (desk.state, desk.reason) == (DeskState.PAUSED, "tea")
    assert (desk.since, desk.expected_end) == (at(2), at(12))
    office.finish()
    with office.refuses(Reason.DESK_PAUSED):
        office.call()
    assert waiting.ticket is not None
    with office.refuses(Reason.DESK_PAUSED):
        office.do(c.CallTicket(counter=FIRST, staff=SARA, ticket=waiting.ticket))
    with office.refuses(Reason.DESK_ALREADY_PAUSED):
        office.do(pause())
    office.do(c.OpenDesk(counter=FIRST, staff=SARA))
    assert office.desk().expected_end is None
    with office.refuses(Reason.DESK_ALREADY_OPEN):
        office.do(c.OpenDesk(counter=FIRST, staff=SARA))
    assert office.call().ticket == waiting.ticket


def test_signing_on_again_does_not_end_a_pause(office: Office) -> None:
    office.do(pause())
    office.sign_on()
    assert office.desk().state is DeskState.PAUSED


def test_a_supervisor_may_pause_open_and_close_another_desk_and_a_clerk_may_not(
    office: Office,
) -> None:
    with office.refuses(Reason.COUNTER_TAKEN):
        office.do(pause(staff=REZA))
    office.do(pause(staff=MINA))
    assert office.desk().staff == SARA
    office.do(c.OpenDesk(counter=FIRST, staff=MINA))
    office.do(c.CloseDesk(counter=FIRST, staff=MINA))
    assert office.desk().state is DeskState.CLOSED
    with office.refuses(Reason.DESK_CLOSED):
        office.do(pause(staff=MINA))


# -- who may do what ------------------------------------------------------------------------------


def desk_commands(staff: StaffCode, counter: CounterNumber) -> list[c.DeskCommand]:
    """One of everything that is done at a desk, but for signing on."""
    who = AtDesk(staff=staff, counter=counter)
    ticket = a_ticket_id(at(0), BILLS, 1)
    return [
        c.OpenDesk(**who),
        pause(staff, counter),
        c.CloseDesk(**who),
        c.CallNext(**who),
        c.CallTicket(**who, ticket=ticket),
        c.Recall(**who),
        c.StartService(**who),
        c.Finish(**who),
        c.Hold(**who),
        c.Resume(**who, ticket=ticket),
        c.Transfer(**who, to_service=LINES),
        c.AddService(**who, service=LINES, here=True),
        c.NoShow(**who),
        c.Undo(**who),
    ]


def test_nobody_works_at_a_desk_that_is_somebody_elses_or_nobodys(office: Office) -> None:
    office.issue()
    office.sign_on(REZA, SECOND)
    for command in desk_commands(REZA, FIRST):
        with office.refuses(Reason.COUNTER_TAKEN):
            office.do(command)
    for command in desk_commands(SARA, THIRD):
        with office.refuses(Reason.DESK_CLOSED):
            office.do(command)
    for command in desk_commands(SARA, CounterNumber(9)):
        with office.refuses(Reason.COUNTER_UNKNOWN):
            office.do(command)
    for command in desk_commands(StaffCode("nobody"), FIRST):
        with office.refuses(Reason.STAFF_MISSING):
            office.do(command)


def test_a_supervisor_does_not_work_with_another_clerks_customers(office: Office) -> None:
    office.issue()
    steering = (c.OpenDesk, c.PauseDesk, c.CloseDesk)
    for command in desk_commands(MINA, FIRST):
        if not isinstance(command, steering):
            with office.refuses(Reason.COUNTER_TAKEN):
                office.do(command)


def test_a_clerk_may_not_steer(office: Office) -> None:
    ticket = office.issue().ticket
    assert ticket is not None
    for command in (
        c.MoveTicket(staff=SARA, ticket=ticket, to_service=LINES),
        c.CancelTicket(staff=SARA, ticket=ticket),
        c.SetServiceOpen(staff=SARA, service=BILLS, is_open=False),
        c.PauseRemoteTickets(staff=SARA, service=BILLS),
        c.ResumeRemoteTickets(staff=SARA, service=BILLS),
        c.SetCounterServices(staff=SARA, counter=FIRST, services=(LINES,)),
    ):
        with office.refuses(Reason.NOT_PERMITTED):
            office.do(command)


def test_every_command_of_staff_names_what_it_needs() -> None:
    def names(kind: type[c.StaffCommand]) -> set[str]:
        below = kind.__subclasses__()
        return {kind.__name__} if not below else set().union(*map(names, below))

    abstract = {c.StaffCommand.__name__, c.DeskCommand.__name__}
    assert {kind.__name__ for kind in c.PERMISSION} == names(c.StaffCommand) - abstract


# -- PINs -----------------------------------------------------------------------------------------


def test_a_wrong_pin_and_an_unknown_name_get_the_same_answer(office: Office) -> None:
    with pytest.raises(Refused) as wrong:
        office.sign_on(REZA, SECOND, pin=WRONG)
    with pytest.raises(Refused) as unknown:
        office.sign_on(StaffCode("nobody"), SECOND, pin=WRONG)
    assert str(wrong.value) == str(unknown.value)
    assert office.desk(SECOND).state is DeskState.CLOSED


def test_the_fifth_wrong_pin_locks_and_each_further_one_locks_for_twice_as_long(
    office: Office,
) -> None:
    for _ in range(4):
        with pytest.raises(Refused, match="wrong"):
            office.sign_on(REZA, SECOND, pin=WRONG)
    for seconds in (30, 60, 120):
        with pytest.raises(Refused, match=f"wait {seconds} seconds"):
            office.sign_on(REZA, SECOND, pin=WRONG)
        with office.refuses(Reason.STAFF_LOCKED):
            office.sign_on(REZA, SECOND, pin=PIN)
        office.later(seconds=seconds)
    office.sign_on(REZA, SECOND, pin=PIN)
    office.do(c.CloseDesk(counter=SECOND, staff=REZA))
    with pytest.raises(Refused, match="wrong"):
        office.sign_on(REZA, SECOND, pin=WRONG)


def test_many_guesses_at_once_are_worth_no_more_than_one_after_the_other(office: Office) -> None:
    class OthersAreQuicker(QuickHasher):
        def matches(self, pin_hash: str, pin: str) -> bool:
            for _ in range(5):
                with pytest.raises(Refused):
                    office.sign_on(REZA, SECOND, pin=WRONG)
            return super().matches(pin_hash, pin)

    lucky = Operations(office.store, OthersAreQuicker(), office.branch.id)
    with pytest.raises(Refused) as refused:
        lucky.handle(c.SignOn(counter=SECOND, staff=REZA, pin=PIN))
    assert refused.value.reason is Reason.STAFF_LOCKED
    assert office.desk(SECOND).state is DeskState.CLOSED


def test_a_new_pin_lifts_the_lock(office: Office) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            office.sign_on(REZA, SECOND, pin=WRONG)
    office.do(c.ResetPin(code=REZA, pin="2468"))
    with pytest.raises(Refused, match="wrong"):
        office.sign_on(REZA, SECOND, pin=PIN)
    office.sign_on(REZA, SECOND, pin="2468")


def test_a_pin_opens_what_its_role_may_do(office: Office) -> None:
    sign_in = office.operations.sign_in
    assert sign_in(MINA, PIN, Permission.STEER).name == "Mina"
    assert sign_in(SARA, PIN, Permission.UNLOCK_KIOSK).role is Role.CLERK
    with office.refuses(Reason.NOT_PERMITTED):
        sign_in(SARA, PIN, Permission.STEER)


def test_staff_are_added_once_with_a_pin_of_digits(office: Office) -> None:
    added = c.AddStaff(code=StaffCode("omid"), name="Omid", role=Role.CLERK, pin="1357")
    office.do(added)
    office.sign_on(StaffCode("omid"), SECOND, pin="1357")
    with office.refuses(Reason.STAFF_EXISTS):
        office.do(c.AddStaff(code=SARA, name="Sara", role=Role.ADMINISTRATOR, pin="1357"))
    for bad in ("123", "1" * 13, "12a4", "۱۲۳۴"):
        with office.refuses(Reason.PIN_TOO_SIMPLE):
            office.do(c.AddStaff(code=StaffCode("new"), name="New", role=Role.CLERK, pin=bad))
        with office.refuses(Reason.PIN_TOO_SIMPLE):
            office.do(c.ResetPin(code=SARA, pin=bad))
    with office.refuses(Reason.STAFF_MISSING):
        office.do(c.ResetPin(code=StaffCode("nobody"), pin="1357"))
