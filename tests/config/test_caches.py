"""Folders of files that can be made anew: those of old versions do not pile up."""

import os
from pathlib import Path

import pytest

from queueapp.config.caches import keep_latest


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """The folders "one" to "four", used in this order."""
    for age, name in enumerate(("four", "three", "two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "code").write_text(name)
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    return tmp_path


def left(folder: Path) -> set[str]:
    return {child.name for child in folder.iterdir()}


def test_a_new_version_takes_the_place_of_the_one_not_used_for_longest(versions: Path) -> None:
    keep_latest(versions / "five", most=3)
    assert left(versions) == {"five", "four", "three"}


def test_an_old_version_that_is_used_again_stays(versions: Path) -> None:
    keep_latest(versions / "one", most=2)
    keep_latest(versions / "four", most=2)
    assert left(versions) == {"one", "four"}
    assert (versions / "one" / "code").read_text() == "one"


def test_files_beside_the_folders_are_left_alone(versions: Path) -> None:
    (versions / "notes").write_text("not ours")
    keep_latest(versions / "four", most=1)
    assert left(versions) == {"four", "notes"}


def test_the_first_version_on_a_machine_makes_its_folder(tmp_path: Path) -> None:
    keep_latest(tmp_path / "compiled" / "one", most=3)
    assert left(tmp_path / "compiled") == {"one"}
