"""A list that takes its place at one go."""

from collections.abc import Iterable
from typing import Self

from textual.geometry import Size
from textual.reactive import Reactive
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

USUALLY_SHOWN = 14
"""Lines of a dialog's list; with more there is a scroll bar."""


class ChoiceList(OptionList):
    """Textual's list, which knows from the beginning how long it is.

    By itself it finds that out when it is shown, and all around it is laid out and drawn once more,
    and again where a scroll bar makes its lines shorter.
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)
    """What there is to scroll through; the list's own size does not follow from it."""

    def __init__(self, *options: Option, classes: str | None = None) -> None:
        super().__init__(*options, classes=classes)
        self.set_reactive(ChoiceList.virtual_size, Size(0, len(options)))
        self.set_reactive(Widget.show_vertical_scrollbar, len(options) > USUALLY_SHOWN)

    def on_mount(self) -> None:
        """Have the scroll bar there before the first layout."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.display = True

    def set_options(self, options: "Iterable[Option | VisualType | None]") -> Self:
        """Show ``options`` instead of all others; there may be none."""
        super().set_options(options)
        self.refresh(layout=self.styles.auto_dimensions)
        return self
