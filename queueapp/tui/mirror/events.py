"""What a terminal reports, as its image in a mirror."""

from math import floor

from textual import events

_ARROWS = {"left": "right", "right": "left"}


def image(event: events.InputEvent, width: int) -> events.InputEvent:
    """``event`` in the order of reading: a place counted from the right, arrows the other way.

    ``width``: the columns of the terminal.
    """
    if isinstance(event, events.MouseEvent):
        return _mouse_image(event, width)
    if isinstance(event, events.Key):
        return _key_image(event)
    return event


def _mouse_image(event: events.MouseEvent, width: int) -> events.MouseEvent:
    return type(event)(
        event.widget,
        x=_column_image(event.pointer_x, width),
        y=event.pointer_y,
        delta_x=-event.delta_x,
        delta_y=event.delta_y,
        button=event.button,
        shift=event.shift,
        meta=event.meta,
        ctrl=event.ctrl,
        screen_x=_column_image(event.pointer_screen_x, width),
        screen_y=event.pointer_screen_y,
        style=event.style,
    )


def _column_image(x: float, width: int) -> float:
    # A whole number names a cell, any other a place within one.
    return width - 1 - x if x == floor(x) else width - x


def _key_image(event: events.Key) -> events.Key:
    *modifiers, key = event.key.split("+")
    if key not in _ARROWS:
        return event
    return events.Key("+".join([*modifiers, _ARROWS[key]]), event.character)
