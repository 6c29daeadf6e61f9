"""The settings of a terminal: flags before ``QUEUEAPP_*`` variables before a TOML file.

pydantic takes about 0.2 s to import; the store needs it anyway, so a terminal pays for it once.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path, user_data_path, user_log_path
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import EnvSettingsSource, SettingsConfigDict

from queueapp.config.database_address import (
    DatabaseAddress,
    read_database_address,
    without_password,
)
from queueapp.config.device_settings import DeviceSettings
from queueapp.config.problems import Problem
from queueapp.config.toml_lines import KeyPath, key_lines
from queueapp.config.toml_syntax import syntax_problem
from queueapp.config.toml_table import did_you_mean, shown

PREFIX = "QUEUEAPP_"
FILE_VARIABLE = f"{PREFIX}SETTINGS"
"""The environment variable that names the settings file."""


SAY_THEMSELVES = frozenset({"db", "printer"})
"""Settings whose own error says better what is wrong than a description could."""


class SettingsError(Exception):
    """Settings that cannot be used: a sentence for each, which says where the value came from."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def default_settings_file() -> Path:
    """The settings file that is read when none is named."""
    return user_config_path("queueapp", appauthor=False) / "settings.toml"


def default_database() -> str:
    """The SQLite file in the user's data directory."""
    return str(user_data_path("queueapp", appauthor=False) / "queueapp.db")


def default_log_file() -> Path:
    """The log file in the user's log directory."""
    return user_log_path("queueapp", appauthor=False) / "queueapp.log"


def _only_networks(written: str) -> str:
    """``written`` without its spaces; ``ValueError`` when one of its parts is no network."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    return ",".join(str(ip_network(part)) for part in parts)


class Settings(DeviceSettings):
    """How one terminal is set up; read them with :func:`read_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    db: Annotated[str, AfterValidator(lambda text: read_database_address(text).url)] = Field(
        default_factory=default_database,
        validate_default=True,
        repr=False,
        description="postgresql://user@host/name, sqlite:///path or the path of a SQLite file",
    )
    branch: str = Field(
        default="main",
        pattern=r"^[a-z0-9][a-z0-9_-]*$",
        description="the id of a branch: small Latin letters, digits and dashes",
    )
    language: Literal["fa", "en"] | None = Field(default=None, description='"fa" or "en"')
    """``None``: the first language of the branch."""
    theme: Literal["dark", "light", "contrast", "contrast-light"] = Field(
        default="dark", description='"dark", "light", "contrast" or "contrast-light"'
    )
    large_text: bool = Field(default=False, description="true or false")
    """A terminal cannot scale its letters: more room, and larger numbers."""
    log_file: Path = Field(default_factory=default_log_file, description="the path of a file")
    kiosk_idle_seconds: int = Field(
        default=30, ge=5, le=600, description="a whole number of seconds from 5 to 600"
    )

    web_host: str = Field(
        default="127.0.0.1", min_length=1, description="the address or name to listen at"
    )
    web_port: int = Field(default=8080, ge=1, le=65535, description="a port from 1 to 65535")
    web_trusted_proxies: Annotated[str, AfterValidator(_only_networks)] = Field(
        default="", description='addresses or networks, such as "10.0.0.5, 192.168.7.0/24"'
    )
    web_requests_per_second: float = Field(
        default=50, ge=1, le=1_000_000, description="a number from 1 to 1000000"
    )

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that ``web_trusted_proxies`` names."""
        written = self.web_trusted_proxies.split(",")
        return tuple(ip_network(each) for each in written if each)

    @property
    def database(self) -> DatabaseAddress:
        """The database that ``db`` names."""
        return read_database_address(self.db)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """One place where settings come from."""

    values: Mapping[str, object]
    name: str = ""
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def place(self, key: str) -> str:
        """Whence, for an error: ``--theme``, ``QUEUEAPP_THEME`` or ``settings.toml:3 theme``."""
        if self.name == "flags":
            return f"--{key.replace('_', '-')}"
        if self.name == "environment":
            return f"{PREFIX}{key.upper()}"
        return f"{self.name}:{self.lines[(key,)]} {key}"


def read_settings(settings_file: Path | None = None, **flags: object) -> Settings:
    """The settings, from ``flags`` that are not ``None``, the environment and the settings file.

    ``settings_file`` is the one that a flag names; without it ``QUEUEAPP_SETTINGS`` names one, or
    the user's own is read if it exists. Raises :class:`SettingsError`.
    """
    origins = _origins(settings_file, flags)
    merged: dict[str, object] = {}
    for origin in reversed(origins):
        merged.update(origin.values)
    try:
        return Settings(**merged)  # type: ignore[arg-type] # checked here, by pydantic
    except ValidationError as error:
        raise SettingsError(
            *(
                _sentence(str(wrong["loc"][0]), wrong["type"], wrong.get("ctx", {}), origins)
                for wrong in error.errors()
            )
        ) from None


def origins_of_settings(settings_file: Path | None = None, **flags: object) -> dict[str, str]:
    """Where the value of each setting comes from, in words; raises as :func:`read_settings`."""
    origins = _origins(settings_file, flags)
    return {
        key: next((origin.place(key) for origin in origins if key in origin.values), "the default")
        for key in Settings.model_fields
    }


def _origins(
    settings_file: Path | None, flags: Mapping[str, object]
) -> tuple[_Origin, _Origin, _Origin]:
    """Where settings come from, the strongest first."""
    given = {key: value for key, value in flags.items() if value is not None}
    return (
        _Origin(name="flags", values=given),
        _Origin(name="environment", values=EnvSettingsSource(Settings)()),
        _read_file(settings_file),
    )


def _read_file(named: Path | None) -> _Origin:
    variable = os.environ.get(FILE_VARIABLE)
    path = named or (Path(variable).expanduser() if variable else default_settings_file())
    try:
        text = path.read_text(encoding="utf-8-sig")
        return _Origin(name=str(path), values=tomllib.loads(text), lines=key_lines(text))
    except FileNotFoundError:
        if named is None and not variable:
            return _Origin(values={})
        flag = "--settings" if named else FILE_VARIABLE
        raise SettingsError(f"{flag}: there is no file {path}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(syntax_problem(text, str(path), str(error)))) from None
    except UnicodeDecodeError:
        sentence = "the file must be saved as UTF-8"
        raise SettingsError(str(Problem(file=str(path), line=None, sentence=sentence))) from None
    except OSError as error:
        raise SettingsError(f"{path}: the file cannot be read: {error.strerror}") from None


def _sentence(
    key: str, kind: str, context: Mapping[str, object], origins: tuple[_Origin, ...]
) -> str:
    origin = next(origin for origin in origins if key in origin.values)
    place = origin.place(key)
    if kind == "extra_forbidden":
        return f"{place}: there is no such setting{did_you_mean(key, Settings.model_fields)}"
    value = origin.values[key]
    if key in SAY_THEMSELVES and kind == "value_error":
        return f"{place}: {context['error']}"
    if isinstance(value, str) and "://" in value:
        value = without_password(value)
    return f"{place}: must be {Settings.model_fields[key].description}, not {shown(value)}"
