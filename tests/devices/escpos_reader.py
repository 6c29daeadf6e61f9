"""Reads ESC/POS as a printer does, and shows what would lie in the tray.

It shares nothing with what the program prints with: written from Epson's command reference, so that
a mistake there is not made here too. Only what a picture needs is known; anything else would come
out as letters, and is an error.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PIL import Image

LINE = 30
"""Dots of a line feed, until it is set otherwise."""
BITS = 8


@dataclass(frozen=True)
class Raster:
    """``GS v 0``: rows of dots, eight to the byte, the first one leftmost and 1 for black."""

    bytes_a_row: int
    rows: int
    dots: bytes


@dataclass(frozen=True)
class Feed:
    """Paper moves on by so many dots."""

    dots: int


@dataclass(frozen=True)
class Begin:
    """``ESC @``: settings as after switching on."""


@dataclass(frozen=True)
class Cut:
    """``GS V``: the tray gets what was printed so far."""


@dataclass(frozen=True)
class Ask:
    """A question; ``DLE EOT n`` as ``eot n``, ``GS r n`` as ``printed``."""

    what: str


Command = Raster | Feed | Begin | Cut | Ask


class NotAPicture(Exception):  # noqa: N818 - what came is well, but no picture
    """Bytes that a printer would take for letters."""


class _Incomplete(Exception):  # noqa: N818 - the rest is on its way
    """The command goes on in what has not been received yet."""


class EscposReader:
    """Takes bytes as they come in, and gives the commands that are complete."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._at = 0

    def feed(self, received: bytes) -> Iterator[Command]:
        """The commands that ``received`` completes."""
        self._bytes += received
        while self._bytes:
            self._at = 0
            try:
                command = self._command()
            except _Incomplete:
                return
            del self._bytes[: self._at]
            yield command

    @property
    def rest(self) -> int:
        """Bytes of a command that has not ended."""
        return len(self._bytes)

    def _take(self, count: int = 1) -> bytes:
        taken = bytes(self._bytes[self._at : self._at + count])
        if len(taken) < count:
            raise _Incomplete
        self._at += count
        return taken

    def _number(self, size: int = 1) -> int:
        return int.from_bytes(self._take(size), "little")

    def _command(self) -> Command:
        first = self._take()
        readers: dict[bytes, Callable[[], Command]] = {
            b"\n": lambda: Feed(LINE),
            b"\x10": self._realtime,
            b"\x1b": self._escape,
            b"\x1d": self._group,
        }
        if first not in readers:
            raise NotAPicture(f"{first!r} would be printed as a letter")
        return readers[first]()

    def _realtime(self) -> Command:
        if self._take() != b"\x04":
            raise NotAPicture("only DLE EOT is known of the realtime commands")
        return Ask(f"eot {self._number()}")

    def _escape(self) -> Command:
        match self._take():
            case b"@":
                return Begin()
            case b"d":
                return Feed(LINE * self._number())
            case b"J":
                return Feed(self._number())
            case other:
                raise NotAPicture(f"ESC {other!r} is not known")

    def _group(self) -> Command:
        match self._take():
            case b"v":
                if self._take(2) != b"0\0":
                    raise NotAPicture("only rasters at full density are known")
                width, rows = self._number(2), self._number(2)
                return Raster(width, rows, self._take(width * rows))
            case b"V":
                if self._number() in {65, 66, 97, 98, 103, 104}:
                    self._take()
                return Cut()
            case b"r":
                self._take()
                return Ask("printed")
            case other:
                raise NotAPicture(f"GS {other!r} is not known")


@dataclass
class Paper:
    """What comes out: a picture for each piece that was cut off."""

    head: int
    """Dots that the head can print side by side."""
    tray: list[Image.Image] = field(default_factory=list)
    _rows: list[bytes] = field(default_factory=list)

    @property
    def is_hanging_out(self) -> bool:
        """Whether something is printed that was not cut off."""
        return any(any(row) for row in self._rows)

    def do(self, command: Command) -> None:
        """Print ``command``, as far as it prints."""
        match command:
            case Raster(width, rows, dots):
                assert width * BITS <= self.head, "wider than the head: the rest would be lost"
                blank = b"\0" * (self.head // BITS - width)
                self._rows += [dots[row * width : (row + 1) * width] + blank for row in range(rows)]
            case Feed(dots):
                self._rows += [b"\0" * (self.head // BITS)] * dots
            case Cut():
                self.tray.append(self._piece())
                self._rows = []
            case Begin() | Ask():
                pass

    def tear_off(self) -> None:
        """Somebody takes what hangs out."""
        self._rows = []

    def _piece(self) -> Image.Image:
        size = (self.head, len(self._rows))
        return Image.frombytes("1", size, bytes(255 - byte for byte in b"".join(self._rows)))


def printed(sent: bytes, head: int) -> list[Image.Image]:
    """The pieces of paper that a printer with a head of ``head`` dots makes of ``sent``."""
    reader, paper = EscposReader(), Paper(head)
    for command in reader.feed(sent):
        paper.do(command)
    assert not reader.rest, "the last command does not end"
    return paper.tray
