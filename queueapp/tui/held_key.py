"""Tells a key that is held down from one that is pressed again.

A terminal reports presses and no releases: a key that stays down comes again after a while, and
then many times a second, faster than a finger.
"""

from textual import events

FIRST_REPEAT_S = 0.7
"""A key that stays down comes again within this time: after a quarter to two thirds of a second."""
BETWEEN_REPEATS_S = 0.15
"""And then within this; a finger in a hurry takes longer."""


class HeldKey:
    """Remembers the last key of one keyboard."""

    def __init__(self) -> None:
        self._key = ""
        self._came_at = 0.0
        self._pressed_at = 0.0

    def is_held(self, event: events.Key) -> bool:
        """Whether ``event`` comes from a key that is still down; ask once about each event."""
        is_repeat = event.key == self._key and (
            event.time - self._came_at < BETWEEN_REPEATS_S
            or event.time - self._pressed_at < FIRST_REPEAT_S
        )
        self._key, self._came_at = event.key, event.time
        if not is_repeat:
            self._pressed_at = event.time
        return is_repeat
