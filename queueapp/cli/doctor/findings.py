"""What the doctor says: each finding is a verdict, one sentence and what to do."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is."""

    OK = "ok"
    ATTENTION = "attention"
    """It works, but somebody should look at it."""
    WRONG = "wrong"
    """Something will not work until it is put right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    """What it is about: ``terminal``, ``database``, …"""
    verdict: Verdict
    sentence: str
    advice: str = ""
    """What to do; empty when all is well."""

    def to_json(self) -> dict[str, str]:
        """The finding as ``--json`` shows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class About:
    """Makes the findings about one subject."""

    subject: str

    def ok(self, sentence: str) -> Finding:
        """All is well."""
        return Finding(subject=self.subject, verdict=Verdict.OK, sentence=sentence)

    def attention(self, sentence: str, advice: str) -> Finding:
        """It works, but somebody should look at it."""
        return Finding(
            subject=self.subject, verdict=Verdict.ATTENTION, sentence=sentence, advice=advice
        )

    def wrong(self, sentence: str, advice: str) -> Finding:
        """It does not work."""
        return Finding(
            subject=self.subject, verdict=Verdict.WRONG, sentence=sentence, advice=advice
        )
