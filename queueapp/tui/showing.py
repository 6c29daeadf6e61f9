"""Shows a terminal until it ends, and keeps what went wrong in it off the screen."""

import os
from typing import Any

from textual.app import App

from queueapp.language import Direction
from queueapp.tui.collecting import Collecting
from queueapp.tui.persian_window import persian_in
from queueapp.tui.terminal import Terminal
from queueapp.tui.window_answers import ask_window


def show(terminal: App[Any]) -> int:
    """Run ``terminal`` until it ends; its exit code. Raises what went wrong in a screen.

    Textual would print such a failure with every local variable, somebody's PIN among them, where a
    kiosk's customers can read it.
    """
    if isinstance(terminal, Terminal):
        terminal.collecting = Collecting()
        if _begins_right_to_left(terminal):
            # Now: once Textual reads the keys, it would take the answers for some.
            terminal.window = persian_in(ask_window(), os.environ)
    vars(terminal)["_fatal_error"] = terminal._close_messages_no_wait  # noqa: SLF001 - see above
    terminal.run()
    failure = terminal._exception  # noqa: SLF001 - Textual has no public name for it
    if failure is not None:
        raise failure
    return terminal.return_code or 0


def _begins_right_to_left(terminal: Terminal) -> bool:
    context = terminal.context
    return context.language_of(context.language).direction is Direction.RIGHT_TO_LEFT
