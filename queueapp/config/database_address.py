"""Where a branch's data lives: a SQLite file, or a PostgreSQL server."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

HIDDEN = "***"
"""What stands in the place of a password."""

_POSTGRESQL_SCHEMES = {"postgresql", "postgres", "postgresql+psycopg"}
_SQLITE_PREFIX = "sqlite:///"
_PASSWORD_PARAMETER = re.compile(r"(?<![^&])(password|sslpassword)=[^&]*", re.IGNORECASE)


class DatabaseKind(StrEnum):
    """Which database it is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAddress:
    """One database, ready to be opened."""

    kind: DatabaseKind
    url: str
    """``sqlite:///`` and an absolute path, or ``postgresql://…``; may hold a password."""

    @property
    def path(self) -> Path | None:
        """The SQLite file; ``None`` for PostgreSQL."""
        if self.kind is DatabaseKind.POSTGRESQL:
            return None
        return Path(self.url.removeprefix(_SQLITE_PREFIX))

    def __str__(self) -> str:
        """The address as people may see it: without its password."""
        return self.url if self.path is not None else without_password(self.url)

    def __repr__(self) -> str:
        return f"DatabaseAddress({str(self)!r})"


def read_database_address(text: str) -> DatabaseAddress:
    """The database that ``text`` names: ``postgresql://…``, ``sqlite:///path`` or a path alone.

    A relative path starts at the current directory. Raises :class:`ValueError` with a sentence that
    never repeats a password.
    """
    text = text.strip()
    scheme, separator, _ = text.partition("://")
    if not separator:
        return _sqlite_file(text)
    if scheme in _POSTGRESQL_SCHEMES:
        return _postgresql(text)
    if text.startswith(_SQLITE_PREFIX):
        return _sqlite_file(text.removeprefix(_SQLITE_PREFIX))
    if scheme == "sqlite":
        raise ValueError("has too few slashes: write sqlite:///queueapp.db")
    raise ValueError(
        f"names a database that this program does not know, {scheme}: "
        "write postgresql://user@host/name or the path of a SQLite file"
    )


def without_password(url: str) -> str:
    """``url`` with ``***`` for its password, however wrong the rest may be."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{url.partition('://')[0]}://{HIDDEN}"
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    place = f"{name}:{HIDDEN}{at}{host}" if colon else parts.netloc
    query = _PASSWORD_PARAMETER.sub(rf"\1={HIDDEN}", parts.query)
    return _joined(parts._replace(netloc=place, query=query))


def _sqlite_file(path: str) -> DatabaseAddress:
    if path in {"", ":memory:"}:
        raise ValueError("must name a file: terminals cannot share a database in memory")
    if "?" in path:
        raise ValueError("must be the path of a file, without a question mark")
    file = Path(path).expanduser().absolute()
    if file.is_dir():
        raise ValueError(f"is a directory: write {file / 'queueapp.db'} to keep the data in it")
    return DatabaseAddress(kind=DatabaseKind.SQLITE, url=f"{_SQLITE_PREFIX}{file}")


def _postgresql(url: str) -> DatabaseAddress:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError(
            "cannot be read: write postgresql://user:password@host:5432/name, "
            "with %40 for an @ and %2F for a / in the password"
        ) from None
    return DatabaseAddress(
        kind=DatabaseKind.POSTGRESQL, url=_joined(parts._replace(scheme="postgresql"))
    )


def _joined(parts: SplitResult) -> str:
    """``urlunsplit``, which would swallow the slashes of ``postgresql:///name``."""
    joined = urlunsplit(parts)
    scheme, colon, rest = joined.partition(":")
    return joined if rest.startswith("//") else f"{scheme}{colon}//{rest}"
