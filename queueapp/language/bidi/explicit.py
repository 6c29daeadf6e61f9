"""Embeddings, overrides and isolates: rules P2, X1 to X8 and X10 of UAX #9."""

from collections.abc import Sequence
from dataclasses import dataclass

from queueapp.language.bidi.classes import EMBEDDINGS, ISOLATE_INITIATORS, REMOVED

DEEPEST = 125
"""The highest level that an embedding may have (BD2)."""


@dataclass(frozen=True, slots=True)
class IsolatingSequence:
    """Characters that are resolved together (BD13)."""

    where: Sequence[int]
    """Their places in the line, rising."""
    level: int
    start: str
    """``L`` or ``R``: what the first meets (*sos*)."""
    end: str
    """``L`` or ``R``: what the last meets (*eos*)."""


@dataclass(frozen=True, slots=True)
class _Status:
    """One entry of the directional status stack."""

    level: int
    override: str
    """``L`` or ``R``; empty without one."""
    is_isolate: bool


def first_strong(classes: str) -> str | None:
    """The class of the first letter that lies in no isolate; ``None`` without one (rule P2)."""
    depth = 0
    for letter in classes:
        if letter in ISOLATE_INITIATORS:
            depth += 1
        elif letter == "d":
            if depth:
                depth -= 1
        elif letter == "P":
            return None
        elif depth == 0 and letter in "LRA":
            return letter
    return None


def explicit_levels(classes: str, base: int) -> tuple[list[int], list[str]]:
    """The embedding level of each character, and its class as overrides leave it (X1 to X8)."""
    walk = _Walk(classes, base)
    levels, overridden = [], []
    for at, letter in enumerate(classes):
        level, override = walk.step(at, letter)
        levels.append(level)
        overridden.append(override or letter)
    return levels, overridden


class _Walk:
    """Goes along a line and keeps the directional status stack."""

    def __init__(self, classes: str, base: int) -> None:
        self._classes = classes
        self._bottom = _Status(base, "", is_isolate=False)
        self._begin()

    def _begin(self) -> None:
        self._stack = [self._bottom]
        self._overflowing_isolates = 0
        self._overflowing_embeddings = 0
        self._valid_isolates = 0

    def step(self, at: int, letter: str) -> tuple[int, str]:
        """The level of the character at ``at``, and the direction that it is forced to."""
        if letter in EMBEDDINGS:
            self._embed(letter)
        elif letter in ISOLATE_INITIATORS:
            outside = self._stack[-1]
            self._isolate(at, letter)
            return outside.level, outside.override
        elif letter == "d":
            self._end_isolate()
        elif letter == "p":
            self._end_embedding()
        elif letter == "P":
            self._begin()
        elif letter == "B":
            return self._stack[-1].level, ""
        return self._stack[-1].level, self._stack[-1].override

    def _next_level(self, *, right_to_left: bool) -> int:
        level = self._stack[-1].level
        return (level + 1) | 1 if right_to_left else (level + 2) & ~1

    def _embed(self, letter: str) -> None:
        """Rules X2 to X5."""
        level = self._next_level(right_to_left=letter in "ry")
        if level <= DEEPEST and not self._overflowing_isolates and not self._overflowing_embeddings:
            override = {"x": "L", "y": "R"}.get(letter, "")
            self._stack.append(_Status(level, override, is_isolate=False))
        elif not self._overflowing_isolates:
            self._overflowing_embeddings += 1

    def _isolate(self, at: int, letter: str) -> None:
        """Rules X5a to X5c."""
        if letter == "f":
            inside = self._classes[at + 1 : matching_end(self._classes, at)]
            letter = "i" if first_strong(inside) in (None, "L") else "j"
        level = self._next_level(right_to_left=letter == "j")
        if level <= DEEPEST and not self._overflowing_isolates and not self._overflowing_embeddings:
            self._valid_isolates += 1
            self._stack.append(_Status(level, "", is_isolate=True))
        else:
            self._overflowing_isolates += 1

    def _end_isolate(self) -> None:
        """Rule X6a."""
        if self._overflowing_isolates:
            self._overflowing_isolates -= 1
        elif self._valid_isolates:
            self._overflowing_embeddings = 0
            while not self._stack[-1].is_isolate:
                self._stack.pop()
            self._stack.pop()
            self._valid_isolates -= 1

    def _end_embedding(self) -> None:
        """Rule X7."""
        if self._overflowing_isolates:
            return
        if self._overflowing_embeddings:
            self._overflowing_embeddings -= 1
        elif not self._stack[-1].is_isolate and len(self._stack) > 1:
            self._stack.pop()


def matching_end(classes: str, at: int) -> int:
    """Where the isolate that begins at ``at`` ends (BD9); the end of the line without an end."""
    depth = 0
    for place in range(at, len(classes)):
        letter = classes[place]
        if letter in ISOLATE_INITIATORS:
            depth += 1
        elif letter == "d":
            depth -= 1
            if depth == 0:
                return place
        elif letter == "P":
            return place
    return len(classes)


def isolating_sequences(classes: str, levels: Sequence[int], base: int) -> list[IsolatingSequence]:
    """What is resolved together (rule X10): level runs, joined where an isolate lies between."""
    kept = [at for at, letter in enumerate(classes) if letter not in REMOVED]
    place_among_kept = {at: place for place, at in enumerate(kept)}
    runs = _level_runs(kept, levels)
    begins_at = {run[0]: run for run in runs}
    continues: set[int] = set()
    found = []
    for run in runs:
        if run[0] in continues:
            continue
        where = list(run)
        while classes[where[-1]] in ISOLATE_INITIATORS:
            end = matching_end(classes, where[-1])
            if end == len(classes) or classes[end] != "d" or end not in begins_at:
                break
            continues.add(end)
            where += begins_at[end]
        level = levels[where[0]]
        before = place_among_kept[where[0]] - 1
        after = place_among_kept[where[-1]] + 1
        met_before = levels[kept[before]] if before >= 0 else base
        is_unended = classes[where[-1]] in ISOLATE_INITIATORS
        met_after = base if is_unended or after == len(kept) else levels[kept[after]]
        found.append(
            IsolatingSequence(where, level, _side(level, met_before), _side(level, met_after))
        )
    return found


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for at in kept:
        if runs and levels[runs[-1][-1]] == levels[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _side(level: int, other: int) -> str:
    return "R" if max(level, other) & 1 else "L"
