"""What a terminal prints for a line of Persian: letters joined, and cells in the order seen.

A terminal draws each character as it is, from left to right. Right-to-left text therefore needs
two steps before it is printed: every letter becomes the form that joins its neighbours, and the
line is reordered by the Unicode Bidirectional Algorithm (UAX #9). :func:`visual` does both for one
line that has been wrapped already. All of it needs the standard library only, and nothing else of
this program.

    >>> visual("سلام (A12)").text
    '(A12) \ufee1\ufefc\ufeb3'
"""

from queueapp.language.bidi.levels import first_strong_is_right_to_left
from queueapp.language.bidi.line import VisualLine, forget_lines, visual

__all__ = ["VisualLine", "first_strong_is_right_to_left", "forget_lines", "visual"]
