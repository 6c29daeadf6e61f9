"""The process around a terminal: is it one, and is it safe to hand to the public.

Nothing here imports Textual, which reads its variables once, when it is first imported.
"""

import os
import sys
from collections.abc import MutableMapping

from queueapp.domain.words import sentence


class NotATerminalError(Exception):
    """Standard input or output is not a terminal; the message is for the person who typed it."""


NOT_A_TERMINAL = sentence(
    "This screen needs a terminal window to draw in: start it from one, without a pipe."
)


def require_terminal() -> None:
    """Raise :class:`NotATerminalError` unless a person can see and use this program."""
    # Textual reads keys from standard input and draws on standard error.
    if not (
        sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()
    ):
        raise NotATerminalError(NOT_A_TERMINAL)


def scrub_environment(variables: MutableMapping[str, str] = os.environ) -> None:
    """Take every ``TEXTUAL*`` variable away, before Textual is imported.

    ``TEXTUAL_ALLOW_SIGNALS`` alone would let ctrl+c end a kiosk.
    """
    for name in [name for name in variables if name.startswith("TEXTUAL")]:
        del variables[name]
