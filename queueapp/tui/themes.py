"""The themes, and the three colours that mean something.

Green is within target, amber above 80 % of it, red past it. Nothing else is green, amber or red.
The three differ in lightness, too, and come with a sign, because one man in twelve takes green and
red for the same.
"""

from textual.theme import Theme

from queueapp.domain.alerts import AT_RISK

SIGNS = {"near": "△", "past": "▲"}
"""What stands before a wait that is near or past its target: a colour alone is no message."""

DARK = Theme(
    name="queue-dark",
    dark=True,
    primary="#7aa7d9",
    secondary="#5f7f9f",
    accent="#8fc1f5",
    foreground="#e6ebf0",
    background="#10161d",
    surface="#18212b",
    panel="#212d39",
    success="#6cc08b",
    warning="#e3b04b",
    error="#f58d81",
    variables={
        "within": "#6cc08b",
        "near": "#e3b04b",
        "past": "#f58d81",
        "within-ground": "#1b3327",
        "near-ground": "#3a2f17",
        "past-ground": "#44211f",
        "quiet": "#93a3b3",
        "line": "#314150",
        "big": "#f7fafc",
        "scrollbar-background": "#212d39",
        "block-cursor-text-style": "bold",
    },
)

LIGHT = Theme(
    name="queue-light",
    dark=False,
    primary="#245a93",
    secondary="#4c6a88",
    accent="#17508c",
    foreground="#1b2632",
    background="#f6f8fa",
    surface="#ffffff",
    panel="#e6ecf2",
    success="#1a7441",
    warning="#845700",
    error="#b3281e",
    variables={
        "within": "#1a7441",
        "near": "#845700",
        "past": "#b3281e",
        "within-ground": "#dff2e6",
        "near-ground": "#faecc8",
        "past-ground": "#fbe0dc",
        "quiet": "#5a6a7a",
        "line": "#c3cfda",
        "big": "#0d1b2a",
        "scrollbar-background": "#e6ecf2",
        "block-cursor-text-style": "bold",
    },
)

CONTRAST = Theme(
    name="queue-contrast",
    dark=True,
    primary="#9cd0ff",
    secondary="#c8d6e4",
    accent="#6fc3ff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1f1f1f",
    success="#5cf2b0",
    warning="#ffd23f",
    error="#ff9d8a",
    variables={
        "within": "#5cf2b0",
        "near": "#ffd23f",
        "past": "#ff9d8a",
        "within-ground": "#00301c",
        "near-ground": "#332600",
        "past-ground": "#3d0b00",
        "quiet": "#e0e0e0",
        "line": "#ffffff",
        "big": "#ffffff",
        "scrollbar-background": "#1f1f1f",
        "block-cursor-text-style": "bold reverse",
    },
)

CONTRAST_LIGHT = Theme(
    name="queue-contrast-light",
    dark=False,
    primary="#003e7e",
    secondary="#1d3347",
    accent="#00356b",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e8e8e8",
    success="#00512c",
    warning="#5e3d00",
    error="#8c0000",
    variables={
        "within": "#00512c",
        "near": "#5e3d00",
        "past": "#8c0000",
        "within-ground": "#e3fff2",
        "near-ground": "#fff3cf",
        "past-ground": "#ffe9e5",
        "quiet": "#2b2b2b",
        "line": "#000000",
        "big": "#000000",
        "scrollbar-background": "#e8e8e8",
        "block-cursor-text-style": "bold reverse",
    },
)

THEMES = (DARK, LIGHT, CONTRAST, CONTRAST_LIGHT)


def signed(words: str, tone: str) -> str:
    """``words`` with the sign of ``tone``, a style class; without one, as they are."""
    sign = SIGNS.get(tone)
    return f"{sign} {words}" if sign else words


def target_class(used: float) -> str:
    """The style class of a wait that has used the share ``used`` of its target (1.0: all of it)."""
    if used > 1:
        return "past"
    return "near" if used > AT_RISK else "within"
