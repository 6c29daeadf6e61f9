"""How the desk and the sign-in look, in both languages and at two sizes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from counters.desk_screen import DeskScreen, counter_home
from counters.everybody import EverybodyScreen
from queueapp.domain.live import LiveBranch
from queueapp.domain.rating import Rating
from queueapp.domain.ticket import Channel, LegState, Outcome, Promise
from queueapp.domain.words import CounterNumber
from queueapp.tui.terminal import Terminal
from tests.counters.desks import at_the_desk, desk_terminal
from tests.snapshots import LANGUAGES, SIZES, Svg, picture
from tests.tui.fakes import BILLS, LINES, NOW, fake_context, fake_live, fake_ticket, sample_tickets
from tests.tui.waiting import until

EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def a_full_desk() -> LiveBranch:
    """Somebody sent on from another counter in hand, several in the queue, one on hold."""
    in_hand = at_the_desk()
    before = replace(
        in_hand.leg,
        ordinal=0,
        service=LINES,
        state=LegState.ENDED,
        outcome=Outcome.TRANSFERRED,
        counter=CounterNumber(2),
        promise=Promise(p50=480, p80=840, made_at=in_hand.arrived_at),
    )
    in_hand = in_hand.with_leg(before).with_leg(replace(in_hand.leg, note="SIM 0912…"))
    others = [ticket for ticket in sample_tickets() if ticket.label != "A042"]
    more = [
        fake_ticket(BILLS, number, waited=timedelta(minutes=54 - number))
        for number in range(45, 49)
    ]
    live = fake_live(in_hand, *others, *more)
    served = next(ticket for ticket in others if ticket.leg.outcome is Outcome.SERVED)
    rating = Rating(
        ticket=served.id,
        ordinal=served.leg.ordinal,
        score=5,
        reason=None,
        at=NOW,
        channel=Channel.COUNTER,
    )
    return replace(live, ratings={(served.id, served.leg.ordinal): rating})


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_a_customer_in_hand(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    terminal = desk_terminal(a_full_desk(), language=language)
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))
        assert await picture(pilot) == snapshot(extension_class=Svg)


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_nobody_waits(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    terminal = desk_terminal(fake_live(at_the_desk(LegState.ENDED)), language=language)
    async with terminal.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(terminal.screen, DeskScreen))
        assert await picture(pilot) == snapshot(extension_class=Svg)


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_the_list_of_everybody(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    terminal = desk_terminal(a_full_desk(), language=language)
    async with terminal.run_test(size=size) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(terminal.screen, EverybodyScreen))
        await until(pilot, lambda: bool(terminal.screen.query("#title")))
        assert await picture(pilot) == snapshot(extension_class=Svg)


@EVERY_SIZE
@EVERY_LANGUAGE
async def test_signing_in(
    snapshot: SnapshotAssertion, language: str, size: tuple[int, int]
) -> None:
    terminal = Terminal(fake_context(language=language), lambda: counter_home(CounterNumber(1)))
    async with terminal.run_test(size=size) as pilot:
        await pilot.press(*"sara", "enter", *"9999", "enter")
        await until(pilot, lambda: bool(str(terminal.screen.query_one("#complaint").render())))
        assert await picture(pilot) == snapshot(extension_class=Svg)
