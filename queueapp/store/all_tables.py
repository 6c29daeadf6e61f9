"""The whole schema, whoever asks: a table is known once the module that defines it was imported."""

from sqlmodel import SQLModel

from queueapp.store import (  # noqa: F401 - fill SQLModel.metadata
    access_tables,
    appointment_tables,
    learned_tables,
    print_tables,
    tables,
)

ALL_TABLES = SQLModel.metadata
