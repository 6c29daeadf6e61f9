"""A line to type in, in whichever direction the reader's language runs.

The value stays in the order of typing; where its characters are seen, and what a key or a click
there means, follows from it. :mod:`queueapp.domain.typed` makes it plain when it is taken.
"""

from itertools import accumulate, takewhile

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.widgets import Input

from queueapp.tui.mirror import HoldsOneText, MirrorScreen
from queueapp.tui.mirror.declared import Span
from queueapp.tui.mirror.texts import index_at, reads_right_to_left

TAB_AT_ONCE = (
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
)
"""Goes on before any key that comes after it: those of a slow line come in one go."""

NON_JOINER = "\N{ZERO WIDTH NON-JOINER}"
_NON_JOINER_KEYS = frozenset({"shift+space"})
"""What is pressed for it on a Persian keyboard, from a terminal that tells keys and not signs."""

_OTHER_WAY = {
    "left": "cursor_right",
    "shift+left": "cursor_right(True)",
    "ctrl+left": "cursor_right_word",
    "ctrl+shift+left": "cursor_right_word(True)",
    "right": "cursor_left",
    "shift+right": "cursor_left(True)",
    "ctrl+right": "cursor_left_word",
    "ctrl+shift+right": "cursor_left_word(True)",
}
"""Where a text runs the other way than its screen, the key that goes on there goes back in it."""


class LineInput(HoldsOneText, Input):
    """An input that takes Persian as it is typed, and Latin codes in a Persian screen too."""

    async def on_key(self, event: events.Key) -> None:
        """Take a non-joiner, and walk through Latin text as the eye does."""
        if event.character == NON_JOINER or (self._is_mirrored and event.key in _NON_JOINER_KEYS):
            self._take(NON_JOINER)
        elif event.key in _OTHER_WAY and self._runs_other_way:
            await self.run_action(_OTHER_WAY[event.key])
        else:
            return
        event.stop()
        event.prevent_default()

    def text_columns(self, y: int) -> Span:
        """Where the value stands, or what is said while there is none."""
        if y:
            return 0, 0
        if not self.value:
            return 0, cell_len(self.placeholder)
        return 0, cell_len(self._text_in_view)

    @property
    def _is_mirrored(self) -> bool:
        screen = self.screen
        return isinstance(screen, MirrorScreen) and screen.is_mirrored

    @property
    def _runs_other_way(self) -> bool:
        in_mirror = self._is_mirrored
        return reads_right_to_left(self.value, in_mirror=in_mirror) is not in_mirror

    @property
    def _written(self) -> str:
        """What is drawn: the value or its dots, and the place of the cursor behind it."""
        return f"{'•' * len(self.value) if self.password else self.value} "

    @property
    def _first_in_view(self) -> int:
        starts = accumulate((cell_len(character) for character in self._written), initial=0)
        return sum(1 for _ in takewhile(lambda start: start < self.scroll_offset.x, starts))

    @property
    def _text_in_view(self) -> str:
        return self._written[self._first_in_view :]

    def _take(self, character: str) -> None:
        if self.selection.is_empty:
            self.insert_text_at_cursor(character)
        else:
            self.replace(character, *self.selection)

    def _cell_offset_to_index(self, offset: int) -> int:
        # Textual asks this for each click, with the column in the order of reading.
        found = index_at(self._text_in_view, offset, in_mirror=self._is_mirrored)
        found += self._first_in_view
        return min(max(0, found), len(self.value))
