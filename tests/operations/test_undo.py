"""A clerk takes back the last action, while that is harmless."""

from collections.abc import Callable

import pytest

from queueapp.domain.refusal import Reason
from queueapp.domain.ticket import LegState
from queueapp.domain.words import TicketId
from queueapp.operations import commands as c
from queueapp.operations.ports import Receipt
from tests.domain.samples import (
    DONE,
    FIRST,
    LINES,
    MINA,
    REZA,
    SARA,
    SECOND,
)
from tests.operations.office import AtDesk, Office

SARAS = AtDesk(staff=SARA, counter=FIRST)
REZAS = AtDesk(staff=REZA, counter=SECOND)


def id_of(issued: Receipt) -> TicketId:
    assert issued.ticket is not None
    return issued.ticket


def in_hand_first(office: Office) -> Receipt:
    issued = office.issue()
    office.serve()
    return issued


def called_first(office: Office) -> Receipt:
    issued = office.issue()
    office.call()
    return issued


def waiting_first(office: Office) -> Receipt:
    return office.issue()


def held_first(office: Office) -> Receipt:
    issued = in_hand_first(office)
    office.do(c.Hold(**SARAS))
    return issued


UNDOABLE: dict[str, tuple[Callable[[Office], Receipt], Callable[[TicketId], c.Command]]] = {
    "call next": (waiting_first, lambda _: c.CallNext(**SARAS)),
    "call ticket": (waiting_first, lambda it: c.CallTicket(**SARAS, ticket=it)),
    "start": (called_first, lambda _: c.StartService(**SARAS)),
    "finish": (in_hand_first, lambda _: c.Finish(**SARAS, outcome_code=DONE, note="x")),
    "hold": (in_hand_first, lambda _: c.Hold(**SARAS, note="x")),
    "resume": (held_first, lambda it: c.Resume(**SARAS, ticket=it)),
    "transfer": (in_hand_first, lambda _: c.Transfer(**SARAS, to_service=LINES)),
    "transfer to counter": (called_first, lambda _: c.Transfer(**SARAS, to_counter=SECOND)),
    "add here": (in_hand_first, lambda _: c.AddService(**SARAS, service=LINES, here=True)),
    "add elsewhere": (in_hand_first, lambda _: c.AddService(**SARAS, service=LINES, here=False)),
    "no-show": (called_first, lambda _: c.NoShow(**SARAS)),
}


@pytest.mark.parametrize("kind", UNDOABLE)
def test_every_action_of_a_clerk_is_taken_back_once(office: Office, kind: str) -> None:
    prepare, action = UNDOABLE[kind]
    issued = prepare(office)
    office.later(minutes=1)
    before = office.ticket(issued)
    office.do(action(id_of(issued)))
    assert office.ticket(issued) != before

    office.do(c.Undo(**SARAS))
    restored = office.ticket(issued)
    assert restored.leg == before.leg
    assert [leg for leg in restored.legs if leg.state is not LegState.WITHDRAWN] == [*before.legs]
    with office.refuses(Reason.NOTHING_TO_UNDO):
        office.do(c.Undo(**SARAS))

    office.do(action(id_of(issued)))
    office.do(c.Undo(**SARAS))
    assert office.leg(issued) == before.leg


def test_a_recall_or_signing_on_again_is_no_action_that_blocks_undo(office: Office) -> None:
    issued = office.issue()
    office.call()
    office.do(c.Recall(**SARAS))
    office.sign_on()
    office.do(c.Undo(**SARAS))
    assert office.leg(issued).state is LegState.WAITING


def test_undo_is_refused_when_the_ticket_moved_on(office: Office) -> None:
    office.sign_on(REZA, SECOND)
    issued = in_hand_first(office)
    office.do(c.Transfer(**SARAS, to_service=LINES))
    office.call(REZA, SECOND)
    with office.refuses(Reason.UNDO_TOO_LATE):
        office.do(c.Undo(**SARAS))
    office.do(c.NoShow(**REZAS))
    office.do(c.Reinstate(staff=SARA, ticket=id_of(issued)))
    with office.refuses(Reason.UNDO_TOO_LATE):
        office.do(c.Undo(**REZAS))


def test_undo_is_refused_when_the_visit_was_rated(office: Office) -> None:
    issued = in_hand_first(office)
    office.finish()
    office.rate(issued, 5)
    with office.refuses(Reason.UNDO_RATED):
        office.do(c.Undo(**SARAS))


def test_undo_takes_back_only_ones_own_last_action_of_today(office: Office) -> None:
    with office.refuses(Reason.NOTHING_TO_UNDO):
        office.do(c.Undo(**SARAS))
    in_hand_first(office)
    office.finish()
    office.do(c.CloseDesk(**SARAS))
    office.sign_on(REZA, FIRST)
    with office.refuses(Reason.NOTHING_TO_UNDO):
        office.do(c.Undo(staff=REZA, counter=FIRST))
    office.do(c.CloseDesk(staff=REZA, counter=FIRST))
    office.later(days=1)
    office.sign_on()
    with office.refuses(Reason.NOTHING_TO_UNDO):
        office.do(c.Undo(**SARAS))


def test_a_supervisors_hand_on_the_ticket_ends_the_undo(office: Office) -> None:
    issued = in_hand_first(office)
    office.do(c.Hold(**SARAS))
    office.do(c.MoveTicket(staff=MINA, ticket=id_of(issued), to_service=LINES))
    with office.refuses(Reason.UNDO_TOO_LATE):
        office.do(c.Undo(**SARAS))
