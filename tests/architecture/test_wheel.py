"""What users install has everything in it that is no Python."""

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.architecture.sources import PACKAGES, ROOT, modules, name_of


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel."""
    [wheel] = WheelBuilder(str(ROOT)).build(
        directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"]
    )
    return set(zipfile.ZipFile(wheel).namelist())


def test_every_module_is_in_it_and_no_test(packed: set[str]) -> None:
    assert {name_of(path) for path in modules()} <= packed
    assert not [name for name in packed if name.startswith(("tests/", "docs/"))]


@pytest.mark.parametrize("suffix", [".mo", ".tcss", ".toml", ".txt", ".mako", ".typed", ".ttf"])
def test_every_file_beside_the_modules_is_in_it(packed: set[str], suffix: str) -> None:
    beside = {name_of(path) for folder in PACKAGES for path in files_of(folder, suffix)}
    assert beside
    assert beside <= packed


def files_of(folder: str, suffix: str) -> list[Path]:
    return list((ROOT / folder).rglob(f"*{suffix}"))
