"""Which settings count, where each came from, and whether the log file can be written."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from queueapp.cli.doctor.findings import About, Finding
from queueapp.config.settings import Settings, SettingsError, origins_of_settings, read_settings

_about = About("settings")


def setting_findings(
    settings_file: Path | None, flags: Mapping[str, object]
) -> tuple[Settings | None, list[Finding]]:
    """The settings, ``None`` when they cannot be used, and what is to be said of them."""
    try:
        settings = read_settings(settings_file, **flags)
    except SettingsError as error:
        return None, [
            _about.wrong(problem, "Correct it; the reference of settings lists what can be said.")
            for problem in error.problems
        ]
    origins = origins_of_settings(settings_file, **flags)
    shown = {name: _shown(getattr(settings, name)) for name in Settings.model_fields}
    shown["db"] = str(settings.database)
    shown["language"] = settings.language or "the branch's first"
    findings = [_about.ok(f"{name} is {value} ({origins[name]}).") for name, value in shown.items()]
    return settings, [*findings, *_log_file(settings.log_file)]


def _shown(value: object) -> str:
    if value is None or value == "":
        return "not set"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _log_file(path: Path) -> Iterator[Finding]:
    nearest = next(place for place in (path, *path.parents) if place.exists())
    can_be_made = nearest.is_dir() if nearest != path else nearest.is_file()
    if can_be_made and os.access(nearest, os.W_OK):
        return
    yield _about.wrong(
        f"The log file {path} cannot be written.",
        "Name another with --log-file, or correct the rights of its directory.",
    )
