"""Runs the migrations on the connection that :mod:`queueapp.store.schema` hands in."""

from alembic import context
from sqlmodel import SQLModel

from queueapp.store import (  # noqa: F401 - fill SQLModel.metadata
    access_tables,
    learned_tables,
    print_tables,
    tables,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
