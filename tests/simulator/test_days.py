"""Whole days, played through the real operations: what must hold whatever the luck."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from queueapp.bootstrap.simulated_days import FIRST_DAY, play_days, simulated_days
from queueapp.config.branch_file import parse_branch
from queueapp.domain.branch import Branch, Policy
from queueapp.domain.live import LegKey, LiveBranch
from queueapp.domain.words import CounterNumber, ServiceCode, StaffCode
from queueapp.operations.commands import Command, SetCounterServices
from queueapp.simulator.crowd import Crowd, Visitor, opening_of, visitors_of
from queueapp.simulator.day_figures import DayFigures, summary
from queueapp.simulator.days import SimulatedDays

DESCRIBED = """
    id = "shop"
    name = { en = "Shop", fa = "فروشگاه" }
    time_zone = "Asia/Tehran"

    [services.A]
    name = { en = "Bills", fa = "قبض" }
    target_minutes = 10
    mean_minutes = 4
    spread_minutes = 2

    [services.B]
    name = { en = "Lines", fa = "خط" }
    target_minutes = 20
    mean_minutes = 9
    spread_minutes = 4

    [categories.normal]
    name = { en = "Normal", fa = "عادی" }

    [categories.priority]
    name = { en = "Priority", fa = "اولویت" }
    weight = 2
    head_start_minutes = 10
    reasons = [{ en = "Elderly", fa = "سالمند" }]

    [counters.1]
    services = ["A"]

    [counters.2]
    services = ["B", "A"]

    [[roster]]
    days = "sat-wed"
    hours = "08:00-12:00"
    breaks = ["10:00-10:15"]
    """
SHOP = parse_branch(DESCRIBED)
BRIEF = parse_branch(
    DESCRIBED.replace("08:00-12:00", "08:00-09:00").replace('breaks = ["10:00-10:15"]', "")
)
"""The same for an hour a day."""


def played(
    days: int = 1, *, plan: Branch = SHOP, seed: int = 1, policy: Policy | None = None
) -> list[DayFigures]:
    with simulated_days(plan, seed=seed, policy=policy) as branch:
        return list(play_days(branch, days))


@pytest.fixture(scope="module")
def two_days() -> list[DayFigures]:
    return played(2)


def test_everybody_who_came_was_served_missed_or_has_left(two_days: Sequence[DayFigures]) -> None:
    for day in two_days:
        uncalled = sum(not wait.was_called for wait in day.waits)
        sent_on = len(day.waits) - day.served - day.no_shows - uncalled
        assert day.served > 40
        assert 0 <= sent_on < day.served / 5


def test_the_same_seed_plays_the_same_days(two_days: Sequence[DayFigures]) -> None:
    assert summary(played()) == summary(two_days[:1])


def test_another_seed_plays_other_days(two_days: Sequence[DayFigures]) -> None:
    assert summary(played(seed=2)) != summary(two_days[:1])


def test_another_policy_has_the_same_visitors_with_the_same_luck() -> None:
    days = {policy: played(policy=policy)[0] for policy in Policy}
    came = {policy: sorted((w.service, w.category) for w in d.waits) for policy, d in days.items()}
    assert came[Policy.FIFO][:20] == came[Policy.STRICT][:20] == came[Policy.ACCUMULATING][:20]
    waits = {policy: [wait.lasted for wait in day.waits] for policy, day in days.items()}
    assert waits[Policy.FIFO] != waits[Policy.STRICT]


def test_a_clerks_day_adds_up(two_days: Sequence[DayFigures]) -> None:
    for clerk in (clerk for day in two_days for clerk in day.clerks):
        assert clerk.present == clerk.busy + clerk.on_break + clerk.idle
        assert clerk.idle >= timedelta(0)
        assert timedelta(minutes=15) <= clerk.on_break < timedelta(minutes=30)
        planned = timedelta(hours=4)
        assert planned - timedelta(minutes=15) < clerk.present <= planned + clerk.overtime


def test_visitors_come_while_the_doors_are_open_and_more_of_them_to_a_busier_branch() -> None:
    opening = opening_of(SHOP, FIRST_DAY)
    assert opening is not None
    usual = visitors_of(SHOP, FIRST_DAY, Crowd(load=0.5), seed=3)
    busy = visitors_of(SHOP, FIRST_DAY, Crowd(load=1.0), seed=3)
    assert len(busy) > 1.6 * len(usual)
    assert all(opening[0] <= visitor.arrives < opening[1] for visitor in busy)


def came(visitors: Sequence[Visitor], service: str) -> int:
    return sum(visitor.service == service for visitor in visitors)


def test_the_visitors_fill_the_planned_time_as_the_load_says() -> None:
    days = [visitors_of(SHOP, FIRST_DAY, Crowd(load=0.8), seed=seed) for seed in range(60)]
    planned = 2 * (timedelta(hours=4) - timedelta(minutes=15))
    # What they take at the counter, with no-shows and the walk, which the load reckons with.
    at_desk = [
        sum((each.takes + each.walk + each.between for each in day), timedelta(0)) for day in days
    ]
    share = sum(at_desk, timedelta(0)) / len(days) / planned
    assert 0.7 < share < 0.9
    assert sum(came(day, "A") for day in days) > 2 * sum(came(day, "B") for day in days)


def test_a_day_without_a_roster_has_nobody_and_is_left_out() -> None:
    with simulated_days(BRIEF) as branch:
        thursday = FIRST_DAY + timedelta(days=5)
        assert branch.play(thursday) is None
        assert [day.day.weekday() for day in play_days(branch, 6)] == [5, 6, 0, 1, 2, 5]


def test_a_branch_without_any_roster_is_open_all_week() -> None:
    plan = replace(SHOP, counters=tuple(replace(c, roster=()) for c in SHOP.counters))
    opening = opening_of(plan, FIRST_DAY + timedelta(days=5))
    assert opening is not None
    assert [plan.local(moment).time() for moment in opening] == [time(8), time(16)]


class Mover:
    """A supervisor who once lets counter 1 serve everything."""

    def __init__(self) -> None:
        self.seen: list[datetime] = []
        self.served: set[LegKey] = set()

    def steer(self, live: LiveBranch, now: datetime) -> Sequence[Command]:
        self.seen.append(now)
        if len(live.branch.counter(CounterNumber(1)).services) > 1:
            return []
        both = (ServiceCode("A"), ServiceCode("B"))
        return [
            SetCounterServices(
                staff=StaffCode("supervisor"), counter=CounterNumber(1), services=both
            )
        ]

    def watch(self, live: LiveBranch, now: datetime) -> None:
        assert all(leg.ended_at and leg.ended_at <= now for _, leg in live.served)
        self.served |= {(ticket.id, leg.ordinal) for ticket, leg in live.served}


def test_what_a_supervisor_changes_helps_today_and_is_gone_tomorrow() -> None:
    mover = Mover()
    with simulated_days(SHOP, supervisor=mover) as branch:
        steered = list(play_days(branch, 2))
    assert [day.steered for day in steered] == [1, 1]
    assert len(mover.served) == sum(day.served for day in steered)
    assert all(
        later - earlier == timedelta(minutes=10) for earlier, later in pairwise(mover.seen[:20])
    )


def test_days_are_played_in_the_order_of_the_calendar() -> None:
    with simulated_days(BRIEF) as branch:
        assert isinstance(branch, SimulatedDays)
        first = branch.play(FIRST_DAY)
        second = branch.play(FIRST_DAY + timedelta(days=1))
    assert first is not None
    assert second is not None
    assert first.day < second.day
