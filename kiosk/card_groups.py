"""Cards side by side, in a row or in as many rows as there are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container, Grid
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from kiosk.card import Card, CardWords

SMALLEST = Size(18, 5)
"""Columns and rows of a card that a finger still hits and that still says enough."""
LARGEST = Size(46, 11)
PLEASANT = Size(30, 8)
"""What a card looks best at; a choice of rows and columns comes as near to it as it can."""


class CardGroup(Container):
    """Offers some things, each on a card; posts :class:`Chosen` when one is touched."""

    class Chosen(Message):
        """The card at ``index`` (from 0) of what was offered was touched.

        ``refused`` is what to tell whoever touched it, because the card is off.
        """

        def __init__(self, group: "CardGroup", index: int, refused: str = "") -> None:
            super().__init__()
            self.group = group
            self.index = index
            self.refused = refused

        @property
        def control(self) -> "CardGroup":
            """The group, for ``@on`` selectors."""
            return self.group

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self.cards: list[Card] = []

    def place(self) -> Widget:
        """Where the cards are mounted."""
        return self

    def lay(self, words: Sequence[CardWords]) -> None:
        """Put one card there for each of ``words``."""
        for card in self.cards[len(words) :]:
            card.remove()
        added = [Card(said) for said in words[len(self.cards) :]]
        self.cards = self.cards[: len(words)] + added
        for card, said in zip(self.cards, words, strict=True):
            card.words = said
        self.place().mount(*added)

    def press(self, position: int) -> None:
        """The key of ``position`` was pressed; it does what a tap on that card does."""
        if position < len(self.cards):
            words = self.cards[position].words
            if words.enabled or words.says:
                self.touched(position)

    def on_card_tapped(self, event: Card.Tapped) -> None:
        """Say which one it was."""
        event.stop()
        self.touched(self.cards.index(event.card))

    def touched(self, position: int) -> None:
        """The card at ``position`` on the screen was touched."""
        self.post_message(self.Chosen(self, position, self.refusal(position)))

    def refusal(self, position: int) -> str:
        """What the card at ``position`` of what was offered tells; empty where it can be chosen."""
        words = self.cards[position].words
        return "" if words.enabled else words.says


class CardRow(CardGroup):
    """A few cards in one row, sharing its width."""

    DEFAULT_CSS = """
    CardRow { layout: horizontal; }
    CardRow Card { margin: 0 0 0 1; }
    CardRow Card:first-child { margin: 0; }
    """

    def offer(self, words: Sequence[CardWords]) -> None:
        """Offer these and nothing else."""
        self.lay(words)


class Arrangement(NamedTuple):
    """How cards are laid out."""

    columns: int
    rows: int
    card: Size


class CardGrid(CardGroup):
    """Any number of cards in rows and columns; what has no room goes to further pages.

    ``keys`` name the positions: the first card of a page has the first key. Where there is more
    than one page, the last card leads to the next.
    """

    DEFAULT_CSS = """
    CardGrid { align: center middle; }
    CardGrid Grid { grid-gutter: 0 1; }
    """

    def __init__(self, keys: str, *, id: str | None = None) -> None:  # noqa: A002 - as every widget
        super().__init__(id=id)
        self.keys = keys
        self._offered: tuple[CardWords, ...] = ()
        self._more = CardWords(title="")
        self._page = 0

    def compose(self) -> ComposeResult:
        """The cards' own frame, as large as they are."""
        yield Grid()

    def place(self) -> Widget:
        """The frame."""
        return self.query_one(Grid)

    def offer(self, words: Sequence[CardWords], more: CardWords) -> None:
        """Offer these; ``more`` is the card that turns the page."""
        self._offered, self._more = tuple(words), more
        self._arrange()

    def first_page(self) -> None:
        """Back to the beginning."""
        self._page = 0
        self._arrange()

    def on_resize(self) -> None:
        """Use what there is."""
        self._arrange()

    def touched(self, position: int) -> None:
        """Turn the page, or pass on what was chosen."""
        per_page = self._per_page()
        if self._pages() > 1 and position == per_page:
            self._page = (self._page + 1) % self._pages()
            self._arrange()
            return
        super().touched(self._page * per_page + position)

    def refusal(self, position: int) -> str:
        """What was offered at ``position``, on whichever page."""
        words = self._offered[position]
        return "" if words.enabled else words.says

    def _capacity(self) -> int:
        room = self.content_size
        return max(1, min(len(self.keys), most_cards(room)))

    def _per_page(self) -> int:
        capacity = self._capacity()
        return capacity if len(self._offered) <= capacity else max(1, capacity - 1)

    def _pages(self) -> int:
        return max(1, -(-len(self._offered) // self._per_page()))

    def _arrange(self) -> None:
        if not self.content_size.area or not self._offered:
            return
        per_page, pages = self._per_page(), self._pages()
        self._page = min(self._page, pages - 1)
        words = list(self._offered[self._page * per_page :][:per_page])
        if pages > 1:
            words += [CardWords(title="", enabled=False)] * (per_page - len(words))
            words.append(self._more)
        self.lay([replace(said, key=key) for said, key in zip(words, self.keys, strict=False)])
        room = self.content_size
        columns, rows, card = arrangement(len(words), room)
        frame = self.query_one(Grid)
        frame.styles.grid_size_columns = columns
        frame.styles.grid_size_rows = rows
        # From edge to edge, as what is above and below; only the largest cards leave room beside.
        is_full = card.width < LARGEST.width
        frame.styles.width = room.width if is_full else columns * card.width + columns - 1
        frame.styles.height = rows * card.height


def most_cards(room: Size) -> int:
    """How many of the smallest cards fit into ``room``."""
    return ((room.width + 1) // (SMALLEST.width + 1)) * (room.height // SMALLEST.height)


def arrangement(count: int, room: Size) -> Arrangement:
    """The rows and columns in which ``count`` cards look best in ``room``."""
    options = []
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        card = Size((room.width + 1) // columns - 1, room.height // rows)
        fits = card.width >= SMALLEST.width and card.height >= SMALLEST.height
        nearness = min(card.width / PLEASANT.width, card.height / PLEASANT.height)
        filled = count / (columns * rows)
        options.append((fits, nearness * filled, -columns, Arrangement(columns, rows, card)))
    columns, rows, card = max(options)[-1]
    largest = Size(min(card.width, LARGEST.width), min(card.height, LARGEST.height))
    return Arrangement(columns, rows, largest)
