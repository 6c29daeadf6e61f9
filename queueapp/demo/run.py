"""Runs the demo."""

import os
import signal
import sys
from contextlib import ExitStack
from types import FrameType

from queueapp.demo.demo_terminal import DemoTerminal
from queueapp.demo.living_branch import living_branch
from queueapp.demo.phone_page import phone_page
from queueapp.tui.driver import WINDOW_CLOSED
from queueapp.tui.showing import show


def run_demo(
    speed: float,
    *,
    language: str | None,
    theme: str | None,
    large_text: bool | None = None,
    printer: str | None = None,
    voice: bool = False,
    web: bool = False,
) -> int:
    """Show the demo until somebody ends it; the exit code.

    ``printer``: where the tickets that you take come out; ``voice``: calls are heard.
    ``web``: the code on the kiosk opens the ticket's page.
    """
    with ExitStack() as living:
        branch = living.enter_context(
            living_branch(
                speed,
                language=language,
                theme=theme,
                large_text=large_text,
                printer=printer,
                voice=voice,
            )
        )
        _leave_with_the_window(living)
        join_code = living.enter_context(phone_page(branch)) if web else None
        terminal = DemoTerminal(
            branch.context(),
            speed=speed,
            printer=branch.printer,
            join_code=join_code,
            come_to_counter=branch.you_are_there.set,
        )
        return show(terminal)


def _leave_with_the_window(living: ExitStack) -> None:
    """When the window is closed, take the branch away and end at once.

    Leaving in good order would wait for the terminal to take what is drawn, and it is gone.
    """

    def leave(_signal: int, _frame: FrameType | None) -> None:
        living.close()
        os._exit(WINDOW_CLOSED)

    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, leave)
