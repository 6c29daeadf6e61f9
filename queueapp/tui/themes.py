"""The two calm themes, and the three colours that mean something.

Green is within target, amber above 80 % of it, red past it. Nothing else is green, amber or red.
"""

from textual.theme import Theme

NEAR = 0.8
"""From this share of the target on, a wait is amber."""

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
    error="#ee7a6d",
    variables={
        "within": "#6cc08b",
        "near": "#e3b04b",
        "past": "#ee7a6d",
        "within-ground": "#1b3327",
        "near-ground": "#3a2f17",
        "past-ground": "#44211f",
        "quiet": "#93a3b3",
        "line": "#314150",
        "big": "#f7fafc",
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
    warning="#8f5f00",
    error="#b3281e",
    variables={
        "within": "#1a7441",
        "near": "#8f5f00",
        "past": "#b3281e",
        "within-ground": "#dff2e6",
        "near-ground": "#faecc8",
        "past-ground": "#fbe0dc",
        "quiet": "#5a6a7a",
        "line": "#c3cfda",
        "big": "#0d1b2a",
        "block-cursor-text-style": "bold",
    },
)

THEMES = (DARK, LIGHT)


def target_class(used: float) -> str:
    """The style class of a wait that has used the share ``used`` of its target (1.0: all of it)."""
    if used > 1:
        return "past"
    return "near" if used > NEAR else "within"
