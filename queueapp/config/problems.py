"""What is wrong in a file that somebody wrote, said so that they find the place at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right."""

    file: str
    line: int | None
    """From 1; ``None`` when the file itself is the problem."""
    key: str = ""
    """Where in the file, as TOML writes it: ``services.A.target_minutes``."""
    sentence: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place} {self.key}: {self.sentence}" if self.key else f"{place}: {self.sentence}"


class BranchFileError(Exception):
    """A branch file that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
