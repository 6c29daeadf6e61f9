"""A key, declared once: it makes the binding, its place in the key bar and its line in the help."""

from dataclasses import dataclass

from textual.binding import Binding

from queueapp.domain.words import sentence
from queueapp.language import Direction, Language

_PERSIAN_TWINS = dict(
    zip(
        "qwertyuiop[]asdfghjkl;'zxcvbnm,./?0123456789",
        "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو./؟۰۱۲۳۴۵۶۷۸۹",
        strict=True,
    )
)
"""What the same physical key types on a Persian keyboard: nobody switches layouts to call."""

_LATIN_TWINS = str.maketrans({twin: key for key, twin in _PERSIAN_TWINS.items()})

_NAMES = {
    "enter": sentence("Enter"),
    "escape": sentence("Esc"),
    "space": sentence("Space"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "question_mark": "?",
    "f9": "F9",
    "ctrl+q": "Ctrl+Q",
}

_MIRRORED = {"←": "→", "→": "←"}
"""On a mirrored screen ``right`` goes on, to the left: the key is the one that points there."""


def as_on_latin_keyboard(typed: str) -> str:
    """What the same physical keys type on a Latin keyboard: readers of codes press keys blindly."""
    return typed.translate(_LATIN_TWINS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a screen. ``label`` and ``help`` are messages, marked with ``sentence(…)``."""

    key: str
    """One key by Textual's name: ``n``, ``escape``, ``f2``, ``ctrl+l``."""
    action: str
    """The action it runs on the screen: ``call_next`` runs ``action_call_next``."""
    label: str
    """One or two words for the key bar."""
    help: str
    """One sentence for the help."""
    in_bar: bool = True

    @property
    def shown_as(self) -> str:
        """The key as a person reads it; a message where it is a word."""
        return _NAMES.get(self.key, self.key)

    def cap(self, language: Language) -> str:
        """What stands on the key: figures are on a Persian keyboard too, but F9 is F9."""
        cap = language.text(self.shown_as)
        if language.direction is Direction.RIGHT_TO_LEFT:
            cap = _MIRRORED.get(cap, cap)
        return language.digits(cap) if cap.isdigit() else cap

    def binding(self) -> Binding:
        """The binding of the key, and of what it types on a Persian keyboard."""
        twin = _PERSIAN_TWINS.get(self.key, self.key)
        keys = self.key if twin == self.key else f"{self.key},{twin}"
        return Binding(keys, self.action, self.label, show=False)


HELP = Key(
    key="?",
    action="help",
    label=sentence("Help"),
    help=sentence("Show what every key does."),
)
