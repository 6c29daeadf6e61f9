"""The line at the head of the demo: which key shows which terminal."""

from dataclasses import dataclass

from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from queueapp.domain.words import CounterNumber, sentence
from queueapp.language import Language
from queueapp.language.isolates import isolated


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One terminal of the demo."""

    name: str
    """What actions call it."""
    key: str
    label: str
    """A message; ``{counter}`` in it is the number of your counter."""


ROLES = (
    Role(name="kiosk", key="f1", label=sentence("Kiosk")),
    Role(name="board", key="f2", label=sentence("Board")),
    Role(name="desk", key="f3", label=sentence("Counter {counter}")),
    Role(name="supervisor", key="f4", label=sentence("Supervisor")),
    Role(name="rating", key="f5", label=sentence("Rating")),
)
OTHER_LANGUAGE = sentence("فارسی")
QUIT = sentence("Quit")
FASTER = sentence("demo, {speed} times as fast as life")
ROOM_AROUND = 4
"""Columns."""


class RoleBar(Widget):
    """Names the roles, the one on show inverted; each can be tapped."""

    DEFAULT_CSS = """
    RoleBar { dock: top; width: 100%; height: 1; background: $panel; }
    """

    def __init__(
        self, shown: str, counter: CounterNumber, language: Language, speed: float | None
    ) -> None:
        """``speed``: how many times faster than life the branch lives; ``None``: not known."""
        super().__init__()
        self._shown = shown
        self._counter = counter
        self._language = language
        self._speed = speed

    @property
    def link_style(self) -> RichStyle:
        """Nothing of a link's own: a role keeps the colours it was given."""
        return RichStyle.null()

    def render(self) -> Content:
        """The roles at the start of the line, how to change the language and quit at its end."""
        roles = [
            self._item(role.key.upper(), role.label, f"app.show('{role.name}')", role.name)
            for role in ROLES
        ]
        ends = [
            self._item("F9", OTHER_LANGUAGE, "app.next_language"),
            self._item("^Q", QUIT, "app.leave"),
        ]
        width = self.content_size.width
        gap = width - sum(item.cell_length for item in (*roles, *ends))
        between = self._between(gap)
        return Content("").join([*roles, between, *ends])

    def _between(self, gap: int) -> Content:
        """How fast time runs, where there is room to say it."""
        words = ""
        if self._speed is not None and self._speed != 1:
            words = self._language.text(FASTER, speed=self._speed)
        said = Content.styled(words, "$quiet")
        room = gap - said.cell_length
        if not words or room < ROOM_AROUND:
            return Content(" " * max(gap, 1))
        return Content.assemble(" " * (room // 2), said, " " * (room - room // 2))

    def _item(self, key: str, label: str, action: str, name: str = "") -> Content:
        words = self._language.text(label, counter=self._counter)
        cap = isolated(key, self._language.direction)
        item = Content.assemble((f" {cap}", "bold $accent"), f" {words} ")
        if name == self._shown:
            item = item.stylize("bold reverse")
        return item.stylize(Style.from_meta({"@click": action}))
