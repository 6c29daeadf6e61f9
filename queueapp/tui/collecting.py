"""When Python looks for rubbish: between two keys, and not in the middle of one.

Left to itself it looks after so many new objects, which is while a screen opens; and its longest
round, through all that the program holds, takes as long as several keys.
"""

import gc

ALL_EVERY = 60
"""Rounds; the others look through what is new."""


class Collecting:
    """Looks for rubbish when it is told to; for a program, not for a test within one."""

    def __init__(self) -> None:
        gc.disable()
        self._rounds = 0

    def round(self) -> None:
        """Take away what nobody needs any more; the program tells us so each second."""
        if self._rounds == 0:
            gc.collect()
            gc.freeze()  # what a program begins with it needs to its end
        else:
            gc.collect(2 if self._rounds % ALL_EVERY == 0 else 1)
        self._rounds += 1
