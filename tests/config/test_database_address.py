"""A database is named in the ways that people know, and its password is never shown."""

from pathlib import Path

import pytest

from queueapp.config.database_address import (
    DatabaseKind,
    read_database_address,
    without_password,
)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_has_one_way_of_being_written(scheme: str) -> None:
    address = read_database_address(f"{scheme}://sara@db.example.com:5433/queue")
    assert address.kind is DatabaseKind.POSTGRESQL
    assert address.url == "postgresql://sara@db.example.com:5433/queue"
    assert address.path is None


def test_a_path_alone_is_a_sqlite_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for written in ("queue.db", "sqlite:///queue.db", f"sqlite:///{tmp_path}/queue.db"):
        address = read_database_address(written)
        assert address.kind is DatabaseKind.SQLITE
        assert address.path == tmp_path / "queue.db"
        assert str(address) == f"sqlite:///{tmp_path}/queue.db"


def test_the_home_directory_may_be_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read_database_address("~/queue.db").path == tmp_path / "queue.db"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://sara:s3cret@host/queue", "postgresql://sara:***@host/queue"),
        ("postgresql://sara:s3@cret@host/queue", "postgresql://sara:***@host/queue"),
        ("postgresql://sara@host/queue", "postgresql://sara@host/queue"),
        ("postgresql:///queue?password=s3cret&sslmode=require",
         "postgresql:///queue?password=***&sslmode=require"),
        ("postgresql:///queue?host=/run&PASSWORD=s3cret",
         "postgresql:///queue?host=/run&PASSWORD=***"),
    ],
)  # fmt: skip
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    address = read_database_address(url)
    assert str(address) == shown
    assert "s3cret" not in repr(address)
    assert address.url == url


def test_a_url_that_cannot_be_read_keeps_its_secret() -> None:
    assert without_password("postgresql://sara:s3cret@[host/queue") == "postgresql://***"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("mysql://sara:s3cret@host/queue", "names a database that this program does not know"),
        ("postgresql://sara:s3cret@host:port/queue", "cannot be read"),
        ("postgresql://sara:s3/cret@host/queue", "cannot be read"),
        ("sqlite://queue.db", "has too few slashes: write sqlite:///queueapp.db"),
        ("sqlite:///:memory:", "must name a file"),
        ("", "must name a file"),
        ("sqlite:///queue.db?mode=ro", "without a question mark"),
    ],
)
def test_what_is_no_database_is_told_in_a_sentence_without_a_password(
    text: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        read_database_address(text)
    assert "s3" not in str(caught.value)


def test_a_directory_is_not_a_database(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a directory"):
        read_database_address(str(tmp_path))
