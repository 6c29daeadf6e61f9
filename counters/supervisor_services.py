"""Changing what a counter serves, and in which order."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option

from queueapp.domain.branch import Service
from queueapp.domain.words import ServiceCode, sentence
from queueapp.tui.choice_list import ChoiceList
from queueapp.tui.dialog import Dialog
from queueapp.tui.keys import Key

TOGGLE = Key(
    key="space",
    action="serve",
    label=sentence("On / off"),
    help=sentence("Let the counter serve this, or not."),
)
HIGHER = Key(
    key="+",
    action="move(-1)",
    label=sentence("Higher"),
    help=sentence("This counter is better at it."),
)
LOWER = Key(
    key="-",
    action="move(1)",
    label=sentence("Lower"),
    help=sentence("This counter is less good at it."),
)
SAVE = Key(key="s", action="save", label=sentence("Save"), help=sentence("Keep what is chosen."))
SHOWN = (TOGGLE, HIGHER, LOWER, SAVE)
NARROWEST = 13
"""Columns of a button: four of them fit into 80, with large text, too."""
AROUND_LIST = 15
"""Rows of the frame, the question, the buttons and the blank lines between them."""


class CounterServicesScreen(Dialog[tuple[ServiceCode, ...]]):
    """Every service of the branch, those that the counter serves first, in order of rank."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in SHOWN]
    DEFAULT_CSS = """
    CounterServicesScreen .dialog-button { width: auto; margin-right: 1; }
    """

    def __init__(
        self, question: str, services: Sequence[Service], served: Sequence[ServiceCode]
    ) -> None:
        """``served``: the codes that the counter serves now, best first."""
        super().__init__(question)
        self._services = {service.code: service for service in services}
        self._served = [code for code in served if code in self._services]

    def body(self) -> ComposeResult:
        """The list and what can be done with it."""
        yield ChoiceList(*self._options(), classes="dialog-list")
        with Horizontal(classes="dialog-buttons"):
            for key in SHOWN:
                cap, label = key.cap(self.language), self.language.text(key.label)
                button = Button(
                    f"{cap}  {label}", classes="dialog-button", action=f"screen.{key.action}"
                )
                button.styles.min_width = NARROWEST
                yield button
        with Horizontal(classes="dialog-buttons"):
            yield self.cancel_button()

    def rows_needed(self) -> int:
        """The list and two rows of buttons with what is around them."""
        return len(self._services) + AROUND_LIST

    @property
    def _list(self) -> OptionList:
        return self.query_one(OptionList)

    def _order(self) -> list[ServiceCode]:
        return [*self._served, *(code for code in self._services if code not in self._served)]

    def _options(self) -> list[Option]:
        return [Option(self._line(code)) for code in self._order()]

    def _line(self, code: ServiceCode) -> Content:
        name = self.language.name(self._services[code].name)
        if code not in self._served:
            return Content.assemble((f"    –  {code}  {name}", "$quiet"))
        rank = self.language.number(self._served.index(code) + 1)
        return Content.assemble((f" {rank:>2}", "bold $accent"), f"  ✓  {code}  {name}")

    def on_option_list_option_selected(self) -> None:
        """A line was tapped, or Enter was pressed on it."""
        self.action_serve()

    def action_serve(self) -> None:
        """Let the counter serve what is marked, after all that it serves; or no longer."""
        code = self._marked()
        if code is None:
            return
        if code in self._served:
            self._served.remove(code)
        else:
            self._served.append(code)
        self._draw(code)

    def action_move(self, by: int) -> None:
        """Change the rank of what is marked."""
        code = self._marked()
        if code is None or code not in self._served:
            return
        place = self._served.index(code) + by
        self._served.remove(code)
        self._served.insert(max(0, place), code)
        self._draw(code)

    def action_save(self) -> None:
        """Close with what is chosen; a counter that serves nothing is refused by the branch."""
        self.dismiss(tuple(self._served))

    def _marked(self) -> ServiceCode | None:
        at = self._list.highlighted
        return None if at is None else self._order()[at]

    def _draw(self, marked: ServiceCode) -> None:
        self._list.clear_options()
        self._list.add_options(self._options())
        self._list.highlighted = self._order().index(marked)
        self._list.focus()
