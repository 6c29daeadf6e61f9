"""A terminal keeps somebody computing estimates, and goes on itself when that fails."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from queueapp.bootstrap import OpenBranch
from queueapp.bootstrap.forecaster_keeper import ForecasterKeeper
from queueapp.config.settings import read_settings


@dataclass
class Rests:
    """An event that is set after so many waits, and takes no time."""

    most: int
    seconds: list[float] = field(default_factory=list)

    def is_set(self) -> bool:
        return len(self.seconds) >= self.most

    def set(self) -> None:
        """The keeper is told to end; it ends after the last rest."""

    def wait(self, seconds: float) -> None:
        self.seconds.append(seconds)


class ChildThatDies:
    """A process that ends as soon as it begins."""

    stdin = None

    def __init__(self, *_command: object, **_how: object) -> None: ...

    def poll(self) -> int:
        return 1


@dataclass
class FreeLease:
    """A store whose lease nobody has."""

    trouble: Exception | None = None
    id: str = "azadi"

    @property
    def store(self) -> "FreeLease":
        return self

    def lease_is_free(self, _branch: str) -> bool:
        if self.trouble is not None:
            raise self.trouble
        return True


def rests(opened: FreeLease, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a keeper rests between its first six looks."""
    monkeypatch.setattr(subprocess, "Popen", ChildThatDies)
    keeper = ForecasterKeeper(cast("OpenBranch", opened), read_settings(db=str(folder / "a.db")))
    stopping = Rests(6)
    monkeypatch.setattr(keeper, "_stopping", stopping)
    keeper.start()
    keeper.stop()
    return stopping.seconds


def test_a_child_that_dies_again_and_again_is_started_ever_more_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rests(FreeLease(), tmp_path, monkeypatch) == [4, 8, 16, 32, 60, 60]


def test_what_nobody_foresaw_is_kept_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert rests(FreeLease(ZeroDivisionError()), tmp_path, monkeypatch) == [60] * 6
    assert "ZeroDivisionError" in caplog.text
