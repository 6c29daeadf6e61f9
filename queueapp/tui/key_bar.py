"""The lines at the foot of a screen: its keys, in its language, each of which can be tapped."""

from collections.abc import Iterable

from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from queueapp.language import Language
from queueapp.tui.keys import Key

GAP = Content("  ")


class KeyBar(Widget):
    """Shows keys; takes as many lines as they need, and never breaks inside one."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[Key, bool], ...] = ()
        self._language: Language | None = None
        self._items: tuple[Content, ...] = ()

    @property
    def link_style(self) -> RichStyle:
        """Nothing of a link's own: a key keeps the colours it was given."""
        return RichStyle.null()

    def show_keys(self, keys: Iterable[tuple[Key, bool]], language: Language) -> None:
        """Draw ``keys``; those paired with ``False`` are dim, for they do nothing just now."""
        keys = tuple(keys)
        if keys == self._shown and language is self._language:
            return  # drawing anew lays the whole screen out anew, and this is asked every second
        self._shown, self._language = keys, language
        self._items = tuple(_item(key, language, enabled=enabled) for key, enabled in keys)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - as every widget
        """As many lines as the keys need in ``width``."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The keys, line by line."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = [Content("")]
        for item in self._items:
            if not lines[-1]:
                lines[-1] = item
            elif lines[-1].cell_length + GAP.cell_length + item.cell_length <= width:
                lines[-1] = lines[-1] + GAP + item
            else:
                lines.append(item)
        return lines


def _item(key: Key, language: Language, *, enabled: bool) -> Content:
    cap = f" {key.cap(language)} "
    label = f" {language.text(key.label)}"
    if not enabled:
        return Content.assemble((f"{cap}{label}", "$foreground 66%"))
    item = Content.assemble((cap, "bold $accent on $panel"), label)
    return item.stylize(Style.from_meta({"@click": f"screen.{key.action}"}))
