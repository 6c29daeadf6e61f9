"""The line at the foot of a screen: its keys, in its language, each of which can be tapped."""

from collections.abc import Iterable

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from queueapp.language import Language
from queueapp.tui.keys import Key

NO_BREAK = "\u00a0"


class KeyBar(Static):
    """Shows keys; wraps between two of them, never inside one."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: tuple[tuple[tuple[Key, bool], ...], Language] | None = None

    @property
    def link_style(self) -> RichStyle:
        """Nothing of a link's own: a key keeps the colours it was given."""
        return RichStyle.null()

    def show_keys(self, keys: Iterable[tuple[Key, bool]], language: Language) -> None:
        """Draw ``keys``; those paired with ``False`` are dim, for they do nothing just now."""
        drawn = (tuple(keys), language)
        if drawn == self._drawn:
            return  # drawing anew lays the whole screen out anew, and this is asked every second
        self._drawn = drawn
        items = [self._item(key, language, enabled=enabled) for key, enabled in drawn[0]]
        self.update(Content(f"{NO_BREAK}{NO_BREAK} ").join(items))

    def _item(self, key: Key, language: Language, *, enabled: bool) -> Content:
        cap = f"{NO_BREAK}{language.digits(language.text(key.shown_as))}{NO_BREAK}"
        label = language.text(key.label).replace(" ", NO_BREAK)
        if not enabled:
            return Content.assemble((f"{cap}{NO_BREAK}{label}", "dim"))
        tap = Style.from_meta({"@click": f"screen.{key.action}"})
        item = Content.assemble((cap, "bold $accent on $panel"), f"{NO_BREAK}{label}")
        return item.stylize(tap)
