"""The office that every story of the operations happens in."""

from collections.abc import Iterator

import pytest

from tests.operations.office import Office, open_office


@pytest.fixture
def office(database: str) -> Iterator[Office]:
    """On both databases; Sara is signed on at the first counter."""
    opened = open_office(database)
    opened.sign_on()
    yield opened
    opened.store.close()
