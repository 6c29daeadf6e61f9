"""Calls that are heard: one after the other, again when asked for, never at quiet hours."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from queueapp.config.quiet_hours import QuietSpan, read_quiet_hours
from queueapp.devices.voice.announcing import Announcer
from queueapp.domain.calls import Call
from queueapp.domain.ticket import Ticket
from tests.devices.calls import being_served, hall
from tests.kiosk.halls import Seconds, called
from tests.tui.fakes import FakeClock

TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass
class Hall:
    """Somebody who listens: ``said`` is what was heard, as ticket and counter."""

    said: list[str] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)
    seconds: Seconds = field(default_factory=Seconds)
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.announcer = Announcer(
            self._say, clock=self.clock, zone=TEHRAN, seconds=self.seconds, **self.options
        )
        self.announcer.hear(hall())

    def _say(self, call: Call) -> None:
        self.said.append(f"{call.ticket.label} {call.counter}")

    def sees(self, *tickets: Ticket) -> None:
        self.announcer.hear(hall(*tickets))

    def hears(self) -> list[str]:
        """Everything that is due now."""
        self.said.clear()
        while self.announcer.say_next():
            pass
        return list(self.said)


def test_calls_are_said_one_after_the_other_in_their_order() -> None:
    here = Hall()
    here.sees(called(42, 1, ago=2), called(43, 2, ago=1))
    assert here.announcer.say_next()
    assert here.said == ["A042 1"]
    here.sees(called(42, 1, ago=2), called(43, 2, ago=1), called(44, 3))
    assert here.hears() == ["A043 2", "A044 3"]
    assert here.hears() == []


def test_what_was_called_before_the_board_came_on_is_not_said() -> None:
    here = Hall()
    here.announcer = Announcer(here._say, clock=here.clock, zone=TEHRAN)
    here.sees(called(42, 1, ago=60))
    assert here.hears() == []


def test_a_recall_is_said_again() -> None:
    here = Hall()
    here.sees(called(42, 1))
    assert here.hears() == ["A042 1"]
    here.sees(called(42, 1, recalls=1))
    assert here.hears() == ["A042 1"]


def test_recalls_of_a_call_that_was_not_said_yet_are_one() -> None:
    here = Hall()
    here.sees(called(42, 1), called(43, 2, ago=1))
    here.sees(called(42, 1, recalls=1), called(43, 2, ago=1))
    here.sees(called(42, 1, recalls=2), called(43, 2, ago=1))
    assert here.hears() == ["A043 2", "A042 1"]


def test_nobody_is_called_who_has_gone_meanwhile() -> None:
    here = Hall()
    here.sees(called(42, 1), called(43, 2))
    here.sees(called(43, 2))
    assert here.hears() == ["A043 2"]


def test_who_stands_there_already_is_still_told_where_it_is_one_step() -> None:
    here = Hall()
    here.sees(being_served(42, 1))  # calling and starting at once
    assert here.hears() == ["A042 1"]


def test_a_call_is_repeated_once_while_nobody_comes() -> None:
    here = Hall(options={"repeat_s": 20})
    here.sees(called(42, 1))
    assert here.hears() == ["A042 1"]
    here.seconds.passed += 19
    assert here.hears() == []
    here.seconds.passed += 1
    assert here.hears() == ["A042 1"]
    here.seconds.passed += 100
    assert here.hears() == []


def test_a_call_is_not_repeated_to_somebody_who_has_come() -> None:
    here = Hall(options={"repeat_s": 20})
    here.sees(called(42, 1))
    here.hears()
    here.sees(being_served(42, 1))
    here.seconds.passed += 30
    assert here.hears() == []


def test_a_recall_counts_as_the_repeat_and_begins_anew() -> None:
    here = Hall(options={"repeat_s": 20})
    here.sees(called(42, 1))
    here.hears()
    here.seconds.passed += 15
    here.sees(called(42, 1, recalls=1))
    assert here.hears() == ["A042 1"]
    here.seconds.passed += 10
    assert here.hears() == []
    here.seconds.passed += 10
    assert here.hears() == ["A042 1"]


def test_at_quiet_hours_nothing_is_heard_and_nothing_is_kept_for_later() -> None:
    here = Hall(options={"quiet": read_quiet_hours("10:30-11:00")})
    here.sees(called(42, 1))
    assert here.hears() == []  # 10:42 in Tehran
    here.clock.advance(timedelta(minutes=30))
    assert here.hears() == []
    here.sees(called(42, 1, recalls=1))
    assert here.hears() == ["A042 1"]


def test_quiet_hours_may_go_over_midnight() -> None:
    noon, night = read_quiet_hours(" 13:00-14:00, 20:00-08:00 ")
    assert noon == QuietSpan(starts=time(13), ends=time(14))
    assert [night.holds(time(hour)) for hour in (7, 8, 19, 20, 23)] == [
        True,
        False,
        False,
        True,
        True,
    ]
    assert read_quiet_hours("") == ()
    assert read_quiet_hours("18:00-24:00")[0].holds(time(23, 59))


@pytest.mark.parametrize("wrong", ["noon", "25:00-26:00", "10:00", "10:00-11:00;12:00-13:00"])
def test_hours_that_are_none_are_told(wrong: str) -> None:
    with pytest.raises(ValueError, match="must be hours like"):
        read_quiet_hours(wrong)
