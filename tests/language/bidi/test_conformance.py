"""UAX #9 in full: every case of the Unicode conformance data comes out as it says.

In scope are all cases of both files: 91,707 lines of characters (brackets, overrides, isolates and
deep nesting among them) and 770,241 of classes (every sequence of up to four classes and some
longer ones, in a paragraph of each direction and in one that finds its own). None is left out.
"""

from functools import cache
from itertools import islice

import pytest

from queueapp.language.bidi.classes import classes_of
from queueapp.language.bidi.explicit import first_strong
from queueapp.language.bidi.levels import NO_LEVEL, levels_of, visual_runs
from tests.language.bidi.unicode_data import Wanted, characters, class_cases, fields

CHARACTER_CASES = 91_707
CLASS_CASES = 770_241

LEFT_TO_RIGHT, RIGHT_TO_LEFT, BY_ITS_FIRST_LETTER = 0, 1, 2
SHARES = 2
"""The second file is looked through in as many tests, so that several processes can share it.

Not in more: each reads the file anew.
"""


@cache
def told(levels: bytes) -> Wanted:
    """Levels and order as the files write them; many lines come out with the same ones."""
    kept = [at for at, level in enumerate(levels) if level != NO_LEVEL]
    order: list[int] = []
    for start, end, is_turned in visual_runs(bytes(levels[at] for at in kept)):
        order += kept[start:end][::-1] if is_turned else kept[start:end]
    return Wanted(tuple("x" if level == NO_LEVEL else str(level) for level in levels), tuple(order))


def base_of(classes: str) -> int:
    return LEFT_TO_RIGHT if first_strong(classes) in {None, "L"} else RIGHT_TO_LEFT


def test_lines_of_characters_come_out_as_unicode_says() -> None:
    wrong, cases = [], 0
    for text, direction, base, levels, order in fields("BidiCharacterTest"):
        line = characters(text)
        classes = classes_of(line)
        given = int(direction)
        mine = base_of(classes) if given == BY_ITS_FIRST_LETTER else given
        wanted = Wanted(tuple(levels.split()), tuple(map(int, order.split())))
        cases += 1
        if (mine, told(levels_of(classes, line, mine))) != (int(base), wanted):
            wrong.append(text)
    assert not wrong, f"{len(wrong)} cases, the first of them {wrong[0]}"
    assert cases == CHARACTER_CASES


@pytest.mark.parametrize("number", range(SHARES))
def test_every_sequence_of_classes_comes_out_as_unicode_says(number: int) -> None:
    wrong = []
    for classes, bits, wanted in islice(class_cases(), number, None, SHARES):
        bases = {
            *([base_of(classes)] if bits & 1 else []),
            *([LEFT_TO_RIGHT] if bits & 2 else []),
            *([RIGHT_TO_LEFT] if bits & 4 else []),
        }
        text = "-" * len(classes)
        wrong += [
            f"{classes} in {base}"
            for base in bases
            if told(levels_of(classes, text, base)) != wanted
        ]
    assert not wrong, f"{len(wrong)} cases, the first of them {wrong[0]}"


def test_the_second_file_was_looked_through_whole() -> None:
    assert sum(bits.bit_count() for _, bits, _ in class_cases()) == CLASS_CASES
