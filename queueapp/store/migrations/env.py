"""Runs the migrations on the connection that :mod:`queueapp.store.schema` hands in."""

from alembic import context

from queueapp.store.all_tables import ALL_TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ALL_TABLES,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
