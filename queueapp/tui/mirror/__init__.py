"""Screens that run from right to left, without one widget that knows of it.

Everything inside a program runs from the start of a line to its end: layout, margins, docks,
scrolling, the place of a click. Where the reader's language begins at the right, the edge turns it
around, once in each direction: cells on their way out (``compositor``, ``lines``), the mouse and
the arrow keys on their way in (``events``). A widget only says what must not be turned
(``declared``).
"""

from queueapp.tui.mirror.app import MirrorApp
from queueapp.tui.mirror.declared import HoldsCells, HoldsOneText, HoldsPicture
from queueapp.tui.mirror.lines import forget_lines
from queueapp.tui.mirror.screen import MirrorScreen

__all__ = [
    "HoldsCells",
    "HoldsOneText",
    "HoldsPicture",
    "MirrorApp",
    "MirrorScreen",
    "forget_lines",
]
