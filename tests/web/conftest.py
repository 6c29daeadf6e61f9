"""The site that every story of the web part happens at."""

from collections.abc import Iterator

import pytest

from tests.operations.office import Office, open_office
from tests.web.sites import Site, serving


@pytest.fixture
def office(sqlite_database: str) -> Iterator[Office]:
    """On SQLite: what differs between the databases is the store's own story."""
    opened = open_office(sqlite_database)
    opened.sign_on()
    yield opened
    opened.store.close()


@pytest.fixture
def site(office: Office) -> Iterator[Site]:
    """A server for the office; Sara is signed on at the first counter."""
    with serving(office) as opened:
        yield opened
