"""Runs the hot path's statements on the database driver itself.

SQLAlchemy's own way to execute costs some 0.1 ms a statement, while a branch's row is locked; that
is more than the databases take. The statements stay SQLAlchemy's: each is compiled once, with its
types' conversions, and from then on handed to the driver as text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Enum
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]
Conversions = tuple[tuple[int, Convert], ...]
"""The columns of a row that the driver gives in its own form, by their place."""

SQLITE_MOMENT_LENGTH = len("2026-01-01 12:00:00.000000")


@dataclass(frozen=True, slots=True)
class DriverText:
    """A statement as the driver takes it."""

    sql: str
    order: tuple[str, ...] | None
    """The names of the parameters, where the driver takes them by position."""
    fixed: Mapping[str, Any]
    """Parameters that belong to the statement itself, such as a LIMIT."""
    conversions: tuple[tuple[str | int, Convert], ...]
    """By name, or by position where the driver takes them so."""

    def parameters(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a mapping or a list
        """What to hand in beside the text; nothing stays nothing."""
        every = {**self.fixed, **values} if self.fixed else values
        bound: Any = dict(every) if self.order is None else [every[name] for name in self.order]
        for place, convert in self.conversions:
            value = bound[place]
            if value is not None:
                bound[place] = convert(value)
        return bound


class Driver:
    """Compiles statements for one dialect and runs them; safe to share between threads."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._texts: dict[ClauseElement, DriverText] = {}
        self._conversions: dict[ClauseElement, Conversions] = {}

    def run(
        self,
        connection: PoolProxiedConnection,
        statement: ClauseElement,
        values: Mapping[str, Any],
    ) -> list[Row]:
        """The rows of ``statement``, within the transaction that ``connection`` is in."""
        text = self.text(statement)
        cursor = connection.cursor()
        cursor.execute(text.sql, text.parameters(values))
        description: Sequence[Any] | None = cursor.description  # None for a statement without rows
        rows: list[Row] = list(cursor.fetchall()) if description is not None else []
        cursor.close()
        conversions = self._conversions.get(statement)
        if conversions is None:
            types = [column[1] for column in description or ()]
            conversions = self._conversions[statement] = self._from_driver(statement, types)
        return [_converted(row, conversions) for row in rows] if conversions else rows

    def text(self, statement: ClauseElement) -> DriverText:
        """What the driver is given for ``statement``."""
        known = self._texts.get(statement)
        if known is None:
            known = self._texts[statement] = self._compile(statement)
        return known

    def _compile(self, statement: ClauseElement) -> DriverText:
        compiled = statement.compile(dialect=self._dialect)
        assert isinstance(compiled, SQLCompiler)
        order = None if compiled.positiontup is None else tuple(compiled.positiontup)
        converts = {name: self._to_driver(bound.type) for name, bound in compiled.binds.items()}
        places: list[tuple[str | int, str]] = (
            [(name, name) for name in converts] if order is None else list(enumerate(order))
        )
        return DriverText(
            sql=str(compiled),
            order=order,
            fixed={name: value for name, value in compiled.params.items() if value is not None},
            conversions=tuple(
                (place, convert) for place, name in places if (convert := converts[name])
            ),
        )

    def _to_driver(self, kind: TypeEngine[Any]) -> Convert | None:
        if self._dialect.name == "sqlite" and isinstance(kind, UTCDateTime):
            return sqlite_moment
        if isinstance(kind, Enum):
            return None  # its values are strings, and the database checks them
        return kind.dialect_impl(self._dialect).bind_processor(self._dialect)

    def _from_driver(self, statement: ClauseElement, types: list[object]) -> Conversions:
        columns = getattr(statement, "exported_columns", None) if types else None
        if columns is None:  # no rows, or plain text whose values are taken as they are
            return ()
        converts = (
            self._read_as(column.type, kind) for column, kind in zip(columns, types, strict=True)
        )
        return tuple((place, convert) for place, convert in enumerate(converts) if convert)

    def _read_as(self, kind: TypeEngine[Any], driver_type: object) -> Convert | None:
        if self._dialect.name == "sqlite" and isinstance(kind, UTCDateTime):
            return moment_of_sqlite
        return kind.dialect_impl(self._dialect).result_processor(self._dialect, driver_type)


def sqlite_moment(moment: datetime) -> str:
    """``moment`` (aware) as SQLAlchemy keeps it in SQLite, several times as fast."""
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:SQLITE_MOMENT_LENGTH]


def moment_of_sqlite(text: str) -> datetime:
    """The moment that :func:`sqlite_moment` wrote."""
    return datetime.fromisoformat(text + "+00:00")


def _converted(row: Row, conversions: Conversions) -> Row:
    """A row of the driver with Python's values in it; nothing stays nothing."""
    values = list(row)
    for place, convert in conversions:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)
