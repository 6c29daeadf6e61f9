"""The wall advises: what would help is seen, followed by one key, and taken back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from textual.widgets import Static

from counters.wall_table import WallTable
from queueapp.domain.accuracy import Accuracy, PastAccuracy
from queueapp.domain.advice import (
    Action,
    Advice,
    ChangeServices,
    EndPause,
    OpenCounter,
    PauseRemote,
    Range,
)
from queueapp.domain.desk import SENT_FOR, Desk, DeskState
from queueapp.domain.estimate import Estimates
from queueapp.domain.live import LiveBranch
from queueapp.domain.outlook import HalfHourAhead, Outlook
from queueapp.domain.staff import Role, Staff
from queueapp.domain.words import CounterNumber, StaffCode
from queueapp.language.advice_words import action_words, effect_words
from queueapp.operations import commands as c
from queueapp.tui.choice_screen import ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from tests.cells_picture import screen_text
from tests.counters.halls import busy_hall
from tests.counters.walls import Wall, same, wall
from tests.tui.fakes import LINES, MINA, NOW, SARA, language_of
from tests.tui.waiting import until

FIRST = CounterNumber(1)
SECOND = CounterNumber(2)
SPARE = StaffCode("nima")


def advice(action: Action, *, cost: timedelta = timedelta(0), mean: float = 6.2) -> Advice:
    return Advice(
        action=action,
        spared=Range(low=2.0, mean=mean, high=11.0),
        shorter=190.0,
        cost=cost,
        people=60.0,
    )


def advised(
    live: LiveBranch, *found: Advice, slower: float | None = None, age: timedelta = timedelta(0)
) -> LiveBranch:
    half = HalfHourAhead(
        starts=live.branch.local(NOW + timedelta(minutes=30)),
        arrivals=Range(low=4.0, mean=7.5, high=12.0),
        waits=Range(low=120.0, mean=400.0, high=900.0),
        planned=2,
        needed=3,
    )
    outlook = Outlook(
        made_at=NOW - age,
        advice=found,
        ahead=(half,),
        slower=slower,
        accuracy=PastAccuracy(
            last_day=date(2026, 3, 9),
            of_last_day=Accuracy(promises=100, late=17, ranged=100, within=80, error=9000.0),
            of_month=Accuracy(promises=900, late=180, ranged=900, within=720, error=81000.0),
        ),
    )
    estimates = live.estimates or Estimates(made_at=NOW, revision=live.revision)
    return replace(live, estimates=replace(estimates, outlook=outlook))


def more_services(live: LiveBranch) -> ChangeServices:
    counter = next(
        each for each in live.branch.counters if live.desk(each.number).state is DeskState.OPEN
    )
    missing = next(s.code for s in live.branch.services if s.code not in counter.services)
    return ChangeServices(counter=counter.number, services=(*counter.services, missing))


async def test_what_would_help_is_said_with_its_range_and_cost() -> None:
    live = busy_hall()
    action = more_services(live)
    async with wall(advised(live, advice(action)), size=(130, 40)) as shown:
        [line] = shown.table("advice")
    assert f"Let counter {action.counter} serve" in line
    assert "6 fewer past target (2–11) · −3 min" in line
    assert "no more staff" in line


async def test_the_wall_is_quiet_when_nothing_helps() -> None:
    async with wall(advised(busy_hall())) as shown:
        assert not shown.screen.query_one("#advice").display
        await shown.press("a")
        assert shown.operations.commands == []


async def test_slower_visits_are_told_even_when_nothing_helps() -> None:
    async with wall(advised(busy_hall(), slower=0.18)) as shown:
        assert shown.screen.query_one("#advice").display
        assert "18 % longer" in advice_title(shown)


def advice_title(shown: Wall) -> str:
    return shown.screen.query_one("#advice", WallTable)._shown.title


async def test_one_key_follows_the_best_advice_and_another_takes_it_back() -> None:
    live = busy_hall()
    action = more_services(live)
    async with wall(advised(live, advice(action))) as shown:
        await shown.press("a")
        [followed] = await shown.sent()
        await shown.press("u")
        [_, back] = await shown.sent(2)
    assert same(
        followed,
        c.SetCounterServices(staff=MINA, counter=action.counter, services=action.services),
    )
    before = live.branch.counter(action.counter).services
    assert same(back, c.SetCounterServices(staff=MINA, counter=action.counter, services=before))


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("columns", [80, 100, 120])
async def test_all_of_a_long_advice_can_be_read_before_it_is_followed(
    language: str, columns: int
) -> None:
    live = busy_hall()
    action = more_services(live)
    shown = advised(live, advice(action))
    words = language_of(language)
    told = {
        *action_words(action, shown, words).split(),
        *effect_words(advice(action), words).split(),
    }
    async with wall(shown, size=(columns, 24), language=language) as seen:
        seen.screen.query_one("#advice", WallTable).focus()
        await seen.press("enter")
        await seen.asked(ConfirmScreen)
        question = seen.terminal.screen.query_one(".dialog-question", Static)
        assert told <= set(str(question.content).replace("?", "").replace("؟", "").split())
        assert seen.terminal.screen.can_view_entire(question)
        assert seen.operations.commands == []
        await seen.press("y")
        [followed] = await seen.sent()
    assert same(
        followed, c.SetCounterServices(staff=MINA, counter=action.counter, services=action.services)
    )


@pytest.mark.parametrize("columns", [80, 100, 120])
async def test_what_to_do_is_seen_whole_at_every_width(columns: int) -> None:
    live = busy_hall()
    action = more_services(live)
    async with wall(advised(live, advice(action)), size=(columns, 24)) as seen:
        words = action_words(action, live, language_of("en"))
        await until(seen.pilot, lambda: any(words in line for line in screen_text(seen.terminal)))


async def test_pausing_remote_tickets_says_who_is_turned_away_and_is_taken_back() -> None:
    pausing = replace(advice(PauseRemote(service=LINES)), turned_away=8.4)
    async with wall(advised(busy_hall(), pausing), size=(130, 40)) as shown:
        [line] = shown.table("advice")
        await shown.press("a")
        await shown.asked(ConfirmScreen)
        question = shown.terminal.screen.query_one(".dialog-question", Static)
        assert "About 8 people must come to the hall" in str(question.content)
        await shown.press("y")
        await shown.sent()
        await shown.press("u")
        followed, back = await shown.sent(2)
    assert "Pause remote tickets for New line" in line
    assert "8 sent to the hall" in line
    assert same(followed, c.PauseRemoteTickets(staff=MINA, service=LINES))
    assert same(back, c.ResumeRemoteTickets(staff=MINA, service=LINES))


async def test_there_is_nothing_to_take_back_before_anything_was_followed() -> None:
    async with wall(advised(busy_hall())) as shown:
        await shown.press("u")
        assert shown.operations.commands == []


def paused(live: LiveBranch) -> LiveBranch:
    desk = next(desk for desk in live.desks.values() if desk.staff == SARA)
    resting = replace(
        desk,
        state=DeskState.PAUSED,
        reason="Lunch",
        since=NOW,
        expected_end=NOW + timedelta(minutes=20),
    )
    return replace(live, desks={**live.desks, desk.counter: resting})


async def test_calling_a_clerk_back_is_asked_first_for_it_costs_their_break() -> None:
    live = paused(busy_hall())
    counter = next(d.counter for d in live.desks.values() if d.staff == SARA)
    back = advice(EndPause(counter=counter), cost=timedelta(minutes=20))
    async with wall(advised(live, back)) as shown:
        await shown.press("a")
        await shown.asked(ConfirmScreen)
        assert shown.operations.commands == []
        await shown.press("y")
        [sent] = await shown.sent()
    assert same(sent, c.OpenDesk(staff=MINA, counter=counter))


async def test_a_counter_is_opened_by_whoever_the_supervisor_sends_for() -> None:
    live = busy_hall()
    closed = FIRST
    live = replace(
        live,
        desks={**live.desks, closed: Desk(counter=closed)},
        staff={**live.staff, SPARE: Staff(code=SPARE, name="Nima", role=Role.CLERK)},
    )
    opening = advice(OpenCounter(counter=closed, lasts=timedelta(hours=1)), cost=timedelta(hours=1))
    async with wall(advised(live, opening)) as shown:
        await shown.press("a")
        await shown.asked(ChoiceScreen)
        await shown.choose("Nima")
        [sent] = await shown.sent()
    assert isinstance(sent, c.SendForClerk)
    assert (sent.counter, sent.clerk) == (closed, SPARE)


async def test_a_clerk_who_is_on_the_way_to_another_counter_may_be_sent_to_this_one() -> None:
    live = busy_hall()
    on_the_way = Desk(
        counter=SECOND, state=DeskState.PAUSED, staff=SPARE, since=NOW, reason=SENT_FOR
    )
    nima, pari = (
        Staff(code=code, name=code.title(), role=Role.CLERK) for code in (SPARE, StaffCode("pari"))
    )
    live = replace(
        live,
        desks={**live.desks, FIRST: Desk(counter=FIRST), SECOND: on_the_way},
        staff={**live.staff, nima.code: nima, pari.code: pari},
    )
    opening = advice(OpenCounter(counter=FIRST, lasts=timedelta(hours=1)), cost=timedelta(hours=1))
    async with wall(advised(live, opening)) as shown:
        await shown.press("a")
        await shown.asked(ChoiceScreen)
        await until(
            shown.pilot,
            lambda: any(
                "Nima" in line and "on the way to counter 2" in line
                for line in screen_text(shown.terminal)
            ),
        )
        await shown.choose("Nima")
        [sent] = await shown.sent()
    assert isinstance(sent, c.SendForClerk)
    assert (sent.counter, sent.clerk) == (FIRST, SPARE)


async def test_advice_that_somebody_followed_already_is_gone() -> None:
    live = busy_hall()
    action = more_services(live)
    changed = replace(live.branch.counter(action.counter), services=action.services)
    done = replace(live, branch=live.branch.with_counter(changed))
    async with wall(advised(done, advice(action))) as shown:
        assert shown.table("advice") == []


async def test_advice_of_long_ago_is_not_shown() -> None:
    live = busy_hall()
    old = advised(live, advice(more_services(live)), age=timedelta(minutes=11))
    async with wall(old) as shown:
        assert shown.table("advice") == []


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_rest_of_the_day_is_told_half_hour_by_half_hour(language: str) -> None:
    async with wall(advised(busy_hall()), size=(160, 50), language=language) as shown:
        [line] = shown.table("ahead")
        legend = str(shown.screen.query_one("#legend", Static).content)
    figures = ["4–12", "2–15", "3"] if language == "en" else ["۴ تا ۱۲", "۲ تا ۱۵", "۳"]
    assert all(figure in line for figure in figures), line
    assert ("20 %" if language == "en" else "۲۰") in legend
