"""Shows a terminal until it ends, and keeps what went wrong in it off the screen."""

from typing import Any

from textual.app import App


def show(terminal: App[Any]) -> int:
    """Run ``terminal`` until it ends; its exit code. Raises what went wrong in a screen.

    Textual would print such a failure with every local variable, somebody's PIN among them, where a
    kiosk's customers can read it.
    """
    vars(terminal)["_fatal_error"] = terminal._close_messages_no_wait  # noqa: SLF001 - see above
    terminal.run()
    failure = terminal._exception  # noqa: SLF001 - Textual has no public name for it
    if failure is not None:
        raise failure
    return terminal.return_code or 0
