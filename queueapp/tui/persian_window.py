"""Whether the terminal window shows Persian in the right order, and the setting that makes it so.

The screens print lines that are in order already, and the driver tells the window so (``ESC[8l``).
Some windows listen, some have nothing to turn off, some turn lines around all the same. Tried in
the versions that ``docs/explanation/persian.md`` names.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from queueapp.domain.words import Text, sentence
from queueapp.language import Language
from queueapp.tui.window_answers import Reordering, WindowAnswers


class Window(StrEnum):
    """A program that terminals run in, by its name."""

    XTERM = "xterm"
    VTE = "GNOME Terminal (VTE)"
    KITTY = "kitty"
    KONSOLE = "Konsole"
    MLTERM = "mlterm"
    FOOT = "foot"
    ALACRITTY = "Alacritty"
    WINDOWS_TERMINAL = "Windows Terminal"
    TMUX = "tmux"
    LINUX_CONSOLE = "the Linux console"
    UNKNOWN = ""


RIGHT = sentence("{window} shows Persian as it should.")
RIGHT_IN_TMUX = sentence("tmux in {window} shows Persian as it should.")
RIGHT_UNNAMED = sentence("This terminal shows Persian as it should.")
UNKNOWN = sentence("It is not known whether this terminal shows Persian in the right order.")
UNKNOWN_IN_TMUX = sentence(
    "It is not known whether the terminal around tmux shows Persian in the right order."
)
LOOK = sentence(
    "Look at a screen in Persian; xterm, foot, Alacritty and GNOME Terminal show it right."
)
TURNS = sentence("{window} turns Persian lines around unless it is told not to.")
TURNS_IN_TMUX = sentence("tmux keeps {window} from being told to leave Persian lines alone.")
TURNS_ALWAYS = sentence("This terminal turns Persian lines around, and says that it always will.")
NO_LETTERS = sentence("The Linux console has no joined Persian letters.")

ANOTHER = sentence("Use xterm, foot, Alacritty or GNOME Terminal for screens in Persian.")
IN_KITTY = sentence("Write “{setting}” into kitty.conf and start kitty again.")
IN_KONSOLE = sentence(
    "Switch bidirectional text rendering off in its profile, or start it with: {setting}"
)
IN_MLTERM = sentence("Start it with: {setting}")
BEFORE_TMUX = sentence("Before tmux is started, run: {setting}")

SETTINGS = {
    Window.KITTY: (IN_KITTY, "force_ltr yes"),
    Window.KONSOLE: (IN_KONSOLE, "konsole -p BidiRenderingEnabled=false"),
    Window.MLTERM: (IN_MLTERM, "mlterm --ctl=false"),
}
"""What makes it right where the window does not listen to the driver: what to do, and with what."""
SETTING_BEFORE_TMUX = r"printf '\033[8l'"

_BY_NAME = (
    ("xterm", Window.XTERM),
    ("vte", Window.VTE),
    ("kitty", Window.KITTY),
    ("konsole", Window.KONSOLE),
    ("mlterm", Window.MLTERM),
    ("foot", Window.FOOT),
    ("alacritty", Window.ALACRITTY),
    ("windows terminal", Window.WINDOWS_TERMINAL),
    ("tmux", Window.TMUX),
)
_BY_KIND = (
    ("xterm-kitty", Window.KITTY),
    ("alacritty", Window.ALACRITTY),
    ("foot", Window.FOOT),
    ("mlterm", Window.MLTERM),
    ("linux", Window.LINUX_CONSOLE),
)
"""How ``TERM`` begins; most windows say ``xterm-256color``, which tells nothing."""
_BY_VARIABLE = (
    ("WT_SESSION", Window.WINDOWS_TERMINAL),
    ("ALACRITTY_WINDOW_ID", Window.ALACRITTY),
    ("MLTERM", Window.MLTERM),
    ("VTE_VERSION", Window.VTE),
    ("KITTY_WINDOW_ID", Window.KITTY),
    ("KONSOLE_VERSION", Window.KONSOLE),
    ("XTERM_VERSION", Window.XTERM),
)
_SAY_THEIR_NAME = frozenset({Window.KITTY, Window.KONSOLE, Window.XTERM, Window.FOOT})
"""A window that answered without a name is none of these: it was started from one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersianWindow:
    """What is to be said of Persian in a window."""

    window: Window
    is_right: bool
    """``False`` also where nobody knows."""
    message: str
    """A sentence with ``{window}`` in it."""
    advice: str = ""
    """What makes it right, with a ``{setting}`` if there is one; empty when it is right."""
    setting: str = ""
    """What is to be typed, as it is to be typed."""

    @property
    def wants_setting(self) -> bool:
        """Persian is known to come out wrong until something is set."""
        return not self.is_right and self.advice != LOOK

    def told(self, language: Language) -> str:
        """Both sentences, or the one."""
        message = language.text(self.message, window=self.window.value)
        if not self.advice:
            return message
        # As a name, which keeps its digits in every language.
        advice = language.text(self.advice, setting=Text({"en": self.setting}))
        return f"{message} {advice}"


def persian_in(answers: WindowAnswers, variables: Mapping[str, str]) -> PersianWindow:
    """Judge by what the window answered, and where it is silent by the ``variables`` it set."""
    window = window_of(answers, variables)
    if window is Window.TMUX:
        return _in_tmux(answers, variables)
    if window is Window.LINUX_CONSOLE:
        return _wrong(window, NO_LETTERS, ANOTHER)
    if answers.reordering is Reordering.ALWAYS_ON:
        return _wrong(window, TURNS_ALWAYS, *SETTINGS.get(window, (ANOTHER, "")))
    # Whoever knows the mode listens to the driver.
    if answers.reordering in {None, Reordering.UNKNOWN_MODE}:
        if window in SETTINGS:
            return _wrong(window, TURNS, *SETTINGS[window])
        if window is Window.UNKNOWN:
            return _wrong(window, UNKNOWN, LOOK)
    message = RIGHT_UNNAMED if window is Window.UNKNOWN else RIGHT
    return PersianWindow(window=window, is_right=True, message=message)


def window_of(answers: WindowAnswers, variables: Mapping[str, str]) -> Window:
    """Which window it is.

    The variables of one terminal are inherited by another that is started in it; so its own answer
    counts first, then its kind, and then the variables of those that have no answer to give.
    """
    if answers.name:
        return _beginning(answers.name.lower(), _BY_NAME)
    if "TMUX" in variables:
        return Window.TMUX
    by_kind = _beginning(variables.get("TERM", ""), _BY_KIND)
    if by_kind is not Window.UNKNOWN:
        return by_kind
    return _by_variables(variables, _SAY_THEIR_NAME if answers.has_answered else frozenset())


def _beginning(said: str, known: Iterable[tuple[str, Window]]) -> Window:
    return next((window for start, window in known if said.startswith(start)), Window.UNKNOWN)


def _by_variables(variables: Mapping[str, str], ruled_out: Collection[Window] = ()) -> Window:
    return next(
        (
            window
            for variable, window in _BY_VARIABLE
            if variable in variables and window not in ruled_out
        ),
        Window.UNKNOWN,
    )


def _in_tmux(answers: WindowAnswers, variables: Mapping[str, str]) -> PersianWindow:
    """What tmux draws is in order, but it keeps the driver's word from the window around it."""
    around = _beginning(answers.around, _BY_KIND)
    if around is Window.UNKNOWN and not answers.around.startswith("xterm-"):
        around = _beginning(answers.around.lower(), _BY_NAME)
    if around is Window.UNKNOWN:
        around = _by_variables(variables)
    if around is Window.UNKNOWN:
        return _wrong(Window.TMUX, UNKNOWN_IN_TMUX, LOOK)
    if around is Window.VTE:
        return _wrong(around, TURNS_IN_TMUX, BEFORE_TMUX, SETTING_BEFORE_TMUX)
    if around is Window.LINUX_CONSOLE:
        return _wrong(around, NO_LETTERS, ANOTHER)
    if around in SETTINGS:
        return _wrong(around, TURNS, *SETTINGS[around])
    return PersianWindow(window=around, is_right=True, message=RIGHT_IN_TMUX)


def _wrong(window: Window, message: str, advice: str, setting: str = "") -> PersianWindow:
    return PersianWindow(
        window=window, is_right=False, message=message, advice=advice, setting=setting
    )
