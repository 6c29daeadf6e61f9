"""Reads the Unicode files that lie beside, see ``data/README.md``."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from queueapp.language.bidi.classes import LETTERS

DATA = Path(__file__).parent / "data"


def lines(name: str) -> Iterator[str]:
    """The lines of a file that say something, without their comments."""
    with lzma.open(DATA / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        for line in file:
            told = line.partition("#")[0].strip()
            if told:
                yield told


def fields(name: str) -> Iterator[list[str]]:
    """The fields of each line."""
    for line in lines(name):
        yield [field.strip() for field in line.split(";")]


def characters(codepoints: str) -> str:
    """The text that a column of hexadecimal numbers stands for."""
    return "".join(chr(int(codepoint, 16)) for codepoint in codepoints.split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a line must come out, as both test files write it."""

    levels: tuple[str, ...]
    """``x`` for a character that takes no part."""
    order: tuple[int, ...]


def class_cases() -> Iterator[tuple[str, int, Wanted]]:
    """BidiTest.txt: the classes of a line, for which paragraphs it holds (bits), what is wanted."""
    levels: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    wanted = Wanted(levels, order)
    for line in lines("BidiTest"):
        if line.startswith("@Levels:"):
            levels = tuple(line.partition(":")[2].split())
        elif line.startswith("@Reorder:"):
            order = tuple(map(int, line.partition(":")[2].split()))
            wanted = Wanted(levels, order)
        else:
            classes, bits = line.split(";")
            yield "".join(LETTERS[name] for name in classes.split()), int(bits), wanted
