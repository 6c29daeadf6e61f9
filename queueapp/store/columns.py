"""What tables are made of: the class of their rows, and kinds of columns and indexes they share."""

from enum import StrEnum

from sqlalchemy import Enum, Index, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlalchemy.sql.compiler import DDLCompiler
from sqlmodel import SQLModel


# No row is ever an object here: the store reads and writes columns. To build what Pydantic would
# check rows with is a tenth of defining them.
class Row(SQLModel):
    """A table's row."""

    model_config = {"defer_build": True}


class PartialIndex(Index):
    """An index of the rows that meet a condition."""

    def __init__(self, name: str, *columns: str, where: str, unique: bool = False) -> None:
        super().__init__(name, *columns, unique=unique)
        self.where = where


# Given to the index itself, the condition loads every dialect that it is for with the tables,
# and a terminal works with one.
@compiles(CreateIndex)
def _with_its_condition(create: CreateIndex, compiler: DDLCompiler, **options: object) -> str:
    index = create.element
    if isinstance(index, PartialIndex):
        index.dialect_options[compiler.dialect.name]["where"] = text(index.where)
    statement: str = compiler.visit_create_index(create, **options)  # type: ignore[no-untyped-call] # SQLAlchemy does not say
    return statement


def words(kind: type[StrEnum]) -> Enum:
    """A column type that holds the values of ``kind`` and, by a constraint, nothing else."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
        length=16,
    )
