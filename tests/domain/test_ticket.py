# ruff: noqa: E501 - the table of moves has one row a move, as wide as it must be
from collections.abc import Callable
from dataclasses import replace

import pytest

from queueapp.domain import ticket as verbs
from queueapp.domain.refusal import Reason, Refused
from queueapp.domain.ticket import IN_HAND, UNFINISHED, LegState, Outcome, Ticket
from tests.domain.samples import (
    APPOINTMENT,
    BILLS,
    COMPLAINTS,
    FIRST,
    LINES,
    NOON,
    PAPERS_MISSING,
    PRIORITY,
    REZA,
    SARA,
    SECOND,
    THIRD,
    a_called_ticket,
    a_held_ticket,
    a_served_ticket,
    a_serving_ticket,
    a_ticket,
    at,
)

STANDING: dict[str, Callable[[], Ticket]] = {
    "waiting": a_ticket,
    "called": a_called_ticket,
    "serving": a_serving_ticket,
    "held": a_held_ticket,
    "served": a_served_ticket,
    "missed": lambda: verbs.no_show(a_called_ticket(), at=at(9)),
    "cancelled": lambda: verbs.cancel(a_ticket(), at=at(9)),
    "expired": lambda: verbs.expire(a_ticket(), at=at(9)),
}
"""A ticket in every place where one can stand."""

MOVES: dict[str, Callable[[Ticket], Ticket]] = {
    "call": lambda t: verbs.call(t, counter=SECOND, staff=REZA, at=at(20)),
    "recall": verbs.recall,
    "start": lambda t: verbs.start(t, at=at(20)),
    "finish": lambda t: verbs.finish(t, at=at(20)),
    "hold": lambda t: verbs.hold(t, at=at(20)),
    "resume": lambda t: verbs.resume(t, counter=SECOND, staff=REZA, at=at(20)),
    "transfer": lambda t: verbs.transfer(t, service=LINES, at=at(20)),
    "add_service": lambda t: verbs.add_service(t, service=LINES, at=at(20), here=False),
    "no_show": lambda t: verbs.no_show(t, at=at(20)),
    "cancel": lambda t: verbs.cancel(t, at=at(20)),
    "expire": lambda t: verbs.expire(t, at=at(20)),
    "reinstate": lambda t: verbs.reinstate(t, at=at(20)),
}

W, C, S, H, E = (
    LegState.WAITING,
    LegState.CALLED,
    LegState.SERVING,
    LegState.HELD,
    LegState.ENDED,
)
NOT_WAITING, ELSEWHERE = Reason.TICKET_NOT_WAITING, Reason.TICKET_AT_ANOTHER_COUNTER
NOT_CALLED, NOT_STARTED = Reason.TICKET_NOT_CALLED, Reason.TICKET_NOT_STARTED
STARTED, ON_HOLD = Reason.TICKET_ALREADY_STARTED, Reason.TICKET_ON_HOLD
NOT_HELD, NOT_ENDED = Reason.TICKET_NOT_HELD, Reason.TICKET_NOT_ENDED
FINISHED, SERVED = Reason.TICKET_FINISHED, Reason.TICKET_SERVED

# For each move, where it leads from each place of STANDING, or why it is refused there.
# fmt: off
TABLE: dict[str, tuple[LegState | Reason, ...]] = {
    #               waiting      called       serving    held         served       missed       cancelled    expired
    "call":        (C,           ELSEWHERE,   ELSEWHERE, ON_HOLD,     NOT_WAITING, NOT_WAITING, NOT_WAITING, NOT_WAITING),
    "recall":      (NOT_CALLED,  C,           STARTED,   ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "start":       (NOT_CALLED,  S,           STARTED,   ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "finish":      (NOT_CALLED,  NOT_STARTED, E,         ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "hold":        (NOT_CALLED,  H,           H,         ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "resume":      (NOT_HELD,    ELSEWHERE,   ELSEWHERE, S,           NOT_HELD,    NOT_HELD,    NOT_HELD,    NOT_HELD),
    "transfer":    (W,           W,           W,         W,           FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "add_service": (NOT_CALLED,  NOT_STARTED, W,         ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "no_show":     (NOT_CALLED,  E,           STARTED,   ON_HOLD,     FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "cancel":      (E,           E,           STARTED,   E,           FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "expire":      (E,           E,           E,         E,           FINISHED,    FINISHED,    FINISHED,    FINISHED),
    "reinstate":   (NOT_ENDED,   NOT_ENDED,   NOT_ENDED, NOT_ENDED,   SERVED,      W,           W,           FINISHED),
}
# fmt: on


@pytest.mark.parametrize("standing", STANDING)
@pytest.mark.parametrize("move", MOVES)
def test_each_move_leads_on_or_says_why_it_may_not(move: str, standing: str) -> None:
    ticket = STANDING[standing]()
    expected = TABLE[move][list(STANDING).index(standing)]
    if isinstance(expected, LegState):
        assert MOVES[move](ticket).leg.state is expected
        return
    with pytest.raises(Refused) as refused:
        MOVES[move](ticket)
    assert refused.value.reason is expected
    assert ticket.label in str(refused.value)


@pytest.mark.parametrize("move", MOVES)
def test_no_move_changes_the_number_the_day_or_the_place(move: str) -> None:
    for build in STANDING.values():
        ticket = build()
        try:
            moved = MOVES[move](ticket)
        except Refused:
            continue
        assert (moved.id, moved.label, moved.day) == (ticket.id, ticket.label, ticket.day)
        assert moved.leg.accrues_from == ticket.leg.accrues_from
        assert [leg.ordinal for leg in moved.legs] == list(range(1, len(moved.legs) + 1))


def test_a_label_is_the_letter_and_at_least_three_digits() -> None:
    assert a_ticket(42).label == "A042"
    assert a_ticket(7, service=COMPLAINTS).label == "ش007"
    assert a_ticket(1234).label == "A1234"


def test_a_call_says_where_who_and_when() -> None:
    leg = verbs.call(a_ticket(), counter=SECOND, staff=REZA, at=at(3)).leg
    assert (leg.counter, leg.staff, leg.called_at, leg.started_at) == (SECOND, REZA, at(3), None)


def test_where_calling_and_starting_are_one_step_the_call_starts() -> None:
    leg = verbs.call(a_ticket(), counter=SECOND, staff=REZA, at=at(3), start=True).leg
    assert (leg.state, leg.called_at, leg.started_at) == (LegState.SERVING, at(3), at(3))


def test_the_refusal_to_call_names_the_counter_that_was_quicker() -> None:
    with pytest.raises(Refused, match=r"A001 is being served at counter 1\."):
        verbs.call(a_called_ticket(counter=FIRST), counter=SECOND, staff=REZA, at=at(9))


def test_the_refusal_to_take_back_names_the_counter_that_was_quicker() -> None:
    with pytest.raises(Refused, match=r"A001 is being served at counter 1\."):
        verbs.resume(a_serving_ticket(counter=FIRST), counter=SECOND, staff=REZA, at=at(9))


def test_a_recall_is_counted_and_keeps_the_time_of_the_call() -> None:
    ticket = a_called_ticket()
    twice = verbs.recall(verbs.recall(ticket))
    assert (twice.leg.recalls, twice.leg.called_at) == (2, ticket.leg.called_at)


def test_a_finish_keeps_the_outcome_and_adds_its_note_to_the_earlier_one() -> None:
    held = verbs.hold(a_serving_ticket(), at=at(7), note="fetches the bill")
    resumed = verbs.resume(held, counter=FIRST, staff=SARA, at=at(9))
    leg = verbs.finish(resumed, at=at(12), outcome_code=PAPERS_MISSING, note="comes on Sunday").leg
    assert (leg.outcome, leg.outcome_code, leg.ended_at) == (
        Outcome.SERVED,
        PAPERS_MISSING,
        at(12),
    )
    assert leg.note == "fetches the bill · comes on Sunday"


def test_a_held_customer_comes_back_at_another_counter_and_the_service_goes_on() -> None:
    held = a_held_ticket(counter=FIRST)
    leg = verbs.resume(held, counter=SECOND, staff=REZA, at=at(30)).leg
    assert (leg.counter, leg.staff, leg.held_at) == (SECOND, REZA, None)
    assert leg.started_at == held.leg.started_at


def test_somebody_held_before_the_start_starts_when_taken_back() -> None:
    held = verbs.hold(a_called_ticket(), at=at(6))
    assert verbs.resume(held, counter=FIRST, staff=SARA, at=at(10)).leg.started_at == at(10)


def test_a_transferred_customer_keeps_number_category_and_place() -> None:
    before = a_serving_ticket(category=PRIORITY, arrived_at=NOON)
    after = verbs.transfer(before, at=at(9), service=LINES, note="asks for a SIM card")
    left, opened = after.legs
    assert (left.state, left.outcome, left.ended_at) == (
        LegState.ENDED,
        Outcome.TRANSFERRED,
        at(9),
    )
    assert (opened.service, opened.category) == (LINES, PRIORITY)
    assert (opened.accrues_from, opened.waiting_since) == (NOON, at(9))
    assert (opened.counter, opened.called_at, opened.note) == (None, None, "asks for a SIM card")


def test_a_transfer_to_a_counter_keeps_the_service_and_the_next_transfer_forgets_it() -> None:
    sent = verbs.transfer(a_serving_ticket(), at=at(9), counter=THIRD)
    assert (sent.leg.service, sent.leg.for_counter) == (BILLS, THIRD)
    assert verbs.transfer(sent, at=at(10), service=LINES).leg.for_counter is None


def test_a_further_service_finishes_the_first_and_waits_with_the_place_kept() -> None:
    after = verbs.add_service(a_serving_ticket(), service=LINES, at=at(9), here=False)
    first, second = after.legs
    assert (first.outcome, first.ended_at) == (Outcome.SERVED, at(9))
    assert (second.state, second.service, second.accrues_from) == (LegState.WAITING, LINES, NOON)


def test_a_further_service_here_goes_on_at_once_with_the_same_clerk() -> None:
    before = a_serving_ticket(counter=SECOND, staff=REZA)
    leg = verbs.add_service(before, service=LINES, at=at(9), here=True).leg
    assert (leg.state, leg.counter, leg.staff) == (LegState.SERVING, SECOND, REZA)
    assert (leg.called_at, leg.started_at) == (at(9), at(9))


def test_who_missed_the_call_comes_back_with_the_place_and_the_counter_they_were_sent_to() -> None:
    missed = verbs.no_show(a_called_ticket(counter=SECOND, for_counter=SECOND), at=at(9))
    leg = verbs.reinstate(missed, at=at(15)).leg
    assert (leg.ordinal, leg.accrues_from, leg.for_counter) == (2, NOON, SECOND)
    assert (leg.waiting_since, leg.counter, leg.outcome) == (at(15), None, None)


def test_a_ticket_stands_in_its_last_leg_that_was_not_withdrawn() -> None:
    sent = verbs.transfer(a_serving_ticket(), at=at(9), service=LINES)
    undone = sent.with_leg(a_serving_ticket().leg).with_leg(
        replace(sent.leg, state=LegState.WITHDRAWN)
    )
    assert (undone.leg.ordinal, undone.leg.state) == (1, LegState.SERVING)
    again = verbs.transfer(undone, at=at(11), service=COMPLAINTS)
    assert [leg.ordinal for leg in again.legs] == [1, 2, 3]
    assert again.leg.service == COMPLAINTS


UNDOABLE = [
    ("waiting", "call"),
    ("called", "start"),
    ("called", "hold"),
    ("called", "no_show"),
    ("serving", "finish"),
    ("serving", "hold"),
    ("serving", "transfer"),
    ("serving", "add_service"),
    ("held", "resume"),
]


@pytest.mark.parametrize(("standing", "move"), UNDOABLE)
def test_an_undone_move_leaves_the_ticket_where_it_stood(standing: str, move: str) -> None:
    before = STANDING[standing]()
    after = MOVES[move](before)
    undone = verbs.undo(after, before=before.legs, after=after.legs)
    assert undone.leg == before.leg
    assert all(leg.state is LegState.WITHDRAWN for leg in undone.legs[1:])


def test_after_an_undone_transfer_the_next_move_can_be_undone_too() -> None:
    serving = a_serving_ticket()
    sent = verbs.transfer(serving, at=at(9), service=LINES)
    back = verbs.undo(sent, before=serving.legs, after=sent.legs)
    finished = verbs.finish(back, at=at(12))
    undone = verbs.undo(finished, before=(back.leg,), after=(finished.leg,))
    assert undone.leg == serving.leg


def test_a_recall_does_not_stand_in_the_way_of_undoing_the_call() -> None:
    waiting = a_ticket()
    called = verbs.call(waiting, counter=FIRST, staff=SARA, at=at(5))
    undone = verbs.undo(verbs.recall(called), before=waiting.legs, after=called.legs)
    assert undone == waiting


def test_what_has_moved_on_cannot_be_undone() -> None:
    serving = a_serving_ticket()
    sent = verbs.transfer(serving, at=at(9), service=LINES)
    called = verbs.call(sent, counter=SECOND, staff=REZA, at=at(11))
    with pytest.raises(Refused) as refused:
        verbs.undo(called, before=serving.legs, after=sent.legs)
    assert refused.value.reason is Reason.UNDO_TOO_LATE


def test_a_ticket_of_which_everything_was_withdrawn_is_an_error_not_a_state() -> None:
    ticket = a_ticket()
    with pytest.raises(ValueError, match="A001"):
        ticket.with_leg(replace(ticket.leg, state=LegState.WITHDRAWN)).leg  # noqa: B018


def test_a_wait_counts_from_the_arrival_the_slot_or_the_transfer() -> None:
    assert a_ticket(arrived_at=at(-5)).leg.counts_from == at(-5)
    early = a_ticket(category=APPOINTMENT, arrived_at=at(-5), accrues_from=at(10))
    assert early.leg.counts_from == at(10)
    sent = verbs.transfer(a_serving_ticket(arrived_at=at(-5)), at=at(4), service=LINES)
    assert sent.leg.counts_from == at(4)


def test_a_leg_is_in_hand_only_while_somebody_stands_at_the_desk() -> None:
    assert {LegState.CALLED, LegState.SERVING} == IN_HAND
    assert {LegState.ENDED, LegState.WITHDRAWN} == set(LegState) - UNFINISHED
