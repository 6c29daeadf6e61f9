"""A key that stays down comes again and again; a finger that presses it twice takes its time."""

from collections.abc import Iterator

import pytest
from textual import events

from queueapp.tui.held_key import HeldKey

SLOWEST_FIRST_REPEAT, FASTEST_FIRST_REPEAT = 0.66, 0.25
SLOWEST_REPEATS, FASTEST_REPEATS = 0.1, 0.02


def pressed(key: str, at: float) -> events.Key:
    event = events.Key(key, key)
    event.time = at
    return event


def held(key: str, *, first: float, then: float, seconds: float) -> Iterator[events.Key]:
    yield pressed(key, 10.0)
    at = 10.0 + first
    while at < 10.0 + seconds:
        yield pressed(key, at)
        at += then


@pytest.mark.parametrize("first", [SLOWEST_FIRST_REPEAT, FASTEST_FIRST_REPEAT])
@pytest.mark.parametrize("then", [SLOWEST_REPEATS, FASTEST_REPEATS])
def test_a_key_that_is_held_down_counts_once(first: float, then: float) -> None:
    keyboard = HeldKey()
    verdicts = [keyboard.is_held(key) for key in held("1", first=first, then=then, seconds=5)]
    assert verdicts == [False, *[True] * (len(verdicts) - 1)]
    assert len(verdicts) > 20


def test_an_impatient_finger_is_not_ignored_for_ever() -> None:
    keyboard = HeldKey()
    taps = [keyboard.is_held(pressed("1", 10 + 0.3 * count)) for count in range(10)]
    assert taps.count(False) >= 3


def test_another_key_counts_at_once_and_so_does_the_first_one_after_it() -> None:
    keyboard = HeldKey()
    keys = [pressed(key, 10 + 0.01 * count) for count, key in enumerate("12131")]
    assert not any(keyboard.is_held(key) for key in keys)
