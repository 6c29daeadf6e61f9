"""Which recordings a branch needs."""

from collections.abc import Iterator
from pathlib import Path

from queueapp.devices.voice.sentences import AND, NUMBER, TO_COUNTER, number_clips
from queueapp.devices.voice.sounds import Clips
from queueapp.domain.branch import Branch

USUAL_NUMBERS = range(1, 1000)


def missing_clips(folder: Path, code: str, branch: Branch) -> list[str]:
    """The clips in the language ``code`` without which some call of ``branch`` cannot be said.

    Numbers up to 999 are looked at: few offices come further in a day.
    """
    clips = Clips(folder)
    needed = dict.fromkeys(_needed(clips, code, branch))
    return [name for name in needed if not clips.has(code, name)]


def _needed(clips: Clips, code: str, branch: Branch) -> Iterator[str]:
    yield from (NUMBER, TO_COUNTER, AND)
    yield from (f"letters/{service.code}" for service in branch.services)
    numbers = (*USUAL_NUMBERS, *(counter.number for counter in branch.counters))
    for number in numbers:
        yield from number_clips(number, code, lambda name: clips.has(code, name))
