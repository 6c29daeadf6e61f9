"""``queueapp …`` as a person types it, inside the test's own process."""

from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from queueapp.cli import app


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said."""

    exit_code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A directory to type commands in."""

    home: Path

    def __call__(self, *words: str, typed: str | None = None) -> Answer:
        """Run ``queueapp`` with ``words``; an exception that gets out of it fails the test."""
        result = CliRunner().invoke(app, words, input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    def refuses(self, *words: str) -> str:
        """The sentence with which ``queueapp`` ends with exit code 1, without a traceback."""
        answer = self(*words)
        assert answer.exit_code == 1, answer
        assert "Traceback" not in answer.out + answer.err
        assert answer.err.strip()
        return answer.err.strip()

    def log(self) -> str:
        """What is in the log file."""
        return (self.home / "queueapp.log").read_text(encoding="utf-8")
