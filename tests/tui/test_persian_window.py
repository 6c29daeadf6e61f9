"""For each terminal window: is Persian right in it, and which setting makes it so."""

import pytest

from queueapp.tui.persian_window import (
    NO_LETTERS,
    PersianWindow,
    Window,
    persian_in,
)
from queueapp.tui.window_answers import NO_ANSWERS, Reordering, WindowAnswers, read_answers
from tests.language.speakers import ENGLISH, PERSIAN

# What they sent, each in turn, when they were asked under X (see docs/explanation/persian.md).
XTERM = b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c"
VTE = b"\x1b[8;1$y\x1b[?65;1;9c"
KITTY = b"\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c"
KONSOLE = b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c"
MLTERM = b"\x1b[8;0$y\x1b[?63;1;2;3;4;6;7;15;18;22;29c"
ALACRITTY = b"\x1b[?6c"
FOOT = b"\x1b[8;0$y\x1bP>|foot(1.13.1)\x1b\\\x1b[?62;4;22c"
TMUX = b"\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c"

IN_KITTY = "force_ltr yes"
IN_KONSOLE = "konsole -p BidiRenderingEnabled=false"
IN_MLTERM = "mlterm --ctl=false"
BEFORE_TMUX = r"printf '\033[8l'"

MANY = {"TERM": "xterm-256color"}


def judged(received: bytes, around: str = "", **variables: str) -> PersianWindow:
    said = read_answers(received)
    answers = WindowAnswers(
        name=said.name, reordering=said.reordering, has_answered=said.has_answered, around=around
    )
    return persian_in(answers, MANY | variables)


@pytest.mark.parametrize(
    ("received", "variables", "window"),
    [
        (XTERM, {}, Window.XTERM),
        (VTE, {"VTE_VERSION": "7006"}, Window.VTE),
        (FOOT, {"TERM": "foot"}, Window.FOOT),
        (ALACRITTY, {"TERM": "alacritty"}, Window.ALACRITTY),
        (ALACRITTY, {"ALACRITTY_WINDOW_ID": "1"}, Window.ALACRITTY),
        (b"\x1b[?61;4c", {"WT_SESSION": "1"}, Window.WINDOWS_TERMINAL),
    ],
)
def test_windows_that_are_right_as_they_are(
    received: bytes, variables: dict[str, str], window: Window
) -> None:
    found = judged(received, **variables)
    assert (found.window, found.is_right, found.advice) == (window, True, "")


@pytest.mark.parametrize(
    ("received", "variables", "window", "setting"),
    [
        (KITTY, {"TERM": "xterm-kitty"}, Window.KITTY, IN_KITTY),
        (KONSOLE, {"KONSOLE_VERSION": "221203"}, Window.KONSOLE, IN_KONSOLE),
        (MLTERM, {"TERM": "mlterm", "MLTERM": "3.9.0"}, Window.MLTERM, IN_MLTERM),
    ],
)
def test_windows_that_want_a_setting(
    received: bytes, variables: dict[str, str], window: Window, setting: str
) -> None:
    found = judged(received, **variables)
    assert (found.window, found.is_right, found.setting) == (window, False, setting)
    assert found.wants_setting


@pytest.mark.parametrize("said", [Reordering.ON, Reordering.OFF, Reordering.ALWAYS_OFF])
def test_whoever_knows_the_mode_listens_to_the_driver(said: Reordering) -> None:
    assert persian_in(WindowAnswers(reordering=said, has_answered=True), MANY).is_right


def test_whoever_says_that_it_always_reorders_does_not() -> None:
    said = WindowAnswers(reordering=Reordering.ALWAYS_ON, has_answered=True)
    assert persian_in(said, MANY).wants_setting


def test_what_it_says_counts_more_than_what_it_inherited() -> None:
    assert judged(XTERM, KITTY_WINDOW_ID="1", VTE_VERSION="7006").window is Window.XTERM
    assert judged(KITTY, XTERM_VERSION="XTerm(379)").window is Window.KITTY
    assert judged(ALACRITTY, TERM="alacritty", KITTY_WINDOW_ID="1").window is Window.ALACRITTY
    # kitty would have said its name.
    assert judged(VTE, KITTY_WINDOW_ID="1", VTE_VERSION="7006").window is Window.VTE
    assert judged(b"\x1b[?62c", KITTY_WINDOW_ID="1").window is Window.UNKNOWN


def test_over_ssh_its_name_is_enough() -> None:
    assert judged(KITTY).setting == IN_KITTY
    assert judged(XTERM).is_right


@pytest.mark.parametrize(
    ("variables", "window", "is_right"),
    [
        ({"KITTY_WINDOW_ID": "1"}, Window.KITTY, False),
        ({"KONSOLE_VERSION": "221203"}, Window.KONSOLE, False),
        ({"XTERM_VERSION": "XTerm(379)"}, Window.XTERM, True),
        ({"VTE_VERSION": "7006"}, Window.VTE, True),
        ({"TERM": "foot-direct"}, Window.FOOT, True),
        ({"TERM": "linux"}, Window.LINUX_CONSOLE, False),
        ({}, Window.UNKNOWN, False),
    ],
)
def test_one_that_was_not_asked_is_known_by_what_it_left(
    variables: dict[str, str], window: Window, is_right: bool
) -> None:
    found = persian_in(NO_ANSWERS, MANY | variables)
    assert (found.window, found.is_right) == (window, is_right)


@pytest.mark.parametrize(
    ("around", "variables", "window"),
    [
        ("XTerm(379)", {}, Window.XTERM),
        ("alacritty", {}, Window.ALACRITTY),
        ("foot(1.13.1)", {}, Window.FOOT),
        ("xterm-256color", {"XTERM_VERSION": "XTerm(379)"}, Window.XTERM),
    ],
)
def test_in_tmux_it_is_right_where_the_window_around_is(
    around: str, variables: dict[str, str], window: Window
) -> None:
    found = in_tmux(around, variables)
    assert (found.window, found.is_right) == (window, True)
    assert found.told(ENGLISH) == f"tmux in {window.value} shows Persian as it should."


@pytest.mark.parametrize(
    ("around", "variables", "window", "setting"),
    [
        ("xterm-256color", {"VTE_VERSION": "7006"}, Window.VTE, BEFORE_TMUX),
        ("VTE(7600)", {}, Window.VTE, BEFORE_TMUX),
        ("xterm-kitty", {}, Window.KITTY, IN_KITTY),
        ("kitty(0.26.5)", {}, Window.KITTY, IN_KITTY),
        ("Konsole 22.12.3", {}, Window.KONSOLE, IN_KONSOLE),
        ("linux", {}, Window.LINUX_CONSOLE, ""),
    ],
)
def test_in_tmux_the_window_around_it_is_set(
    around: str, variables: dict[str, str], window: Window, setting: str
) -> None:
    found = in_tmux(around, variables)
    assert (found.window, found.is_right, found.setting) == (window, False, setting)
    assert found.wants_setting


@pytest.mark.parametrize("around", ["xterm-256color", "screen", ""])
def test_in_tmux_in_a_window_without_a_name_nothing_is_known(around: str) -> None:
    found = in_tmux(around, {})
    assert (found.window, found.is_right, found.wants_setting) == (Window.TMUX, False, False)


def in_tmux(around: str, variables: dict[str, str]) -> PersianWindow:
    inside = {"TERM": "tmux-256color", "TMUX": "/run/tmux,1,0"}
    return judged(TMUX, around, **(inside | variables))


def test_the_console_without_letters_is_said_to_be_one() -> None:
    assert persian_in(NO_ANSWERS, {"TERM": "linux"}).message == NO_LETTERS


def test_nobody_is_told_to_set_what_nobody_knows() -> None:
    unknown = persian_in(NO_ANSWERS, MANY)
    assert not unknown.is_right
    assert not unknown.wants_setting


def test_it_is_said_in_the_readers_language() -> None:
    assert judged(XTERM).told(ENGLISH) == "xterm shows Persian as it should."
    assert judged(XTERM).told(PERSIAN).endswith("فارسی را درست نشان می‌دهد.")
    assert judged(KITTY).told(ENGLISH) == (
        "kitty turns Persian lines around unless it is told not to."
        " Write “force_ltr yes” into kitty.conf and start kitty again."
    )
    assert BEFORE_TMUX in in_tmux("VTE(7600)", {}).told(PERSIAN)  # its 8 stays an 8


@pytest.mark.parametrize(
    "received", [b"", b"\x1b", b"\x1b[8;9$y", b"\x1bP>|", b"\x1bP>|\xff\xfe\x1b\\", b"abc\x1b[A"]
)
def test_nonsense_is_no_answer(received: bytes) -> None:
    said = read_answers(received)
    assert said.reordering is None
    assert said.name in {"", "\ufffd\ufffd"}
    assert not persian_in(said, MANY).is_right
