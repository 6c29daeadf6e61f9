"""What is said of a call: as clips, and as a text."""

import pytest

from queueapp.devices.voice.sentences import clips_of, number_clips, text_of
from queueapp.domain.words import ServiceCode
from tests.devices.calls import a_call
from tests.language.speakers import ENGLISH, PERSIAN

ROUND = {*range(1, 21), *range(30, 100, 10), *range(100, 1000, 100)}
"""The numbers of which a branch has recordings."""


def has(name: str) -> bool:
    kind, _, what = name.partition("/")
    return kind != "numbers" or int(what) in ROUND


def short(clips: tuple[str, ...]) -> str:
    return " ".join(clip.removeprefix("numbers/") for clip in clips)


@pytest.mark.parametrize(
    ("number", "persian", "english"),
    [
        (3, "3", "3"),
        (17, "17", "17"),
        (42, "40 and 2", "40 2"),
        (90, "90", "90"),
        (100, "100", "100"),
        (105, "100 and 5", "100 and 5"),
        (342, "300 and 40 and 2", "300 and 40 2"),
        (999, "900 and 90 and 9", "900 and 90 9"),
        (1000, "thousand", "1 thousand"),
        (1005, "thousand and 5", "1 thousand and 5"),
        (2340, "2 thousand and 300 and 40", "2 thousand 300 and 40"),
    ],
)
def test_a_number_is_said_as_people_say_it(number: int, persian: str, english: str) -> None:
    assert short(number_clips(number, "fa", has)) == persian
    assert short(number_clips(number, "en", has)) == english


def test_every_number_of_a_ticket_can_be_said() -> None:
    for number in range(1, 10_000):
        for code in ("fa", "en"):
            clips = number_clips(number, code, has)
            assert clips
            assert all(map(has, clips)), (number, clips)


def test_a_recording_of_the_whole_number_is_taken_before_its_parts() -> None:
    assert number_clips(105, "fa", lambda _name: True) == ("numbers/105",)


def test_a_call_in_clips() -> None:
    assert clips_of(a_call(105, 3), "fa", has) == (
        "number",
        "letters/A",
        "numbers/100",
        "and",
        "numbers/5",
        "to-counter",
        "numbers/3",
    )


def test_with_a_clip_missing_nothing_is_said_in_two_voices() -> None:
    assert clips_of(a_call(105, 3), "fa", lambda name: has(name) and name != "letters/A") is None


def test_a_call_as_a_text() -> None:
    assert text_of(a_call(105, 3), PERSIAN) == "شمارهٔ A ۱۰۵ به باجهٔ ۳"
    assert text_of(a_call(105, 3), ENGLISH) == "Number A, 105, counter 3"
    assert text_of(a_call(7, 12), ENGLISH) == "Number A, 7, counter 12"


def test_a_persian_letter_has_a_name_in_english() -> None:
    call = a_call(42, 2, letter=ServiceCode("ک"))
    assert text_of(call, ENGLISH) == "Number Kaf, 42, counter 2"
    assert text_of(call, PERSIAN) == "شمارهٔ ک ۴۲ به باجهٔ ۲"
