"""The first thing somebody sees who types ``queueapp`` alone: what there is, and a key for each."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from queueapp.domain.branch import Branch
from queueapp.domain.words import CounterNumber, Verbatim, sentence
from queueapp.language import Language
from queueapp.language.openings import rest_and_return
from queueapp.tui.choice_screen import DIGITS, Choice, ChoiceScreen
from queueapp.tui.confirm_screen import ConfirmScreen
from queueapp.tui.dialog import Dialog
from queueapp.tui.driver import keeping_cell_order
from queueapp.tui.mirror import MirrorApp, MirrorScreen
from queueapp.tui.persian_window import PersianWindow
from queueapp.tui.programs import (
    AT_A_COUNTER,
    LABELS,
    WITHOUT_BRANCH,
    Found,
    Program,
    Start,
)
from queueapp.tui.themes import THEMES

NO_BRANCH = sentence("There is no branch in {database} yet: try the demo, or set one up.")
WHICH_COUNTER = sentence("Which counter?")
SET_UP_HERE = sentence("Write branch.toml here and make the branch in {database}?")
OTHER_LANGUAGE = sentence("فارسی")
QUIT = sentence("Quit")


class Entry(Static, can_focus=True):
    """One program: its key, its name, a sentence."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "choose", show=False)]

    class Chosen(Message):
        """Somebody wants this program."""

        def __init__(self, program: Program) -> None:
            super().__init__()
            self.program = program

    def __init__(self, program: Program, number: int, language: Language, *, usable: bool) -> None:
        label, explanation = (language.text(message) for message in LABELS[program])
        words = Content.assemble(
            (f"{language.digits(str(number))}  ", "bold $accent" if usable else "$quiet"),
            (label, "bold" if usable else "$quiet"),
            "\n",
            (explanation, "$quiet"),
        )
        super().__init__(words, disabled=not usable)
        self.program = program

    def action_choose(self) -> None:
        """Enter takes what is marked."""
        self.post_message(self.Chosen(self.program))

    def on_click(self) -> None:
        """So does a tap."""
        self.action_choose()


class Launcher(MirrorApp[Start], inherit_bindings=False):
    """Shows what can be started; ends with what somebody chose, or with nothing."""

    CSS_PATH = Path(__file__).with_name("terminal.tcss")
    CSS = """
    #launcher { align: center middle; height: 1fr; }
    #page { width: 78; height: auto; max-height: 100%; padding: 0 2; }
    #title { text-style: bold; }
    #found, #window { height: auto; color: $quiet; margin-bottom: 1; }
    #launcher Static { width: 100%; height: auto; }
    #launcher Entry { height: 2; padding: 0 1; }
    #launcher.-roomy Entry { height: 3; }
    #launcher Entry:focus, #launcher Entry:hover { background: $panel; }
    #foot { dock: bottom; width: 100%; height: 1; padding: 0 1; background: $surface;
        link-style-hover: none; link-background-hover: $panel; }
    """
    ENABLE_COMMAND_PALETTE = False
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 - as Textual declares it
        (0, "-low"),
        (31, "-roomy"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(digit, f"choose({number})", show=False) for digit, number in DIGITS.items()),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("f9,ctrl+l", "next_language", show=False),
        Binding("q,ض,escape,ctrl+q,ctrl+c", "leave", show=False),
    ]

    def __init__(
        self,
        found: Found,
        *,
        languages: tuple[str, ...],
        language_of: Callable[[str], Language],
        theme: str = "queue-dark",
        window: PersianWindow | None = None,
    ) -> None:
        """``languages``: the codes to switch between, beginning with the first.

        ``window``: what is known of Persian in the window around.
        """
        super().__init__()
        self._found = found
        self._window = window
        self._languages = languages
        self._language_of = language_of
        self._spoken = 0
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme

    @property
    def language(self) -> Language:
        """The language on show."""
        return self._language_of(self._languages[self._spoken])

    @property
    def programs(self) -> tuple[Program, ...]:
        """What is offered, in the order of its keys; a branch is set up once."""
        return tuple(
            program
            for program in Program
            if program is not Program.SET_UP or self._found.branch is None
        )

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver, with the order of cells left to us."""
        return keeping_cell_order(super().get_driver_class())

    def get_default_screen(self) -> Screen[Any]:
        """A screen that can be mirrored."""
        return MirrorScreen(id="_default")

    # -- how it is drawn -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """What was found, the programs, and how to leave."""
        with Vertical(id="launcher"), Vertical(id="page"):
            yield Static(self._title(), id="title", markup=False)
            yield Static(self._what_was_found(), id="found", markup=False)
            if self._window is not None:
                yield Static(self._what_window(self._window), id="window", markup=False)
            for number, program in enumerate(self.programs, 1):
                yield Entry(program, number, self.language, usable=self._is_usable(program))
        yield Static(self._foot(), id="foot")

    def _title(self) -> str:
        if self._found.branch is None:
            return self.language.text("The queue of your front office")
        return self.language.name(self._found.branch.name)

    def _what_was_found(self) -> str:
        branch, text = self._found.branch, self.language.text
        if self._found.trouble:
            return text(self._found.trouble)
        if branch is None:
            return text(NO_BRANCH, database=Verbatim(self._found.database))
        numbers = self.language.digits(" · ".join(str(c.number) for c in branch.counters))
        counters = self.language.plural(
            "It has {count} counter: number {numbers}.",
            "It has {count} counters: numbers {numbers}.",
            len(branch.counters),
            numbers=numbers,
        )
        rest = rest_and_return(branch, self._found.now, self.language)
        return f"{counters} {rest}" if rest else counters

    def _what_window(self, window: PersianWindow) -> str:
        # Persian is what cannot be read where something must be set.
        return window.told(self._language_of("en") if window.wants_setting else self.language)

    def _is_usable(self, program: Program) -> bool:
        if self._found.trouble:
            return program is Program.DEMO
        return self._found.branch is not None or program in WITHOUT_BRANCH

    def _foot(self) -> Content:
        keys = (("F9", OTHER_LANGUAGE, "app.next_language"), ("q", QUIT, "app.leave"))
        return Content("  ").join(
            Content.assemble(
                (f" {cap} ", "bold $accent on $panel"),
                f" {self.language.text(label)}",
            ).stylize(Style.from_meta({"@click": action}))
            for cap, label, action in keys
        )

    def on_mount(self) -> None:
        """Mark the first that can be started."""
        self._face_reader()

    def _face_reader(self) -> None:
        screen = self.screen
        if isinstance(screen, MirrorScreen):
            screen.face(self.language.direction)
        self._mark_first()

    def _mark_first(self) -> None:
        for entry in self.query(Entry):
            if not entry.disabled:
                entry.focus()
                return

    # -- choosing --------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Take the program with this key, if it can be started."""
        if number <= len(self.programs) and self._is_usable(self.programs[number - 1]):
            self._choose(self.programs[number - 1])

    @on(Entry.Chosen)
    def entry_chosen(self, event: Entry.Chosen) -> None:
        """Take the one that was tapped."""
        self._choose(event.program)

    def _choose(self, program: Program) -> None:
        branch = self._found.branch
        if program is Program.SET_UP:
            database = Verbatim(self._found.database)
            question = self.language.text(SET_UP_HERE, database=database)
            self._ask(ConfirmScreen(question), lambda sure: self._start(program) if sure else None)
        elif program in AT_A_COUNTER and branch is not None and len(branch.counters) > 1:
            self._ask(
                ChoiceScreen(self.language.text(WHICH_COUNTER), self._counters(branch)),
                lambda number: self._start(program, number) if number is not None else None,
            )
        elif program in AT_A_COUNTER and branch is not None:
            self._start(program, branch.counters[0].number)
        else:
            self._start(program)

    def _counters(self, branch: Branch) -> list[Choice[CounterNumber]]:
        return [
            Choice(
                value=counter.number,
                label=self.language.text("Counter {counter}", counter=counter.number),
                detail=" · ".join(
                    self.language.name(branch.service(code).name) for code in counter.services
                ),
            )
            for counter in branch.counters
        ]

    def _ask(self, dialog: Dialog[Any], then: Callable[[Any], None]) -> None:
        dialog.language = self.language
        self.push_screen(dialog, then)

    def _start(self, program: Program, counter: CounterNumber | None = None) -> None:
        switched = self.language.code if self._spoken else None
        self.exit(Start(program=program, counter=counter, language=switched))

    async def action_next_language(self) -> None:
        """Go on in the next language."""
        self._spoken = (self._spoken + 1) % len(self._languages)
        await self.recompose()
        self._face_reader()

    def action_leave(self) -> None:
        """Start nothing."""
        self.exit(None)
