"""Weak and neutral characters find their direction: rules W1 to W7, N0 to N2, I1 and I2.

All works on one isolating run sequence, given as a string with one letter a character (see
:mod:`~queueapp.language.bidi.classes`), so that most rules are one substitution.
"""

import re
from functools import cache

from queueapp.language.bidi.mirroring import CLOSING, OPENING

_DEEPEST_BRACKETS = 63
"""UAX #9, BD16: with more open brackets at once, none of the sequence are paired."""

_MARKS = re.compile("(.)M+")
_ISOLATES = re.compile("[ijfd]")
_NUMBER_AFTER_ARABIC = re.compile("A[^LR]*")
_SEPARATED_NUMBERS = re.compile("(?<=E)[SC](?=E)|(?<=N)C(?=N)")
_NUMBER_SIGNS = re.compile("T+(?=E)|(?<=E)T+")
_LEFT_OVER = re.compile("[STC]")
_NUMBER_AFTER_LATIN = re.compile("L[^LR]*")
_NEUTRAL = "[OWGPijfdB]+"
_AMID_LATIN = re.compile(f"(?<=L){_NEUTRAL}(?=L)")
_AMID_RIGHT_TO_LEFT = re.compile(f"(?<=[REN]){_NEUTRAL}(?=[REN])")
_BRACKETS = re.compile("[" + re.escape("".join([*OPENING, *CLOSING])) + "]")
_STRONG = str.maketrans("EN", "RR")
"""A number counts as right to left for what stands beside it."""


def resolve(classes: str, text: str, level: int, start: str, end: str) -> bytes:
    """The level of each character of an isolating run sequence.

    ``classes`` and ``text`` are its characters, ``level`` their embedding level, ``start`` and
    ``end`` (``L`` or ``R``) what it meets on either side (*sos* and *eos*).
    """
    embedding = "R" if level & 1 else "L"
    resolved = _weak(classes, start)
    if "O" in resolved and _BRACKETS.search(text):
        resolved = _paired_brackets(resolved, classes, text, start, embedding)
    resolved = _enclosed(resolved, start, end, embedding)
    return resolved.encode("ascii").translate(_implicit(level))


def _weak(classes: str, start: str) -> str:
    """Rules W1 to W7."""
    if "M" in classes:
        classes = _MARKS.sub(_like_before, start + classes)[1:]
    if "E" in classes and "A" in classes:
        classes = _NUMBER_AFTER_ARABIC.sub(lambda found: found[0].replace("E", "N"), classes)
    classes = classes.replace("A", "R")
    if _LEFT_OVER.search(classes):
        classes = _SEPARATED_NUMBERS.sub(lambda found: found.string[found.start() - 1], classes)
        classes = _NUMBER_SIGNS.sub(lambda found: "E" * len(found[0]), classes)
        classes = _LEFT_OVER.sub("O", classes)
    if "E" in classes:
        of_all = _NUMBER_AFTER_LATIN.sub(lambda found: found[0].replace("E", "L"), start + classes)
        classes = of_all[1:]
    return classes


def _like_before(found: re.Match[str]) -> str:
    before, marks = found[1], len(found[0]) - 1
    return before + ("O" if _ISOLATES.match(before) else before) * marks


def _paired_brackets(resolved: str, classes: str, text: str, start: str, embedding: str) -> str:
    """Rule N0: brackets go with what they hold, or else with what stands before them."""
    directions = list(resolved)
    other = "L" if embedding == "R" else "R"
    for opens, closes in _pairs(text, resolved):
        held = "".join(directions[opens + 1 : closes]).translate(_STRONG)
        if embedding in held:
            direction = embedding
        elif other in held:
            before = (start + "".join(directions[:opens])).translate(_STRONG)
            direction = other if before.rfind(other) > before.rfind(embedding) else embedding
        else:
            continue
        for bracket in (opens, closes):
            directions[bracket] = direction
            mark = bracket + 1
            while mark < len(classes) and classes[mark] == "M":
                directions[mark] = direction
                mark += 1
    return "".join(directions)


def _pairs(text: str, resolved: str) -> list[tuple[int, int]]:
    """Where bracket pairs open and close (BD16), by where they open."""
    still_open: list[tuple[str, int]] = []
    pairs = []
    for found in _BRACKETS.finditer(text):
        at, bracket = found.start(), found[0]
        if resolved[at] != "O":
            continue
        if bracket in OPENING:
            if len(still_open) == _DEEPEST_BRACKETS:
                return []
            still_open.append((OPENING[bracket], at))
            continue
        for depth in range(len(still_open) - 1, -1, -1):
            wanted, opened = still_open[depth]
            if wanted == CLOSING[bracket]:
                pairs.append((opened, at))
                del still_open[depth:]
                break
    return sorted(pairs)


def _enclosed(classes: str, start: str, end: str, embedding: str) -> str:
    """Rule N1, as far as it says something else than N2: neutrals amid the other direction.

    All other neutrals are left, to take the embedding direction.
    """
    amid, other = (_AMID_LATIN, "L") if embedding == "R" else (_AMID_RIGHT_TO_LEFT, "R")
    whole = f"{start}{classes}{end}"
    return amid.sub(lambda found: other * len(found[0]), whole)[1:-1]


@cache
def _implicit(level: int) -> bytes:
    """Rules N2, I1 and I2 as a table for :meth:`bytes.translate`, for one embedding level."""
    table = bytearray([level]) * 256
    for letter in "LEN" if level & 1 else "R":
        table[ord(letter)] = level + 1
    if not level & 1:
        for letter in "EN":
            table[ord(letter)] = level + 2
    return bytes(table)
