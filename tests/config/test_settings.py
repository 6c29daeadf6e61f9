"""Settings: flags before the environment before the file, and wrong ones told in a sentence."""

from pathlib import Path

import pytest

from queueapp.config import settings as settings_module
from queueapp.config.database_address import DatabaseKind
from queueapp.config.languages import LANGUAGES
from queueapp.config.settings import Settings, SettingsError, read_settings
from queueapp.language.loading import available_languages


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nobody's own settings take part in a test: the user's file is in a directory of its own."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QUEUEAPP_{name.upper()}", raising=False)
    monkeypatch.delenv("QUEUEAPP_SETTINGS", raising=False)
    file = tmp_path / "own" / "settings.toml"
    file.parent.mkdir()
    monkeypatch.setattr(settings_module, "default_settings_file", lambda: file)
    return file


def problems_of(settings_file: Path | None = None, **flags: object) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read_settings(settings_file, **flags)
    return caught.value.problems


def test_without_any_setting_a_terminal_starts_on_this_machine() -> None:
    settings = read_settings()
    assert settings.database.kind is DatabaseKind.SQLITE
    assert settings.database.path is not None
    assert settings.database.path.name == "queueapp.db"
    assert settings.branch == "main"
    assert settings.language is None
    assert settings.theme == "dark"
    assert settings.log_file.name == "queueapp.log"
    assert settings.kiosk_idle_seconds == 30


def test_flags_win_over_the_environment_and_that_over_the_file(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_file.write_text('branch = "file"\ntheme = "light"\nkiosk_idle_seconds = 45\n')
    monkeypatch.setenv("QUEUEAPP_BRANCH", "environment")
    monkeypatch.setenv("QUEUEAPP_KIOSK_IDLE_SECONDS", "60")
    settings = read_settings(branch="flag", theme=None)
    assert settings.branch == "flag"
    assert settings.kiosk_idle_seconds == 60
    assert settings.theme == "light"


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUEUEAPP_LANGUAGE", "")
    assert read_settings().language is None


def test_a_named_file_takes_the_place_of_the_own_one(
    own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_file.write_text('branch = "own"\n')
    (tmp_path / "variable.toml").write_text('branch = "variable"\n')
    (tmp_path / "flag.toml").write_text('branch = "flag"\n')
    assert read_settings().branch == "own"
    monkeypatch.setenv("QUEUEAPP_SETTINGS", str(tmp_path / "variable.toml"))
    assert read_settings().branch == "variable"
    assert read_settings(tmp_path / "flag.toml").branch == "flag"


def test_a_named_file_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = tmp_path / "missing.toml"
    assert problems_of(missing) == (f"--settings: there is no file {missing}",)
    monkeypatch.setenv("QUEUEAPP_SETTINGS", str(missing))
    assert problems_of() == (f"QUEUEAPP_SETTINGS: there is no file {missing}",)


def test_a_wrong_value_says_where_it_came_from(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_file.write_text('\nlanguage = "de"\n')
    monkeypatch.setenv("QUEUEAPP_THEME", "blue")
    assert set(problems_of(kiosk_idle_seconds=1, branch="Main Office")) == {
        (
            "--branch: must be the id of a branch: small Latin letters, digits and dashes, "
            'not "Main Office"'
        ),
        "--kiosk-idle-seconds: must be a whole number of seconds from 5 to 600, not 1",
        'QUEUEAPP_THEME: must be "dark", "light", "contrast" or "contrast-light", not "blue"',
        f'{own_file}:2 language: must be "fa" or "en", not "de"',
    }


def test_a_wrong_value_that_a_flag_overrides_does_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUEUEAPP_THEME", "blue")
    assert read_settings(theme="light").theme == "light"


def test_a_key_that_is_no_setting_is_told(own_file: Path) -> None:
    own_file.write_text('theme = "dark"\nlangauge = "fa"\n')
    assert problems_of() == (
        f'{own_file}:2 langauge: there is no such setting: did you mean "language"?',
    )


def test_a_file_that_is_not_toml_is_told_with_its_line(own_file: Path) -> None:
    own_file.write_text('theme = "dark"\nlanguage = fa\n')
    assert problems_of()[0].startswith(f"{own_file}:2: this value cannot be read")


def test_a_password_is_in_no_error_and_no_picture_of_the_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUEUEAPP_DB", "mysql://sara:s3cret@host/queue")
    assert "s3cret" not in "".join(problems_of())
    monkeypatch.setenv("QUEUEAPP_DB", "postgresql://sara:s3cret@host/queue")
    settings = read_settings()
    assert "s3cret" not in repr(settings)
    assert settings.database.url == "postgresql://sara:s3cret@host/queue"


def test_the_languages_are_those_that_have_a_catalogue() -> None:
    assert set(LANGUAGES) == set(available_languages())
