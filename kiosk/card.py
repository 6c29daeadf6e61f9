"""A large card to touch: the one way in which a kiosk offers something."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What one card says, already in the language of whoever reads."""

    title: str
    other_title: str = ""
    """The same in the branch's other language; left out where there is no room."""
    details: tuple[str, ...] = ()
    """What to know before touching it; the last line matters most."""
    key: str = ""
    """The key that does the same, as it is shown."""
    enabled: bool = True
    says: str = ""
    """What somebody is told who touches it although it is off."""
    chosen: bool = False
    """Stands out as what holds now."""


class Card(Widget):
    """Says ``words``; a tap posts :class:`Tapped` unless the card is off and silent."""

    DEFAULT_CSS = """
    Card {
        width: 1fr;
        height: 1fr;
        padding: 0 1;
        border: round $secondary;
        text-align: center;
        content-align: center middle;
        border-title-align: left;
        border-title-color: $accent;
        border-title-style: bold;
    }
    Card:hover { background: $panel; }
    Card.-off { border: round $line; border-title-color: $quiet; }
    Card.-off:hover { background: $background; }
    Card.-chosen { border: round $accent; background: $panel; }
    """

    class Tapped(Message):
        """Somebody touched ``card``."""

        def __init__(self, card: "Card") -> None:
            super().__init__()
            self.card = card

        @property
        def control(self) -> "Card":
            """The card, for ``@on`` selectors."""
            return self.card

    words: reactive[CardWords] = reactive(CardWords(title=""))

    def __init__(
        self,
        words: CardWords | None = None,
        *,
        id: str | None = None,  # noqa: A002 - as every widget
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Card.words, words or CardWords(title=""))

    def on_mount(self) -> None:
        """Look as the first words say."""
        self.watch_words(self.words)

    def watch_words(self, words: CardWords) -> None:
        """Show at a glance whether it does something."""
        self.set_class(not words.enabled, "-off")
        self.set_class(words.chosen, "-chosen")
        self.border_title = words.key

    def render(self) -> Content:
        """As much as there is room for."""
        return fitted(self.words, self.content_size)

    def on_click(self) -> None:
        """Pass the tap on."""
        if self.words.enabled or self.words.says:
            self.post_message(self.Tapped(self))


def fitted(words: CardWords, room: Size) -> Content:
    """The richest wording that fits into ``room`` without a clipped line; else the poorest."""
    wording: list[Content] = []
    for wording in wordings(words):
        if sum(rows_needed(line.plain, room.width) for line in wording) <= room.height:
            break
    return Content("\n").join(wording)


def wordings(words: CardWords) -> Iterator[list[Content]]:
    """From the richest to the poorest; each holds the title."""
    title = Content.styled(words.title, "bold" if words.enabled else "$quiet")
    other = [Content.styled(words.other_title, "$quiet")] if words.other_title else []
    details = [Content.styled(detail, "$quiet") for detail in words.details]
    if details and words.enabled:
        details[-1] = Content(words.details[-1])
    blank = [Content("")] if details else []
    yield [title, *other, *blank, *details]
    yield [title, *other, *details]
    yield [title, *details]
    yield [title, *details[-1:]]
    yield [title, *other]
    yield [title]


def rows_needed(text: str, width: int) -> int:
    """How many rows ``text`` takes when it is wrapped between words at ``width`` columns."""
    rows, used = 1, 0
    for word in text.split():
        needed = cell_len(word)
        if used and used + 1 + needed > width:
            rows, used = rows + 1, needed
        else:
            used += needed + (1 if used else 0)
    return rows
