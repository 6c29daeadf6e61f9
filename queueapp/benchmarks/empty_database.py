"""A database with nothing in it, in the same place as the user's own: for a fair comparison."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import create_engine, text

from queueapp.config.settings import Settings
from queueapp.store import schema
from queueapp.store.engine import conninfo, database_url
from queueapp.store.store import SqlStore


@contextmanager
def empty_database(settings: Settings) -> Iterator[Settings]:
    """``settings`` with a database of no rows instead; gone at the end.

    Beside a SQLite file it is another file, in a PostgreSQL database another schema, which the
    user must be allowed to create.
    """
    path = settings.database.path
    with _file_beside(path) if path is not None else _schema_beside(settings.db) as url:
        store = SqlStore(url)
        schema.upgrade(store.writing)
        store.close()
        yield settings.model_copy(update={"db": url})


@contextmanager
def _file_beside(path: Path) -> Iterator[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="queueapp-bench-", dir=path.parent) as folder:
        yield f"sqlite:///{folder}/empty.db"


@contextmanager
def _schema_beside(url: str) -> Iterator[str]:
    name = f"queueapp_bench_{uuid4().hex[:8]}"
    theirs = database_url(url)
    engine = create_engine(theirs)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield conninfo(theirs.update_query_dict({"options": f"-c search_path={name}"}, append=True))
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()
