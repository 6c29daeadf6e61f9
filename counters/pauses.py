"""Why a desk pauses. What is stored is the English word; every screen shows it in its language."""

from dataclasses import dataclass

from queueapp.domain.desk import SENT_FOR
from queueapp.domain.words import sentence
from queueapp.language import Language

LONGEST_PAUSE = 240
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseReason:
    """A reason, with the minutes that it usually takes."""

    word: str
    minutes: int


PAUSE_REASONS = (
    PauseReason(word=sentence("Short break"), minutes=10),
    PauseReason(word=sentence("Lunch"), minutes=30),
    PauseReason(word=sentence("Prayer"), minutes=15),
    PauseReason(word=sentence("Work behind the counter"), minutes=15),
    PauseReason(word=sentence("Meeting"), minutes=30),
    PauseReason(word=sentence("Technical problem"), minutes=15),
)
_WORDS = frozenset({SENT_FOR, *(reason.word for reason in PAUSE_REASONS)})


def pause_reason(reason: str, language: Language) -> str:
    """A stored reason as people read it; what somebody typed themselves stays as it is."""
    return language.text(reason) if reason in _WORDS else reason
