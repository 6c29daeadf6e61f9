"""Whether the window that the command runs in can show the screens, as far as it says itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from queueapp.cli.doctor.findings import About, Finding
from queueapp.tui.persian_window import persian_in
from queueapp.tui.window_answers import NO_ANSWERS, WindowAnswers

SMALLEST = (60, 20)
"""Columns and rows below which no screen can be used."""
STAFF_SCREEN = (80, 24)
"""What the screens of staff need."""

_about = About("terminal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is known of the terminal window."""

    is_terminal: bool
    size: tuple[int, int]
    """Columns and rows."""
    encoding: str
    variables: Mapping[str, str]
    answers: WindowAnswers = NO_ANSWERS


def terminal_findings(window: Window) -> Iterator[Finding]:
    """What is right and wrong with ``window``."""
    yield _encoding(window.encoding)
    if not window.is_terminal:
        yield _about.attention(
            "This is not a terminal window, so size, colours and letters were not looked at.",
            "Run `queueapp doctor` where the screen will be shown, without a pipe.",
        )
        return
    yield _size(window.size)
    yield _colours(window.variables)
    yield _persian(window)


def _encoding(encoding: str) -> Finding:
    if encoding.lower().replace("-", "") == "utf8":
        return _about.ok("Letters of every script can be shown (UTF-8).")
    return _about.wrong(
        f"Letters are written as {encoding}, which has no Persian.",
        "Set a UTF-8 locale, such as LANG=C.UTF-8, before you start.",
    )


def _size(size: tuple[int, int]) -> Finding:
    columns, rows = size
    found = f"The window has {columns} columns and {rows} rows"
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        return _about.wrong(
            f"{found}: too small for every screen.",
            "Make the window larger or its letters smaller: at least 80 by 24.",
        )
    if columns < STAFF_SCREEN[0] or rows < STAFF_SCREEN[1]:
        return _about.attention(
            f"{found}: enough for a kiosk, too small for counter, supervisor and board.",
            "Make the window larger or its letters smaller: at least 80 by 24.",
        )
    return _about.ok(f"{found}: enough for every screen.")


def _colours(variables: Mapping[str, str]) -> Finding:
    kind = variables.get("TERM", "")
    if kind in {"", "dumb"}:
        return _about.wrong(
            "The terminal says that it can only print lines (TERM is unset or dumb).",
            "Use a terminal window, such as xterm, or set TERM=xterm-256color.",
        )
    if "NO_COLOR" in variables:
        return _about.attention(
            "Colours are switched off (NO_COLOR): late and on time look alike.",
            "Unset NO_COLOR for the terminals of the queue.",
        )
    if variables.get("COLORTERM") in {"truecolor", "24bit"}:
        return _about.ok("All colours can be shown.")
    if "256color" in kind or "direct" in kind:
        return _about.ok("256 colours can be shown: enough for every screen.")
    return _about.attention(
        f"The terminal promises few colours (TERM={kind}).",
        "If it can do more, set TERM=xterm-256color or COLORTERM=truecolor.",
    )


def _persian(window: Window) -> Finding:
    found = persian_in(window.answers, window.variables)
    told = found.message.format(window=found.window.value)
    if found.is_right:
        return _about.ok(told)
    return _about.attention(told, found.advice.format(setting=found.setting))
